import { type Static, Type } from 'typebox';
import { ErrorDetail } from '../errors.ts';
import { ANALYSIS_VIEWS, AnalysisSpec } from './analysis.ts';
import { LeftOut } from './hotspot.ts';

const DateTime = Type.String({ format: 'date-time' });
const Title = Type.String({ minLength: 1, maxLength: 200 });
/** The analyst's own words: paragraphs of plain text. */
const Note = Type.String({ maxLength: 20_000 });
const MaybeNumber = Type.Union([Type.Number(), Type.Null()]);
const Count = Type.Integer({ minimum: 0 });

/** Where the map stood: degrees, clockwise from north. */
export const Camera = Type.Object(
  {
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    zoom: Type.Number({ minimum: 0, maximum: 24 }),
    bearing: Type.Number({ minimum: -360, maximum: 360 }),
    pitch: Type.Number({ minimum: 0, maximum: 85 }),
  },
  { additionalProperties: false },
);
export type Camera = Static<typeof Camera>;

/** One figure of the screen that is not of a place, such as `moran.i`. */
export const SavedMeasure = Type.Object(
  {
    name: Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9.-]*$', maxLength: 60 }),
    /** Null where it could not be calculated; then `reason` says why. */
    value: MaybeNumber,
    p: Type.Optional(MaybeNumber),
    /** Ends of its interval. */
    low: Type.Optional(MaybeNumber),
    high: Type.Optional(MaybeNumber),
    reason: Type.Optional(Type.String({ maxLength: 60 })),
  },
  { additionalProperties: false },
);
export type SavedMeasure = Static<typeof SavedMeasure>;

/** What views of one question each come to, in the order in which a brief tells it. */
export const FINDING_KINDS = ['effect', 'repeats', 'clusters', 'test'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

const Lines = Type.Array(Type.String({ maxLength: 4_000 }), { minItems: 1, maxItems: 40 });

/** What a view of one question came to: its verdict first, then what that rests on, in each language. */
export const SavedFinding = Type.Object(
  {
    kind: Type.Enum(FINDING_KINDS),
    /** When it was computed. */
    at: DateTime,
    words: Type.Object({ id: Lines, en: Lines }, { additionalProperties: false }),
  },
  { additionalProperties: false },
);
export type SavedFinding = Static<typeof SavedFinding>;

/** A place that the screen pointed at. */
export const SavedPlace = Type.Object(
  {
    /** Code of an area, or `q,r` of a cell. */
    place: Type.String({ minLength: 1, maxLength: 40 }),
    name: Type.String({ maxLength: 160 }),
    count: Count,
    baselineCount: Count,
    /** What the measure of the map gives it. */
    value: MaybeNumber,
    expected: Type.Optional(MaybeNumber),
    p: MaybeNumber,
    /** Its class on the map, such as `hot` or `new-hotspot`. */
    class: Type.Optional(Type.String({ maxLength: 40 })),
  },
  { additionalProperties: false },
);
export type SavedPlace = Static<typeof SavedPlace>;

/** What was on the screen, so that opening it later gives the same figures or says what changed. */
export const SavedFigures = Type.Object(
  {
    /** When the counts were read. */
    asOf: DateTime,
    total: Type.Object({ period: Count, baseline: Count }, { additionalProperties: false }),
    leftOut: Type.Object({ period: LeftOut, baseline: LeftOut }, { additionalProperties: false }),
    /** How many places were looked at. */
    places: Count,
    /** How many of them were significant; null where nothing was tested. */
    significant: Type.Union([Count, Type.Null()]),
    measures: Type.Array(SavedMeasure, { maxItems: 60 }),
    /** What the views of one question each found: a brief of the analysis tells it. */
    findings: Type.Optional(Type.Array(SavedFinding, { maxItems: FINDING_KINDS.length })),
    /** The most telling ones, in the order of the list. */
    top: Type.Array(SavedPlace, { maxItems: 300 }),
  },
  { additionalProperties: false },
);
export type SavedFigures = Static<typeof SavedFigures>;

const content = {
  title: Title,
  note: Note,
  view: Type.Enum(ANALYSIS_VIEWS),
  spec: AnalysisSpec,
  /** Null for views without a map. */
  camera: Type.Union([Camera, Type.Null()]),
  figures: SavedFigures,
  /** That of the counts: another one now means that data have changed since. */
  dataVersion: Type.String({ minLength: 1, maxLength: 120 }),
};

/** All of an analysis that its writer gives. */
export const AnalysisBody = Type.Object(content, { additionalProperties: false });
export type AnalysisBody = Static<typeof AnalysisBody>;

/** A new analysis; its id is a UUID of version 7, made by the page, so that sending it twice stores it once. */
export const NewAnalysis = Type.Object(
  { id: Type.String({ format: 'uuid' }), ...content },
  { additionalProperties: false },
);
export type NewAnalysis = Static<typeof NewAnalysis>;

/** What can be changed without its figures. */
export const AnalysisPatch = Type.Partial(Type.Object({ title: Title, note: Note }), {
  additionalProperties: false,
  minProperties: 1,
});
export type AnalysisPatch = Static<typeof AnalysisPatch>;

const kept = {
  id: Type.String(),
  title: Type.String(),
  view: Type.Enum(ANALYSIS_VIEWS),
  /** As it was saved: later versions may ask for more. */
  spec: Type.Unsafe<AnalysisSpec>(Type.Any({ description: 'AnalysisSpec, as it was saved' })),
  dataVersion: Type.String(),
  createdBy: Type.String(),
  createdAt: DateTime,
  updatedBy: Type.String(),
  updatedAt: DateTime,
  version: Type.Integer(),
  /** Whether whoever asks may change and delete it. */
  mayChange: Type.Boolean(),
};

/** A saved analysis in the list. */
export const AnalysisSummary = Type.Object(kept);
export type AnalysisSummary = Static<typeof AnalysisSummary>;

/** A saved analysis as a whole. */
export const SavedAnalysis = Type.Object({
  ...kept,
  note: Type.String(),
  camera: Type.Union([Camera, Type.Null()]),
  figures: Type.Unsafe<SavedFigures>(Type.Any({ description: 'SavedFigures, as they were saved' })),
});
export type SavedAnalysis = Static<typeof SavedAnalysis>;

/** The answer to who wrote one; `warnings` name texts that seem to hold personal data. */
export const WrittenAnalysis = Type.Object({
  ...SavedAnalysis.properties,
  warnings: Type.Optional(Type.Array(ErrorDetail)),
});
export type WrittenAnalysis = Static<typeof WrittenAnalysis>;

/** A picture or print that is about to be made of what is on the screen. */
export const NewPicture = Type.Object(
  { kind: Type.Enum(['png', 'print', 'pdf']), title: Title, spec: AnalysisSpec },
  { additionalProperties: false },
);
export type NewPicture = Static<typeof NewPicture>;

/** What must stand on it. */
export const LoggedPicture = Type.Object({ watermark: Type.String(), at: DateTime });
export type LoggedPicture = Static<typeof LoggedPicture>;
