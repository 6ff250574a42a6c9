import type { METHOD_PARTS } from '../method-keys.ts';
import type { MethodText } from '../texts.ts';

export const maps: Record<(typeof METHOD_PARTS)['maps'][number], MethodText> = {
  window: {
    title: 'Poisson window (exact test)',
    what: 'Where did more happen, in a place with its neighbours, than was to be expected? p is the chance of so many or more if the risk were the same everywhere. This is the map’s usual test for incidents that are rare.',
    where: [
      ['W_i', 'window: place i and the neighbours that touch it'],
      ['n_i', 'incidents in the window'],
      ['E_i', 'expected in the window from households, TPS or ground'],
      ['x_j', 'households, TPS or ground of place j'],
      ['b_i', 'incidents of the window during the baseline; with one, the third line holds'],
      ['e , e_0', 'all incidents of both times: patterns are compared, a rise everywhere is none anywhere'],
    ],
    assumes: [
      'Incidents are independent. Near repeats make p too small.',
      'What households let expect is taken as known; a baseline is not: how few incidents it has is allowed for.',
      'A place whose households (TPS, ground) are not known is not judged, and is nobody’s neighbour.',
    ],
    sided: 'One-sided: only an excess is tested. Exact, not approximate.',
    avoid: [
      'places quieter than usual are looked for.',
      'households do not explain the risk, as in a market: take a baseline.',
    ],
  },
  fdr: {
    title: 'Correction for many tests (FDR)',
    what: 'Testing 1,000 places at 5 % raises about 50 false flags where there is nothing. This correction keeps the share of false ones among the flagged at α or below, on average. Tables, briefs and files give both: p of a place by itself, and p (FDR), in files pFdr. A public file corrects for the places it publishes alone.',
    where: [
      ['p_{(j)}', 'the j-th smallest p'],
      ['m', 'number of places tested'],
      ['q_{(i)}', 'corrected p: significant where ≤ α'],
    ],
    assumes: ['Tests are independent or depend positively, as overlapping windows do.'],
    sided: 'That of the p corrected.',
    avoid: ['one place was named before anybody saw the data: its own p holds.'],
  },
  getis: {
    title: 'Gi* (Getis–Ord)',
    what: 'Do high (or low) values lie together about a place, compared with the whole map? z above 0: high ones; below 0: low ones. Classes at alpha, alpha/5 and alpha/50.',
    where: [
      ['x_j', 'value of place j'],
      ['w_{ij}', '1 where j touches i, and for i itself; else 0'],
      ['\\bar{x} , s', 'mean and standard deviation of all values'],
      ['n', 'number of places'],
    ],
    assumes: [
      'Without clusters every order of the values is equally likely.',
      'The sum about a place is about normal: that takes some 18 incidents a window on average.',
    ],
    sided: 'Two-sided.',
    avoid: [
      'incidents are rare: over 84,000 areas without any cluster, at a mean of 0.005, Gi* flagged 3,710. Take the Poisson window.',
      'counts are raw and people live unevenly: it then shows where people live.',
    ],
  },
  moran: {
    title: 'Local Moran (LISA)',
    what: 'High places among high ones, low among low, and the outliers: high among low or the other way round.',
    where: [
      ['x_i', 'value of place i'],
      ['\\bar{x}', 'mean'],
      ['w_{ij}', 'weight of a neighbour; those of a place sum to 1'],
      ['I_i', 'above 0: like its neighbours; below 0: an outlier'],
    ],
    assumes: [
      'Neighbours are drawn from the other places; the map takes p from the normal approximation or, where that is asked for, from permutations (PySAL’s p_sim, but two-sided) with the seed that is shown.',
    ],
    sided: 'Two-sided.',
    avoid: [
      'incidents are rare or neighbours few: the normal approximation fails.',
      'a place has no neighbours (an island).',
    ],
    rules: [
      ['High–high', 'above the mean, and so are its neighbours'],
      ['Low–low', 'below the mean, and so are its neighbours'],
      ['High–low', 'stands out among low neighbours'],
      ['Low–high', 'quiet among high neighbours'],
    ],
  },
  'global-moran': {
    title: 'Moran’s I of the whole map',
    what: 'One figure for the whole map: are neighbours alike? Near 1: clustered; about −1/(n − 1): at random; below: alternating. It serves to compare two periods.',
    where: [
      ['z_i', 'value less the mean'],
      ['S_0', 'sum of all weights'],
      ['n', 'places that have neighbours'],
    ],
    assumes: ['Every order of the values is equally likely (randomisation). Islands take no part.'],
    sided: 'Two-sided.',
    avoid: ['the question is “where”: take local Moran or the Poisson window.', 'there are fewer than four places.'],
  },
  density: {
    title: 'Kernel density',
    what: 'A smooth surface: about how many incidents a km² there are around a point. Good for seeing shapes, not for proof.',
    where: [
      ['K', 'Gaussian kernel of width h'],
      ['h', 'bandwidth, metres; if none is given, Scott’s rule from n points of spread σ'],
      ['\\lambda(u)', 'incidents a km² at point u'],
    ],
    assumes: ['Incidents spread smoothly. Edges are not corrected for: near coast and border the density is too low.'],
    sided: '',
    avoid: [
      'proof is asked for: points strewn at random have peaks, too.',
      'there are few points: each becomes a hill.',
    ],
  },
  emerging: {
    title: 'Emerging hotspots (17 categories)',
    what: 'The history of each place step by step: new, persistent, intensifying, diminishing or past. Gi* is taken of each step together with the one before, and its trend is tested by Mann–Kendall.',
    where: [
      ['z_{it}', 'Gi* of place i at step t, against all steps'],
      ['S_i', 'pairs of steps that rise less those that fall'],
      ['n', 'number of steps, at least 10'],
    ],
    assumes: [
      'What Gi* does. For rare incidents the answer is a hint, not proof.',
      'FDR is over all steps and places of Gi*; the trend’s p is not corrected.',
    ],
    sided: 'Two-sided, of Gi* and of the trend.',
    avoid: ['there are fewer than ten steps.', 'steps are so short that nearly all are zero.'],
    rules: [
      ['New (hot/cold)', 'significant at the final step, never before'],
      ['Consecutive', 'two steps or more without a gap at the end, never before that, under 90 %'],
      ['Intensifying', 'significant at the final step and at ≥ 90 % of the steps, trend rising'],
      ['Persistent', 'significant at the final step and at ≥ 90 % of the steps, no trend'],
      ['Diminishing', 'significant at the final step and at ≥ 90 % of the steps, trend falling'],
      ['Sporadic', 'significant at the final step, with gaps, never the opposite, under 90 %'],
      ['Oscillating', 'significant at the final step, once significantly the opposite, under 90 %'],
      ['Historical', 'significant at ≥ 90 % of the steps, but not at the final one'],
      ['No pattern', 'none of these; eight categories are hot, eight cold, and this one'],
    ],
  },
};
