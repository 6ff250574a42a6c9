import { type Static, Type } from 'typebox';
import { AreaCode } from './area.ts';
import { body, DateTime, nullable } from './fields.ts';

/** A draft is worked on; what is published is frozen, and work goes on in a copy; what is archived is over. */
export const PLAN_STATES = ['draft', 'published', 'archived'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

/** The areas that zones are painted from. */
export const PLAN_LEVELS = ['rw', 'desa'] as const;
export type PlanLevel = (typeof PLAN_LEVELS)[number];

/** How many colours zones take turns with; the palette of the page has as many. */
export const ZONE_COLOURS = 12;
/** Most zones of a plan, and areas that it is painted from. */
export const MOST_ZONES = 500;
export const MOST_PLAN_AREAS = 12_000;

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' });
const Reason = Type.String({ minLength: 1, maxLength: 500, pattern: '\\S' });
const Id = Type.String({ format: 'uuid', maxLength: 36 });
const Colour = Type.Integer({ minimum: 0, maximum: ZONE_COLOURS - 1 });
const Codes = Type.Array(AreaCode, { maxItems: MOST_PLAN_AREAS, uniqueItems: true });

/** A patrol zone: areas that are patrolled together. */
export const Zone = body({
  id: Id,
  name: Name,
  colour: Colour,
  /** A finished one: nothing is painted into or out of it. */
  locked: Type.Boolean(),
  /** Its areas by code, ascending. */
  codes: Codes,
});
export type Zone = Static<typeof Zone>;

const Weight = Type.Number({ minimum: 0, maximum: 1_000 });
/** What one of each adds to a zone's workload. Incidents are weighted by their severity. */
export const WorkloadWeights = body({
  low: Weight,
  moderate: Weight,
  serious: Weight,
  critical: Weight,
  km2: Weight,
  streetKm: Weight,
  /** Of a thousand households. */
  households: Weight,
  tps: Weight,
  posts: Weight,
});
export type WorkloadWeights = Static<typeof WorkloadWeights>;
export const DEFAULT_WEIGHTS: WorkloadWeights = {
  low: 1,
  moderate: 2,
  serious: 4,
  critical: 8,
  km2: 0,
  streetKm: 0,
  households: 0,
  tps: 0,
  posts: 0,
};

/** What planners work on: the zones in the order of their list, and what balances them. */
export const PlanContent = body({ zones: Type.Array(Zone, { maxItems: MOST_ZONES }), weights: WorkloadWeights });
export type PlanContent = Static<typeof PlanContent>;

/** Areas that go from one zone (or `null`: none) to another. */
export const Move = body({
  from: nullable(Id),
  to: nullable(Id),
  codes: Type.Array(AreaCode, { minItems: 1, maxItems: MOST_PLAN_AREAS, uniqueItems: true }),
});
export type Move = Static<typeof Move>;

const ZoneProperties = body(
  { name: Type.Optional(Name), colour: Type.Optional(Colour), locked: Type.Optional(Type.Boolean()) },
  1,
);
export type ZoneProperties = Static<typeof ZoneProperties>;

/**
 * One step of the work on a draft. Each names what it replaces, so that it is its own precondition (two planners who
 * change different things never disturb one another) and its own undoing, read backwards.
 */
export const PlanStep = Type.Union([
  /** A division that is taken over may move each area between two other zones. */
  body({ kind: Type.Literal('assign'), moves: Type.Array(Move, { minItems: 1, maxItems: MOST_PLAN_AREAS }) }),
  /** A new zone at this index of the list; its areas were in no zone. */
  body({ kind: Type.Literal('add'), zone: Zone, at: Type.Integer({ minimum: 0, maximum: MOST_ZONES }) }),
  /** Its areas are in no zone then. */
  body({ kind: Type.Literal('remove'), zone: Zone, at: Type.Integer({ minimum: 0, maximum: MOST_ZONES }) }),
  body({ kind: Type.Literal('change'), zone: Id, before: ZoneProperties, after: ZoneProperties }),
  body({ kind: Type.Literal('weights'), before: WorkloadWeights, after: WorkloadWeights }),
]);
export type PlanStep = Static<typeof PlanStep>;

/** One edit: steps that are done together or not at all, in one stroke and one undo. */
export const PlanEdit = Type.Array(PlanStep, { minItems: 1, maxItems: 2 * MOST_ZONES });
export type PlanEdit = Static<typeof PlanEdit>;

/** Body of `POST /api/plans/:id/edits`; `id` is a UUID made by the page, so that sending it twice does it once. */
export const NewPlanEdit = body({ id: Id, edit: PlanEdit });
export type NewPlanEdit = Static<typeof NewPlanEdit>;

/** An edit that was done: the `revision`-th of its plan, from 1. */
export const DonePlanEdit = Type.Object({
  revision: Type.Integer(),
  id: Type.String(),
  actor: Type.String(),
  at: DateTime,
  edit: Type.Unsafe<PlanEdit>(Type.Any({ description: 'PlanEdit' })),
});
export type DonePlanEdit = Static<typeof DonePlanEdit>;

/** Answer of `GET /api/plans/:id/edits?after`: those after that revision, oldest first, and whether there are more. */
export const PlanEdits = Type.Object({ edits: Type.Array(DonePlanEdit), more: Type.Boolean() });
export type PlanEdits = Static<typeof PlanEdits>;

const Title = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });

/** Body of `POST /api/plans`; its id is a UUID of version 7, made by the page. */
export const NewPlan = body({
  id: Id,
  title: Title,
  level: Type.Enum(PLAN_LEVELS),
  /** The areas whose RW or desa are painted, such as a kota or some kecamatan of it. */
  areas: Type.Array(AreaCode, { minItems: 1, maxItems: 200 }),
});
export type NewPlan = Static<typeof NewPlan>;

/** Body of `PATCH /api/plans/:id`: it names the title that it replaces, as an edit does. */
export const PlanTitle = body({ before: Type.String({ maxLength: 200 }), title: Title });
export type PlanTitle = Static<typeof PlanTitle>;

const kept = {
  id: Type.String(),
  title: Type.String(),
  level: Type.Enum(PLAN_LEVELS),
  areas: Type.Array(Type.String()),
  state: Type.Enum(PLAN_STATES),
  /** Number of edits done; the page catches up from its own. */
  revision: Type.Integer(),
  /** Number of the newest saved version; 0 where none was saved. */
  version: Type.Integer(),
  zoneCount: Type.Integer(),
  copiedFrom: nullable(Type.Object({ id: Type.String(), title: Type.String() })),
  createdBy: Type.String(),
  createdAt: DateTime,
  updatedBy: Type.String(),
  updatedAt: DateTime,
  publishedBy: nullable(Type.String()),
  publishedAt: nullable(DateTime),
  /** Whether whoever asks may work on it while it is a draft, publish it, archive it and copy it. */
  mayChange: Type.Boolean(),
};

/** A plan in the list. */
export const PlanSummary = Type.Object(kept);
export type PlanSummary = Static<typeof PlanSummary>;

/** Answer of `GET /api/plans?state`: those that were changed last, and whether there are more. */
export const PlanList = Type.Object({ plans: Type.Array(PlanSummary), more: Type.Boolean() });
export type PlanList = Static<typeof PlanList>;

export const Plan = Type.Object({
  ...kept,
  content: Type.Unsafe<PlanContent>(Type.Any({ description: 'PlanContent' })),
});
export type Plan = Static<typeof Plan>;

/** Body of `POST /api/plans/:id/versions`, `/publish` and `/archive`: why. */
export const PlanReason = body({ reason: Reason });
export type PlanReason = Static<typeof PlanReason>;

/** Body of `POST /api/plans/:id/copy`. */
export const PlanCopy = body({ id: Id, title: Title });
export type PlanCopy = Static<typeof PlanCopy>;

/** A version that was saved: by whom, when, why. */
export const PlanVersion = Type.Object({
  version: Type.Integer(),
  revision: Type.Integer(),
  actor: Type.String(),
  at: DateTime,
  reason: Type.String(),
  zoneCount: Type.Integer(),
});
export type PlanVersion = Static<typeof PlanVersion>;

/** Answer of `GET /api/plans/:id/versions`, the newest first. */
export const PlanVersions = Type.Object({ versions: Type.Array(PlanVersion) });
export type PlanVersions = Static<typeof PlanVersions>;

/** Answer of `GET /api/plans/:id/versions/:version`. */
export const PlanVersionContent = Type.Object({
  ...PlanVersion.properties,
  content: Type.Unsafe<PlanContent>(Type.Any({ description: 'PlanContent' })),
});
export type PlanVersionContent = Static<typeof PlanVersionContent>;

const Numbers = Type.Array(Type.Number());
const Integers = Type.Array(Type.Integer());
/**
 * Answer of `GET /api/plans/ground?level&areas`: what a plan is painted from, in columns of one length, by code ascending.
 * Lengths are of borders as drawn on the map of a city, metres.
 */
export const PlanGround = Type.Object({
  /** Changes when areas are imported. */
  version: Type.String(),
  code: Type.Array(Type.String()),
  name: Type.Array(Type.String()),
  /** Code of the kecamatan that it lies in. */
  kecamatan: Type.Array(Type.String()),
  kecamatanName: Type.Record(Type.String(), Type.String()),
  /** Label points, degrees. */
  lon: Numbers,
  lat: Numbers,
  areaM2: Numbers,
  /** Length of the whole outline. */
  outlineM: Numbers,
  /** The neighbours of area i are `neighbour[start[i]]` to `neighbour[start[i + 1] - 1]`, indexes ascending. */
  start: Integers,
  neighbour: Integers,
  /** Length of the border with each of them; touching in corners alone is not to be neighbours. */
  borderM: Numbers,
});
export type PlanGround = Static<typeof PlanGround>;

/**
 * Answer of `GET /api/plans/borders?level&areas`: every border once, for drawing outlines of zones. Border k lies between
 * areas `a[k]` and `b[k]` of the ground (`b` −1: nothing of the plan lies beyond) and has the points
 * `start[k]` to `start[k + 1] - 1`; a point is longitude and latitude in 10⁻⁶ degrees, each but the first of a border as
 * the difference to the one before.
 */
export const PlanBorders = Type.Object({
  version: Type.String(),
  a: Integers,
  b: Integers,
  start: Integers,
  lon: Integers,
  lat: Integers,
});
export type PlanBorders = Static<typeof PlanBorders>;

const MaybeNumbers = Type.Array(nullable(Type.Number()));
/** Answer of `GET /api/plans/workload?level&areas&from&to`: what there is in each area of the ground, in its order. */
export const PlanWorkload = Type.Object({
  from: DateTime,
  to: DateTime,
  code: Type.Array(Type.String()),
  low: Integers,
  moderate: Integers,
  serious: Integers,
  critical: Integers,
  streetKm: Numbers,
  /** Null where no figure is known. */
  households: MaybeNumbers,
  tps: Integers,
  posts: Integers,
});
export type PlanWorkload = Static<typeof PlanWorkload>;
