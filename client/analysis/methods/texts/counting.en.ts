import type { METHOD_PARTS } from '../method-keys.ts';
import type { MethodText } from '../texts.ts';

export const counting: Record<(typeof METHOD_PARTS)['counting'][number], MethodText> = {
  counts: {
    title: 'Number of incidents',
    what: 'How many incidents happened in a place during the period. Days are those of the area’s own time zone, the first and the last included. An incident belongs to the area that its point lies in.',
    where: [
      ['n_i', 'number of incidents in place i'],
      ['t_k', 'when incident k happened'],
      ['a , b', 'beginning of the period, and of the day after it'],
    ],
    assumes: ['What is reported stands for what happens. Residents who report more make their area look busier.'],
    sided: '',
    avoid: ['areas of very different size are compared: take rates or the Poisson window.'],
  },
  'left-out': {
    title: 'What is left out',
    what: 'False and duplicate reports are never counted. What patrols found, and what is not or cannot be verified, is counted only when you switch it on, and a banner says so. Incidents in no area are counted apart. The number of each is always stated.',
    where: [
      ['N', 'all that match the filter'],
      ['L_1', 'found by patrols'],
      ['L_2', 'not or not to be verified'],
      ['L_3', 'false, or duplicate'],
      ['L_4', 'outside every area or cell'],
    ],
    assumes: [
      'What patrols find follows where they walk. Counting it makes the map prove itself right: patrols are sent to where patrols found something.',
    ],
    sided: '',
    avoid: [
      'the effect of patrols is judged with their own findings counted: these rise because there are more patrols.',
    ],
  },
  places: {
    title: 'Places: areas, grids and accuracy of location',
    what: 'Figures are per regency or city, kecamatan, desa or RW, or per cell of a square or hexagon grid of a stated size. Incidents whose location is coarser than a place is wide are counted all the same, and their number is stated.',
    where: [
      ['m', 'side of a square, or width of a hexagon from flat to flat, metres'],
      ['\\lambda , \\phi', 'longitude and latitude, radians'],
      ['R', 'radius of the earth, 6,371,008.8 m'],
    ],
    assumes: ['A plane about the middle of the map: over a regency its error is far below one cell.'],
    sided: '',
    avoid: [
      'cells are smaller than the accuracy of location: a point may belong to the cell beside it.',
      'one size alone is to decide: other borders and sizes may draw another picture. Try two.',
    ],
  },
  rates: {
    title: 'Rates per 1,000 households, per TPS, per km²',
    what: 'Incidents divided by what could be struck: households, polling stations or ground. A place without a divisor is drawn as no data, not as zero.',
    where: [
      ['n_i', 'number of incidents'],
      ['x_i', 'households, TPS or km² of place i (per TPS and per km² without the 1,000)'],
    ],
    assumes: ['The divisor is right and of the same time. Markets and terminals are busy without households.'],
    sided: '',
    avoid: ['there are few households: a single incident makes a high rate. Take empirical-Bayes smoothing.'],
  },
  bayes: {
    title: 'Empirical-Bayes smoothing',
    what: 'The rate of a small place is drawn towards what is usual, the more the smaller it is, so that one incident in a small RW does not become “the worst in town”. Global draws to the rate of the whole map, local to that of its neighbours.',
    where: [
      ['p_i', 'raw rate: incidents over households'],
      ['b', 'rate of all places together (local: the place and its neighbours)'],
      ['A', 'how much true rates differ between places, at least 0'],
      ['\\theta_i', 'smoothed rate'],
    ],
    assumes: ['True rates vary about one mean.', 'Incidents are rare and independent (Poisson).'],
    sided: '',
    avoid: ['the exact figure is asked for, as in a report of numbers: what is smoothed is an estimate.'],
  },
  baseline: {
    title: 'Baseline',
    what: 'A period is compared with the same stage of another election, the same weeks of another year, the weeks before, or one of your own. Where lengths differ, rates per day are compared.',
    where: [
      ['n_1 , n_0', 'incidents of period and baseline'],
      ['d_1 , d_0', 'their lengths, days'],
      ['q', 'ratio: 2 means twice as often'],
    ],
    assumes: [
      'But for what is examined both times are alike: ways of reporting, borders, season.',
      'The same weeks are moved by whole weeks, so that Saturday meets Saturday.',
    ],
    sided: '',
    avoid: [
      'the baseline was chosen for being extraordinary: after a peak, figures fall by themselves (regression to the mean).',
      'the baseline is itself a time of election or Ramadan, or shares days with the period: a warning stands beside it.',
    ],
  },
  ramadan: {
    title: 'Ramadan and Lebaran',
    what: 'Ramadan moves about 11 days a Gregorian year, so that the same weeks of last year may lie in the fasting month. Ronda warns where the share of days of Ramadan or Lebaran (1–7 Syawal) differs by a tenth or more between period and baseline, or only one of them has any.',
    where: [
      ['h_1 , h_0', 'days of Ramadan (or Lebaran) in period and baseline'],
      ['d_1 , d_0', 'their lengths, days'],
    ],
    assumes: ['Dates of the sidang isbat where announced; else calculated by Umm al-Qura, which may be a day off.'],
    sided: '',
    avoid: ['incidents by night are compared: people keep quite other hours in the fasting month.'],
  },
  suppression: {
    title: 'Suppressed (<5)',
    what: 'In exports for the public, counts under 5 are hidden, zero too. Where such a count could still be found by subtraction from the sum above it, as many others as it takes are hidden with it. Internal exports hold everything, and are logged.',
    where: [['n_i', 'the count to be written']],
    assumes: ['A reader may hold several tables at once: desa, kecamatan and their sums.'],
    sided: '',
    avoid: ['two tables of nearly the same period are published: their difference may show what was hidden.'],
  },
  repeatable: {
    title: 'Seeds, and the same figures again',
    what: 'Some p values are found by shuffling the data many times. The seed is stated: the same seed, data and question give the same figures. A saved analysis keeps them all, and says when opened whether they are the same or what changed.',
    where: [
      ['T', 'the statistic of the data'],
      ['T^*', 'of shuffled data'],
      ['M', 'how often it was shuffled'],
    ],
    assumes: ['Without a pattern every shuffled order is equally likely.'],
    sided:
      'One-sided; for Moran’s I two-sided, twice the lesser. At least 1 / (M + 1): with 999 shuffles 0.001, two-sided 0.002.',
    avoid: ['seeds are changed until something is significant.'],
  },
};
