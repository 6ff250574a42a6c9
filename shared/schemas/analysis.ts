import { type Static, Type } from 'typebox';
import { AreaCode } from './area.ts';
import { COUNT_LEVELS, GRID_SHAPES } from './hotspot.ts';
import { INCIDENT_CATEGORIES, SEVERITIES } from './incident.ts';

const Day = Type.String({ format: 'date' });
/** Days of the place's own zone, both included. */
const Days = Type.Object({ startsOn: Day, endsOn: Day }, { additionalProperties: false });

/** The views of the analysis room, in the order of its tabs. */
export const ANALYSIS_VIEWS = ['map', 'compare', 'effect', 'repeat', 'test', 'warnings', 'saved', 'methods'] as const;
export type AnalysisView = (typeof ANALYSIS_VIEWS)[number];

/** What a map of the analysis room shows of each place. */
export const MEASURES = [
  /** Number of incidents. */
  'count',
  /** By households, polling stations or square kilometres, as `per` says. */
  'rate',
  /** Exact Poisson tail of a place with its neighbours against what was to be expected. */
  'window',
  /** Getis and Ord's Gi*. */
  'getis',
  /** Local Moran's I. */
  'moran',
  /** Kernel density of the incidents themselves. */
  'density',
  /** Category of emerging hotspots. */
  'emerging',
  /** Period against baseline by the exact test of two counts. */
  'change',
] as const;
export type Measure = (typeof MEASURES)[number];

export const DENOMINATORS = ['households', 'tps', 'km2'] as const;
export type Denominator = (typeof DENOMINATORS)[number];

/** Treated areas, or control areas, at most: a link must still carry both. */
export const MOST_AREAS = 400;
/** Areas by code; whoever draws by hand takes the areas whose label lies within. */
const Codes = Type.Array(AreaCode, { maxItems: MOST_AREAS, uniqueItems: true });

/** How treated and control areas are made comparable: as they are, or by what they hold. */
export const AREA_SIZES = ['none', 'households', 'km2'] as const;
export type AreaSize = (typeof AREA_SIZES)[number];

/** A question whether a treatment helped. Before and after are baseline and period where they are null. */
export const EffectSpec = Type.Object(
  {
    level: Type.Enum(COUNT_LEVELS),
    treated: Codes,
    control: Codes,
    before: Type.Union([Days, Type.Null()]),
    after: Type.Union([Days, Type.Null()]),
    /** Whether the areas that touch the treated ones are looked at for what moved there. */
    surroundings: Type.Boolean(),
    size: Type.Enum(AREA_SIZES),
  },
  { additionalProperties: false },
);
export type EffectSpec = Static<typeof EffectSpec>;

/** Random draws of a test: 99 give a first look, 9,999 a p of four decimals. */
const Draws = Type.Integer({ minimum: 99, maximum: 9_999 });

export const CLUSTER_METHODS = ['poisson', 'space-time'] as const;
/** What the clusters' expected number goes by: what lives there, or what happened there before. */
export const RISKS = ['households', 'tps', 'baseline'] as const;
export type Risk = (typeof RISKS)[number];

/** How near repeats and clusters are looked for. */
export const RepeatSpec = Type.Object(
  {
    /** Upper ends of the bands: metres, and days. They ascend. */
    metres: Type.Array(Type.Integer({ minimum: 1, maximum: 50_000 }), { minItems: 1, maxItems: 10 }),
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 366 }), { minItems: 1, maxItems: 10 }),
    draws: Draws,
    /** Whether incidents whose place or time is coarser than the narrowest bands are left out. */
    exact: Type.Boolean(),
    clusters: Type.Enum(CLUSTER_METHODS),
    risk: Type.Enum(RISKS),
    /** No cluster holds more than this share of the population at risk, or of the incidents. */
    share: Type.Number({ minimum: 0.01, maximum: 0.5 }),
    /** No cluster reaches farther, metres; null for no limit. */
    radiusM: Type.Union([Type.Integer({ minimum: 100, maximum: 500_000 }), Type.Null()]),
  },
  { additionalProperties: false },
);
export type RepeatSpec = Static<typeof RepeatSpec>;

export const FORECASTS = ['count', 'density', 'window'] as const;
export type Forecast = (typeof FORECASTS)[number];

/** Which hotspot map is held against the weeks that followed. */
export const ForesightSpec = Type.Object(
  {
    forecast: Type.Enum(FORECASTS),
    /** Which days the map is made from. */
    from: Type.Enum(['period', 'baseline']),
    weeks: Type.Integer({ minimum: 1, maximum: 12 }),
  },
  { additionalProperties: false },
);
export type ForesightSpec = Static<typeof ForesightSpec>;

/** Everything a figure of the analysis room depends on, beside the data: the same spec and data give the same figures. */
export const AnalysisSpec = Type.Object(
  {
    period: Days,
    baseline: Type.Union([
      Type.Object(
        {
          startsOn: Day,
          endsOn: Day,
          /** How it was chosen, for its name on the screen. */
          kind: Type.Enum(['same-stage', 'same-weeks', 'weeks-before', 'own']),
        },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
    categories: Type.Array(Type.Enum(INCIDENT_CATEGORIES), { maxItems: INCIDENT_CATEGORIES.length, uniqueItems: true }),
    severities: Type.Array(Type.Enum(SEVERITIES), { maxItems: SEVERITIES.length, uniqueItems: true }),
    area: Type.Union([AreaCode, Type.Null()]),
    /** Whether what patrols found is counted. */
    patrol: Type.Boolean(),
    /** Whether what is not or cannot be verified is counted. */
    unverified: Type.Boolean(),
    places: Type.Union([
      Type.Object({ kind: Type.Literal('areas'), level: Type.Enum(COUNT_LEVELS) }, { additionalProperties: false }),
      Type.Object(
        { kind: Type.Enum(GRID_SHAPES), metres: Type.Integer({ minimum: 100, maximum: 50_000 }) },
        { additionalProperties: false },
      ),
    ]),
    measure: Type.Enum(MEASURES),
    per: Type.Enum(DENOMINATORS),
    /** What the exact window expects by: the baseline's own incidents where there is a baseline, or `per`. */
    expected: Type.Enum(['baseline', 'per']),
    /** Empirical-Bayes smoothing of rates. */
    smoothing: Type.Enum(['none', 'global', 'local']),
    alpha: Type.Number({ minimum: 0.001, maximum: 0.2 }),
    /** Whether p values are held against the false-discovery rate (Benjamini–Hochberg). */
    fdr: Type.Boolean(),
    /** Random orders that p of local Moran's I comes from; left out or null for the tail of the normal distribution. */
    draws: Type.Optional(Type.Union([Draws, Type.Null()])),
    /** Of the density: metres, or null for the rule of thumb. */
    bandwidthM: Type.Union([Type.Number({ minimum: 50, maximum: 20_000 }), Type.Null()]),
    /** Length of a step of series, days. */
    stepDays: Type.Integer({ minimum: 1, maximum: 92 }),
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
    /** The views of one question each: left out until it is asked. */
    effect: Type.Optional(EffectSpec),
    repeat: Type.Optional(RepeatSpec),
    foresight: Type.Optional(ForesightSpec),
  },
  { additionalProperties: false },
);
export type AnalysisSpec = Static<typeof AnalysisSpec>;
