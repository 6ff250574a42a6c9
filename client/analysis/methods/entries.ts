import type { MethodKey } from './method-keys.ts';
import { SOURCES as S, type Source } from './sources.ts';

/** What of an entry needs no language. */
export interface MethodEntry {
  /** In the notation of `parseFormula`. */
  formulas: readonly string[];
  sources: readonly Source[];
  /** The functions of the statistics library behind it. */
  functions: readonly string[];
}

export const ENTRIES: Record<MethodKey, MethodEntry> = {
  counts: { formulas: ['n_i = \\#\\{k : k \\in i, a \\le t_k < b\\}'], sources: [], functions: [] },
  'left-out': { formulas: ['n = N - L_1 - L_2 - L_3 - L_4'], sources: [S.ensign2018], functions: [] },
  places: {
    formulas: [
      'x = R (\\lambda - \\lambda_0) \\text{cos} \\phi_0',
      'y = R (\\phi - \\phi_0)',
      'A_{□} = m^2 ; A_{⬡} = \\frac{\\sqrt{3}}{2} m^2',
    ],
    sources: [],
    functions: [],
  },
  rates: { formulas: ['r_i = 1000 \\cdot \\frac{n_i}{x_i}'], sources: [], functions: [] },
  bayes: {
    formulas: [
      '\\theta_i = b + (p_i - b) \\frac{A}{A + b / x_i}',
      'p_i = \\frac{n_i}{x_i} , b = \\frac{\\sum n}{\\sum x}',
      'A = \\text{max}(0 , \\frac{\\sum_i x_i (p_i - b)^2}{\\sum_i x_i} - \\frac{b}{\\bar{x}})',
    ],
    sources: [S.marshall1991, S.martuzzi1996, S.assuncao1999],
    functions: ['empiricalBayesRates', 'localEmpiricalBayesRates', 'standardisedRates'],
  },
  baseline: { formulas: ['q = \\frac{n_1 / d_1}{n_0 / d_0}'], sources: [S.barnett2005], functions: [] },
  ramadan: {
    formulas: ['|\\frac{h_1}{d_1} - \\frac{h_0}{d_0}| \\ge \\frac{1}{10}'],
    sources: [S.isbat],
    functions: [],
  },
  suppression: { formulas: ['n_i < 5 \\to \\text{<5}'], sources: [S.hundepool2012, S.pdp2022], functions: [] },
  repeatable: { formulas: ['p = \\frac{1 + \\#\\{T^* \\ge T\\}}{1 + M}'], sources: [S.hope1968], functions: [] },
  window: {
    formulas: [
      'p_i = P(N \\ge n_i) = 1 - \\sum_{k=0}^{n_i - 1} \\frac{e^{-E_i} E_i^k}{k!}',
      'E_i = \\sum_{j \\in W_i} x_j \\cdot \\frac{\\sum n}{\\sum x}',
      'p_i = P(X \\ge n_i) , X \\sim \\text{Bin}(n_i + b_i , \\frac{e}{e + e_0})',
    ],
    sources: [S.openshaw1987, S.kulldorff1997, S.choynowski1959, S.przyborowski1940],
    functions: ['windowPoisson', 'windowTwoPoisson', 'choynowski'],
  },
  fdr: {
    formulas: ['q_{(i)} = \\min_{j \\ge i} \\frac{m p_{(j)}}{j}'],
    sources: [S.benjamini1995],
    functions: ['falseDiscoveryRate'],
  },
  getis: {
    formulas: [
      'z_i = \\frac{\\sum_j w_{ij} x_j - W_i \\bar{x}}{s \\sqrt{\\frac{n S_i - W_i^2}{n - 1}}}',
      'W_i = \\sum_j w_{ij} , S_i = \\sum_j w_{ij}^2 , s^2 = \\frac{1}{n} \\sum_j (x_j - \\bar{x})^2',
    ],
    sources: [S.getis1992, S.ord1995],
    functions: ['getisOrdG'],
  },
  moran: {
    formulas: ['I_i = \\frac{z_i}{m_2} \\sum_j w_{ij} z_j', 'z_i = x_i - \\bar{x} , m_2 = \\frac{1}{n} \\sum_j z_j^2'],
    sources: [S.anselin1995],
    functions: ['localMoran', 'localMoranPermutation'],
  },
  'global-moran': {
    formulas: [
      'I = \\frac{n}{S_0} \\frac{\\sum_i \\sum_j w_{ij} z_i z_j}{\\sum_i z_i^2}',
      'E(I) = \\frac{-1}{n - 1} , S_0 = \\sum_i \\sum_j w_{ij}',
    ],
    sources: [S.moran1950, S.cliff1981, S.geary1954],
    functions: ['globalMoran', 'globalMoranPermutation', 'gearyC'],
  },
  density: {
    formulas: [
      '\\lambda(u) = \\sum_i K(u - x_i)',
      'K(d) = \\frac{1}{2 \\pi h^2} e^{-d^2 / 2 h^2}',
      'h = \\sigma n^{-1/6}',
    ],
    sources: [S.diggle1985, S.scott1992],
    functions: [
      'kernelDensity',
      'adaptiveDensity',
      'contours',
      'scottBandwidth',
      'searchRadius',
      'likelihoodBandwidth',
      'meanSquareBandwidth',
    ],
  },
  emerging: {
    formulas: [
      'z_{it} = G_i^* \\text{ (t − 1, t)}',
      'S_i = \\sum_{s < t} \\text{sgn}(z_{it} - z_{is})',
      '\\text{Var}(S) = \\frac{n (n - 1)(2 n + 5)}{18}',
    ],
    sources: [S.esri, S.mann1945, S.getis1992],
    functions: ['emergingHotspots', 'mannKendall'],
  },
  change: {
    formulas: [
      'X \\sim \\text{Bin}(k_1 + k_0 , \\frac{d_1}{d_1 + d_0})',
      'p = \\sum_{x : P(x) \\le P(k_1)} P(x)',
      'q = \\frac{k_1 / d_1}{k_0 / d_0}',
      'q_L = \\frac{\\theta_L}{1 - \\theta_L} \\cdot \\frac{d_0}{d_1} , \\theta_L = B(\\frac{\\alpha}{2} ; k_1 , k_0 + 1)',
      'q_U = \\frac{\\theta_U}{1 - \\theta_U} \\cdot \\frac{d_0}{d_1} , \\theta_U = B(1 - \\frac{\\alpha}{2} ; k_1 + 1 , k_0)',
    ],
    sources: [S.przyborowski1940, S.krishnamoorthy2004, S.clopper1934],
    functions: ['poissonTwoSample', 'poissonRateRatio'],
  },
  displacement: {
    formulas: [
      "D = \\Delta T - \\Delta C + \\Delta T' - \\Delta C'",
      '\\Delta X = X_1 - X_0',
      's = \\sqrt{\\sum (X_0 + X_1)}',
      'D_H = \\sum_h g_h D_h , s_H = \\sqrt{\\sum_h g_h^2 s_h^2}',
    ],
    sources: [S.wheeler2018, S.przyborowski1940, S.barnett2005],
    functions: ['weightedDisplacementDifference', 'harmWeightedDifference'],
  },
  knox: {
    formulas: [
      'X = \\#\\{(i, j) : d_{ij} \\in \\text{[a, b)}, |t_i - t_j| \\in \\text{[c, d)}\\}',
      'E(X) = \\frac{N_s N_t}{N} , N = \\frac{n (n - 1)}{2}',
    ],
    sources: [S.knox1964, S.ratcliffe2009],
    functions: ['knoxTest'],
  },
  scan: {
    formulas: [
      'L(Z) = (\\frac{c}{E})^c (\\frac{C - c}{C - E})^{C - c}',
      'E_{Z, D} = \\frac{C_Z C_D}{C}',
      '\\text{RR} = \\frac{c / E}{(C - c) / (C - E)}',
    ],
    sources: [S.kulldorff1997, S.kulldorff2005],
    functions: ['scanStatistic', 'spaceTimeScan'],
  },
  accuracy: {
    formulas: [
      '\\text{PAI} = \\frac{n / N}{a / A}',
      '\\text{PEI} = \\frac{\\text{PAI}}{\\text{PAI}^*}',
      'p = \\text{min}(1 , 2 P(X \\ge \\text{max}(b , c))) , X \\sim \\text{Bin}(b + c , \\frac{1}{2})',
      '\\frac{1}{1 + z^2 / N} (h + \\frac{z^2}{2 N} ± z \\sqrt{\\frac{h (1 - h)}{N} + \\frac{z^2}{4 N^2}})',
    ],
    sources: [S.chainey2008, S.hunt2016, S.mcnemar1947, S.wilson1927],
    functions: ['predictionAccuracyIndex'],
  },
  warning: {
    formulas: [
      'E_t = \\lambda x_t + (1 - \\lambda) E_{t-1}',
      'E_t > \\mu + L \\sqrt{\\mu \\frac{\\lambda}{2 - \\lambda} (1 - (1 - \\lambda)^{2 t})}',
      'C_t = \\text{max}(0 , C_{t-1} + x_t - (\\mu + k \\sqrt{\\mu})) > h \\sqrt{\\mu}',
      'U = (\\mu_0^{2/3} + z \\sqrt{\\frac{4}{9} \\mu_0^{1/3} \\tau})^{3/2}',
      '\\frac{1}{1 + z^2 / m} (s + \\frac{z^2}{2 m} ± z \\sqrt{\\frac{s (1 - s)}{m} + \\frac{z^2}{4 m^2}})',
    ],
    sources: [
      S.borror1998,
      S.montgomery2013,
      S.farrington1996,
      S.noufaily2013,
      S.hutwagner2003,
      S.hohle2007,
      S.wilson1927,
    ],
    functions: [
      'earlyWarning',
      'ewmaChart',
      'cusumChart',
      'rossiCusumChart',
      'farrington',
      'farringtonFlexible',
      'ears',
      'bayesDetector',
    ],
  },
  since: {
    formulas: ['k = \\text{arg max } (A \\text{ ln } \\frac{A}{k} + B \\text{ ln } \\frac{B}{n - k})'],
    sources: [S.hinkley1970],
    functions: [],
  },
  similarity: {
    formulas: ['S = \\frac{\\sum_i s_i}{n} , s_i \\in \\{0 , 1\\}'],
    sources: [S.andresen2009],
    functions: ['andresenS', 'shareDifferences', 'similarity'],
  },
};
