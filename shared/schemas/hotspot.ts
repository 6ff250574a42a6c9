import { type Static, Type } from 'typebox';
import type { AREA_LEVELS } from '../area-code.ts';
import { AreaCode } from './area.ts';
import { TIME_PRECISIONS } from './incident.ts';

/** Levels that incidents are counted by. */
export const COUNT_LEVELS = [
  'kabkota',
  'kecamatan',
  'desa',
  'rw',
] as const satisfies readonly (typeof AREA_LEVELS)[number][];
export type CountLevel = (typeof COUNT_LEVELS)[number];

export const GRID_SHAPES = ['square', 'hexagon'] as const;
export type GridShape = (typeof GRID_SHAPES)[number];

const DateTime = Type.String({ format: 'date-time' });
/** A span of time: from its beginning up to, not including, its end. */
export const TimeSpan = Type.Object({ from: DateTime, to: DateTime });
export type TimeSpan = Static<typeof TimeSpan>;

/** What is counted, as every question about hotspots gives it in its query. */
export const countedQuery = {
  from: DateTime,
  to: DateTime,
  /** The period to compare with: both or none. */
  baselineFrom: Type.Optional(DateTime),
  baselineTo: Type.Optional(DateTime),
  categories: Type.Optional(Type.String({ maxLength: 400, description: 'Values separated by commas' })),
  subcategories: Type.Optional(Type.String({ maxLength: 1000, description: 'Values separated by commas' })),
  severities: Type.Optional(Type.String({ maxLength: 400, description: 'Values separated by commas' })),
  area: Type.Optional(AreaCode),
  patrol: Type.Optional(Type.Boolean({ default: false, description: 'Count what patrols found, too' })),
  unverified: Type.Optional(
    Type.Boolean({ default: false, description: 'Count what is not or cannot be verified, too' }),
  ),
};

/** Incidents of period and baseline that match and yet are not counted, by the reason. Those false or duplicate never are. */
export const LeftOut = Type.Object({
  patrol: Type.Integer(),
  unverified: Type.Integer(),
  /** Reported falsely, or twice. */
  void: Type.Integer(),
  /** In none of the answer's areas; of cells, in no area at all and outside of what was drawn of the jurisdiction. */
  placeless: Type.Integer(),
});
export type LeftOut = Static<typeof LeftOut>;

const counts = {
  /** The same as long as no incident, area or figure has changed for who asks. */
  dataVersion: Type.String(),
  /** When the figures were read. */
  asOf: DateTime,
  period: TimeSpan,
  baseline: Type.Union([TimeSpan, Type.Null()]),
  total: Type.Object({ period: Type.Integer(), baseline: Type.Integer() }),
  leftOut: Type.Object({ period: LeftOut, baseline: LeftOut }),
  /** Counted although their place is known less exactly than a place of the answer is wide. */
  coarse: Type.Object({ period: Type.Integer(), baseline: Type.Integer() }),
  /** Counted without it being known how exactly they are placed, as of a register without such a column. */
  accuracyUnknown: Type.Object({ period: Type.Integer(), baseline: Type.Integer() }),
};

const Numbers = Type.Array(Type.Number());
const MaybeNumbers = Type.Array(Type.Union([Type.Number(), Type.Null()]));

/** Answer of `GET /api/hotspots/areas`: columns of equal length, in the order of the codes; areas without incidents are there. */
export const AreaCounts = Type.Object({
  ...counts,
  level: Type.Enum(COUNT_LEVELS),
  areas: Type.Object({
    code: Type.Array(AreaCode),
    name: Type.Array(Type.String()),
    /** Place of the label, degrees. */
    lon: Numbers,
    lat: Numbers,
    km2: Numbers,
    /** Null where no figure was imported. */
    households: MaybeNumbers,
    /** Polling stations that are known within. */
    tps: Numbers,
    count: Numbers,
    /** Zeros without a baseline. */
    baselineCount: Numbers,
  }),
  /** To be given as `cursor` for the next page; null at the end. Totals are those of all pages. */
  next: Type.Union([Type.String(), Type.Null()]),
});
export type AreaCounts = Static<typeof AreaCounts>;

/** A grid of equal cells over a plane in metres, see `shared/geo/grid.ts`. */
export const Grid = Type.Object({
  shape: Type.Enum(GRID_SHAPES),
  /** Side of a square; width of a hexagon from flat to flat. */
  metres: Type.Number(),
  /** Where the plane touches: degrees. */
  lon: Type.Number(),
  lat: Type.Number(),
});
export type Grid = Static<typeof Grid>;

/**
 * Answer of `GET /api/hotspots/cells`: every cell whose middle lies in an area of the question, also empty ones, and
 * after them those at its edge that hold a counted incident though their middle lies outside.
 */
export const CellCounts = Type.Object({
  ...counts,
  grid: Grid,
  cells: Type.Object({ q: Numbers, r: Numbers, count: Numbers, baselineCount: Numbers }),
});
export type CellCounts = Static<typeof CellCounts>;

/** Answer of `GET /api/hotspots/series`: counts by place and step; steps of `stepDays` from `period.from`, zeros left out. */
export const CountSeries = Type.Object({
  ...counts,
  stepDays: Type.Integer(),
  steps: Type.Integer(),
  /** Codes of the areas of the level, in order; one empty text where the whole is one place. */
  code: Type.Array(Type.String()),
  /** One entry for each count that is not zero: index of the place, index of the step, count. */
  place: Numbers,
  step: Numbers,
  count: Numbers,
});
export type CountSeries = Static<typeof CountSeries>;

/** Answer of `GET /api/hotspots/points`: the counted incidents of the period themselves, oldest first. */
export const CountedPoints = Type.Object({
  ...counts,
  points: Type.Object({
    id: Type.Array(Type.String()),
    lon: Numbers,
    lat: Numbers,
    /** Unix time, milliseconds. */
    occurredAt: Numbers,
    /** Code of its narrowest area, or empty. */
    area: Type.Array(Type.String()),
    /** Radius in metres within which the true place lies; null where it is not known. */
    accuracyM: MaybeNumbers,
    timePrecision: Type.Array(Type.Enum(TIME_PRECISIONS)),
  }),
  next: Type.Union([Type.String(), Type.Null()]),
});
export type CountedPoints = Static<typeof CountedPoints>;

/** Answer of `GET /api/hotspots/neighbours`: queen contiguity of a level's areas, of the same order as their counts. */
export const AreaNeighbours = Type.Object({
  /** Version of the published areas. */
  version: Type.Integer(),
  code: Type.Array(AreaCode),
  /** Of area i: `neighbour[start[i]]` up to, not including, `neighbour[start[i + 1]]`, indexes into `code`. */
  start: Numbers,
  neighbour: Numbers,
});
export type AreaNeighbours = Static<typeof AreaNeighbours>;
