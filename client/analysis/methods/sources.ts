/** Where a method was published. */
export interface Source {
  authors: string;
  year: number;
  title: string;
  /** Journal with volume and pages, or publisher. */
  where: string;
  doi?: string;
}

const source = (authors: string, year: number, title: string, where: string, doi?: string): Source => ({
  authors,
  year,
  title,
  where,
  ...(doi && { doi }),
});

const STAT_MED = 'Statistics in Medicine';
const GEOGR_ANAL = 'Geographical Analysis';

/** The literature of the analysis room, by first author and year. */
export const SOURCES = {
  andresen2009: source(
    'M. A. Andresen',
    2009,
    'Testing for similarity in area-based spatial patterns: a nonparametric Monte Carlo approach',
    'Applied Geography 29:333–345',
    '10.1016/j.apgeog.2008.12.004',
  ),
  anselin1995: source(
    'L. Anselin',
    1995,
    'Local indicators of spatial association – LISA',
    `${GEOGR_ANAL} 27:93–115`,
    '10.1111/j.1538-4632.1995.tb00338.x',
  ),
  assuncao1999: source(
    'R. M. Assunção, E. A. Reis',
    1999,
    'A new proposal to adjust Moran’s I for population density',
    `${STAT_MED} 18:2147–2162`,
  ),
  barnett2005: source(
    'A. G. Barnett, J. C. van der Pols, A. J. Dobson',
    2005,
    'Regression to the mean: what it is and how to deal with it',
    'International Journal of Epidemiology 34:215–220',
    '10.1093/ije/dyh299',
  ),
  benjamini1995: source(
    'Y. Benjamini, Y. Hochberg',
    1995,
    'Controlling the false discovery rate: a practical and powerful approach to multiple testing',
    'Journal of the Royal Statistical Society B 57:289–300',
    '10.1111/j.2517-6161.1995.tb02031.x',
  ),
  borror1998: source(
    'C. M. Borror, C. W. Champ, S. E. Rigdon',
    1998,
    'Poisson EWMA control charts',
    'Journal of Quality Technology 30:352–361',
  ),
  chainey2008: source(
    'S. Chainey, L. Tompson, S. Uhlig',
    2008,
    'The utility of hotspot mapping for predicting spatial patterns of crime',
    'Security Journal 21:4–28',
    '10.1057/palgrave.sj.8350066',
  ),
  choynowski1959: source(
    'M. Choynowski',
    1959,
    'Maps based on probabilities',
    'Journal of the American Statistical Association 54:385–388',
  ),
  clopper1934: source(
    'C. J. Clopper, E. S. Pearson',
    1934,
    'The use of confidence or fiducial limits illustrated in the case of the binomial',
    'Biometrika 26:404–413',
    '10.1093/biomet/26.4.404',
  ),
  cliff1981: source('A. D. Cliff, J. K. Ord', 1981, 'Spatial Processes: Models and Applications', 'Pion, London'),
  diggle1985: source(
    'P. J. Diggle',
    1985,
    'A kernel method for smoothing point process data',
    'Applied Statistics 34:138–147',
    '10.2307/2347366',
  ),
  ensign2018: source(
    'D. Ensign, S. A. Friedler, S. Neville, C. Scheidegger, S. Venkatasubramanian',
    2018,
    'Runaway feedback loops in predictive policing',
    'Proceedings of Machine Learning Research 81:160–171',
  ),
  esri: source('Esri', 2024, 'How Emerging Hot Spot Analysis works', 'ArcGIS Pro 3, documentation'),
  farrington1996: source(
    'C. P. Farrington, N. J. Andrews, A. D. Beale, M. A. Catchpole',
    1996,
    'A statistical algorithm for the early detection of outbreaks of infectious disease',
    'Journal of the Royal Statistical Society A 159:547–563',
    '10.2307/2983331',
  ),
  geary1954: source(
    'R. C. Geary',
    1954,
    'The contiguity ratio and statistical mapping',
    'The Incorporated Statistician 5:115–146',
    '10.2307/2986645',
  ),
  getis1992: source(
    'A. Getis, J. K. Ord',
    1992,
    'The analysis of spatial association by use of distance statistics',
    `${GEOGR_ANAL} 24:189–206`,
    '10.1111/j.1538-4632.1992.tb00261.x',
  ),
  hinkley1970: source(
    'D. V. Hinkley',
    1970,
    'Inference about the change-point in a sequence of random variables',
    'Biometrika 57:1–17',
    '10.1093/biomet/57.1.1',
  ),
  hohle2007: source(
    'M. Höhle',
    2007,
    'surveillance: an R package for the monitoring of infectious diseases',
    'Computational Statistics 22:571–582',
    '10.1007/s00180-007-0074-8',
  ),
  hope1968: source(
    'A. C. A. Hope',
    1968,
    'A simplified Monte Carlo significance test procedure',
    'Journal of the Royal Statistical Society B 30:582–598',
  ),
  hundepool2012: source('A. Hundepool et al.', 2012, 'Statistical Disclosure Control', 'Wiley, Chichester'),
  hunt2016: source(
    'J. M. Hunt',
    2016,
    'Do crime hot spots move? Exploring the effects of the modifiable areal unit problem and modifiable temporal unit problem on crime hot spot stability',
    'American University, Washington',
  ),
  hutwagner2003: source(
    'L. Hutwagner, W. Thompson, G. M. Seeman, T. Treadwell',
    2003,
    'The bioterrorism preparedness and response Early Aberration Reporting System (EARS)',
    'Journal of Urban Health 80:i89–i96',
  ),
  isbat: source('Kementerian Agama RI', 2024, 'Penetapan awal Ramadan dan Syawal (sidang isbat)', 'per tahun Hijriah'),
  knox1964: source(
    'E. G. Knox',
    1964,
    'The detection of space-time interactions',
    'Applied Statistics 13:25–30',
    '10.2307/2985220',
  ),
  krishnamoorthy2004: source(
    'K. Krishnamoorthy, J. Thomson',
    2004,
    'A more powerful test for comparing two Poisson means',
    'Journal of Statistical Planning and Inference 119:23–35',
    '10.1016/S0378-3758(02)00408-1',
  ),
  kulldorff1997: source(
    'M. Kulldorff',
    1997,
    'A spatial scan statistic',
    'Communications in Statistics – Theory and Methods 26:1481–1496',
    '10.1080/03610929708831995',
  ),
  kulldorff2005: source(
    'M. Kulldorff, R. Heffernan, J. Hartman, R. Assunção, F. Mostashari',
    2005,
    'A space-time permutation scan statistic for disease outbreak detection',
    'PLoS Medicine 2:e59',
    '10.1371/journal.pmed.0020059',
  ),
  mann1945: source(
    'H. B. Mann',
    1945,
    'Nonparametric tests against trend',
    'Econometrica 13:245–259',
    '10.2307/1907187',
  ),
  marshall1991: source(
    'R. J. Marshall',
    1991,
    'Mapping disease and mortality rates using empirical Bayes estimators',
    'Applied Statistics 40:283–294',
    '10.2307/2347593',
  ),
  martuzzi1996: source(
    'M. Martuzzi, P. Elliott',
    1996,
    'Empirical Bayes estimation of small area prevalence of non-rare conditions',
    `${STAT_MED} 15:1867–1873`,
  ),
  mcnemar1947: source(
    'Q. McNemar',
    1947,
    'Note on the sampling error of the difference between correlated proportions or percentages',
    'Psychometrika 12:153–157',
    '10.1007/BF02295996',
  ),
  montgomery2013: source(
    'D. C. Montgomery',
    2013,
    'Introduction to Statistical Quality Control',
    'Wiley, Hoboken, 7th ed.',
  ),
  moran1950: source(
    'P. A. P. Moran',
    1950,
    'Notes on continuous stochastic phenomena',
    'Biometrika 37:17–23',
    '10.1093/biomet/37.1-2.17',
  ),
  noufaily2013: source(
    'A. Noufaily et al.',
    2013,
    'An improved algorithm for outbreak detection in multiple surveillance systems',
    `${STAT_MED} 32:1206–1222`,
    '10.1002/sim.5595',
  ),
  openshaw1987: source(
    'S. Openshaw, M. Charlton, C. Wymer, A. Craft',
    1987,
    'A Mark 1 Geographical Analysis Machine for the automated analysis of point data sets',
    'International Journal of Geographical Information Systems 1:335–358',
    '10.1080/02693798708927821',
  ),
  ord1995: source(
    'J. K. Ord, A. Getis',
    1995,
    'Local spatial autocorrelation statistics: distributional issues and an application',
    `${GEOGR_ANAL} 27:286–306`,
    '10.1111/j.1538-4632.1995.tb00912.x',
  ),
  pdp2022: source('Republik Indonesia', 2022, 'Undang-Undang Nomor 27 tentang Pelindungan Data Pribadi', 'LN 2022/196'),
  przyborowski1940: source(
    'J. Przyborowski, H. Wilenski',
    1940,
    'Homogeneity of results in testing samples from Poisson series',
    'Biometrika 31:313–323',
  ),
  ratcliffe2009: source('J. H. Ratcliffe', 2009, 'Near Repeat Calculator, version 1.3', 'Temple University'),
  scott1992: source('D. W. Scott', 1992, 'Multivariate Density Estimation', 'Wiley, New York'),
  wheeler2018: source(
    'A. P. Wheeler, J. H. Ratcliffe',
    2018,
    'A simple weighted displacement difference test to evaluate place based crime interventions',
    'Crime Science 7:11',
    '10.1186/s40163-018-0085-5',
  ),
  wilson1927: source(
    'E. B. Wilson',
    1927,
    'Probable inference, the law of succession, and statistical inference',
    'Journal of the American Statistical Association 22:209–212',
    '10.1080/01621459.1927.10502953',
  ),
} as const satisfies Record<string, Source>;
