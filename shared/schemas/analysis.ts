import { type Static, Type } from 'typebox';
import { AreaCode } from './area.ts';
import { COUNT_LEVELS, GRID_SHAPES } from './hotspot.ts';
import { INCIDENT_CATEGORIES, SEVERITIES } from './incident.ts';

const Day = Type.String({ format: 'date' });
/** Days of the place's own zone, both included. */
const Days = Type.Object({ startsOn: Day, endsOn: Day }, { additionalProperties: false });

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
    /** Empirical-Bayes smoothing of rates. */
    smoothing: Type.Enum(['none', 'global', 'local']),
    alpha: Type.Number({ minimum: 0.001, maximum: 0.2 }),
    /** Whether p values are held against the false-discovery rate (Benjamini–Hochberg). */
    fdr: Type.Boolean(),
    /** Of the density: metres, or null for the rule of thumb. */
    bandwidthM: Type.Union([Type.Number({ minimum: 50, maximum: 20_000 }), Type.Null()]),
    /** Length of a step of series, days. */
    stepDays: Type.Integer({ minimum: 1, maximum: 92 }),
    seed: Type.Integer({ minimum: 0, maximum: 4_294_967_295 }),
  },
  { additionalProperties: false },
);
export type AnalysisSpec = Static<typeof AnalysisSpec>;
