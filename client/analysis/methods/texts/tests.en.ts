import type { METHOD_PARTS } from '../method-keys.ts';
import type { MethodText } from '../texts.ts';

export const tests: Record<(typeof METHOD_PARTS)['tests'][number], MethodText> = {
  change: {
    title: 'Change: exact test of two counts',
    what: 'Is this period really different from its baseline, or is it chance? p is the chance of such a difference or a greater one if both times were alike. The ratio of the whole area comes with its exact 95 % interval.',
    where: [
      ['k_1 , k_0', 'incidents of period and baseline'],
      ['d_1 , d_0', 'their lengths, days'],
      [
        'X , P',
        'incidents of the period if k₁ + k₀ fell by the lengths of the two times alone, and their binomial probability',
      ],
      ['q', 'ratio of rates per day'],
      [
        '\\theta_L , \\theta_U',
        'Clopper and Pearson’s bounds of the period’s share of k₁ + k₀, and with them those of q; α = 0.05',
      ],
      ['B', 'quantile of the beta distribution'],
    ],
    assumes: ['Incidents are independent (Poisson). Chains of them make p too small.'],
    sided: 'Two-sided: up and down alike. Exact and conditional: never too small, at times too large.',
    avoid: [
      'the baseline was chosen after a surge was seen (regression to the mean).',
      'the two times are not alike: see the warnings of the baseline.',
    ],
  },
  since: {
    title: 'Since when',
    what: 'The step at which a rise most likely began: the series of counts is cut in two where its parts differ most. Every series has such a place: a rise is told only where as great a one came in no more than alpha of 999 series drawn with the same mean throughout. The step is an estimate, and may be some steps off.',
    where: [
      ['k', 'number of steps before the rise'],
      ['A , B', 'incidents before it, and since'],
      ['n', 'number of steps'],
    ],
    assumes: ['One change of level, no season. Independent Poisson counts.'],
    sided: 'One-sided (a rise), from seeded random draws.',
    avoid: [
      'there are fewer than five incidents, or the rise is slow: no single day is its beginning.',
      'the place was chosen because it has most now: of many places, some rise by chance.',
    ],
  },
  displacement: {
    title: 'Did it help? Weighted difference (WDD)',
    what: 'The change where something was done less the change where nothing was, plus what may have moved around it. Below 0: more fell away than would have without the treatment. The verdict in words is of the first two terms; what lies around is told by itself.',
    where: [
      ['X_0 , X_1', 'incidents before and after'],
      ['T , C', 'of the treated area, and of the control area'],
      ["T' , C'", 'around the two (displacement)'],
      ['s', 'standard error; interval = D ± z s by alpha, 1.96 s for 95 %'],
      [
        'g_h',
        'weight of severity h when weighted by harm: low 1, moderate 2, serious 4, critical 8; a choice, no official measure',
      ],
    ],
    assumes: [
      'Without treatment both would have changed by the same number: see that they ran alike before.',
      'Independent Poisson counts. Different lengths and sizes are divided by their weights.',
    ],
    sided:
      'Two-sided. “It was a peak”: exact two-sided p of two counts, the period before against the weeks before it. “They had moved apart before”: two-sided p of the same difference between the first and the second half of the period before. Neither is corrected.',
    avoid: [
      'counts are below about 5: the interval is rough.',
      'the area was chosen for a passing surge: it would have fallen by itself.',
      'what patrols found is counted.',
    ],
  },
  knox: {
    title: 'Near repeats (Knox)',
    what: 'Are incidents near each other in place also near in time, more often than by chance? Then, after one incident, its surroundings are at greater risk for some days.',
    where: [
      ['X', 'pairs of incidents in a band of distance and a band of days'],
      ['N_s , N_t', 'pairs in the band of distance alone, and of days alone'],
      ['N', 'all pairs of n incidents'],
    ],
    assumes: [
      'The population did not move during the period.',
      'Places and times are known better than the bands are wide.',
    ],
    sided: 'One-sided (more), from seeded permutations of the times.',
    avoid: [
      'times are known to the day only: bands under two days mean nothing.',
      'there are fewer than some 50 incidents.',
    ],
  },
  scan: {
    title: 'Clusters in space and time (scan statistic)',
    what: 'Which circle, and during which days, is least likely to be chance? Every circle and span is tried, and p allows for that.',
    where: [
      ['c', 'incidents inside'],
      ['E', 'expected inside: from households, or from rows and columns'],
      ['C', 'all incidents'],
      ['C_Z , C_D', 'incidents in circle Z at any time, and in span D anywhere'],
      ['\\text{RR}', 'relative risk: observed over expected inside, over the same elsewhere'],
    ],
    assumes: ['Incidents are independent: one brawl reported many times is no cluster.', 'Clusters are round.'],
    sided: 'One-sided, from seeded random draws. Of the second cluster and on, p is cautious (rather large).',
    avoid: [
      'something long such as a street is looked for: circles miss it.',
      'the population changed meanwhile (permutation model).',
    ],
  },
  accuracy: {
    title: 'Would yesterday’s map have caught today? (PAI, PEI)',
    what: 'A map of the past is held against the weeks that followed: had its best places been watched, how many incidents would have been caught on how much ground? The naive “same places as before” always stands beside it.',
    where: [
      ['n / N', 'share of incidents caught'],
      ['a / A', 'share of ground watched'],
      ['\\text{PAI}^*', 'the best PAI of equally many places'],
      ['b , c', 'incidents that this map alone, and the naive one alone, caught'],
      ['h , z', 'n / N with Wilson’s interval; z by alpha, 1.96 for 95 %'],
    ],
    assumes: ['The weeks it is tested on took no part in making the map.'],
    sided:
      'Two-sided, exact (McNemar): incidents that both maps caught, or neither, say nothing. Not corrected for the three shares.',
    avoid: [
      'there is one test of few incidents: repeat it.',
      'PAI of two towns are compared: it depends on the size of cells.',
    ],
  },
  warning: {
    title: 'Early warning',
    what: 'Each desa and category is held against its own habit, every night. Three years of history allow Farrington, before that EWMA and CUSUM; rare desa are judged together as a kecamatan, and what stays rare by Bayes. Warnings of a kabupaten or kota are held to an FDR of 5%, and to five incidents in four weeks at least. Past its upper bound a warning is raised: since when, how far over, how sure. What came of it is recorded (true, false, unclear), so that each rule shows its precision.',
    where: [
      ['x_t', 'incidents of step t'],
      ['\\mu', 'mean of the training time; μ₀: expected from the same weeks of earlier years'],
      ['\\lambda , L', 'weight of the newest, and width of EWMA’s limit'],
      ['k , h', 'half the shift looked for, and CUSUM’s limit'],
      ['\\tau', 'variation beyond Poisson, and uncertainty of μ₀'],
      [
        's , m',
        'precision of a rule: true ones among the m that were true or false, with Wilson’s 95 % interval (z = 1.96)',
      ],
    ],
    assumes: ['The training time was ordinary.', 'EWMA and CUSUM need 20 weeks of history, Farrington three years.'],
    sided:
      'One-sided: upwards. That of Farrington and Bayes is of the last seven days; that of EWMA and CUSUM of the total since the rise began, allowing for each of eight weeks in which it could have. It is shown uncorrected; which warnings are told is decided after FDR correction.',
    avoid: [
      'the mean is below one incident a week: EWMA and CUSUM call a single one an alarm (2–10 % of weeks, falsely). Take Bayes or Farrington.',
      'ways of reporting have just changed.',
    ],
    rules: [
      ['EWMA', 'the weighted moving average is above its limit'],
      ['CUSUM', 'the excess that has piled up is above its limit'],
      ['Farrington', 'this week’s count is above U of the same weeks of earlier years'],
      [
        'EARS (in the library, on no screen)',
        'the count is above the mean of the last seven steps by z standard deviations',
      ],
      ['Bayes', 'the count is above the predictive quantile of the steps before; for rare incidents'],
    ],
  },
  similarity: {
    title: 'Likeness of patterns (Andresen’s S)',
    what: 'In the library, on no screen. The share of places whose part in all incidents did not change between two times: 1 wholly alike, 0 wholly different. Totals may differ; patterns are compared.',
    where: [
      ['s_i', '1 where the part of place i lies within 95 % of its parts when the other time is resampled'],
      ['n', 'number of places'],
    ],
    assumes: ['Resampling stands for the chance in the test period.'],
    sided: 'Two-sided for each place.',
    avoid: ['nearly all places have no incident: S is then high by itself. See that over places with incidents.'],
  },
};
