import { type Static, Type } from 'typebox';
import { ErrorDetail } from '../errors.ts';
import { AreaLevelSchema } from './area.ts';

/** Top-level categories; the order fixes colours and legends everywhere, and is the number in compact lists. */
export const INCIDENT_CATEGORIES = [
  'kamtibmas',
  'pemilu',
  'bencana',
  'lalu_lintas',
  'sar',
  'narkotika',
  'lainnya',
] as const;
export type IncidentCategory = (typeof INCIDENT_CATEGORIES)[number];

/** From mild to worst; the index is the number in compact lists. */
export const SEVERITIES = ['low', 'moderate', 'serious', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const INCIDENT_STATUSES = [
  'new',
  'verified',
  'assigned',
  'en_route',
  'on_scene',
  'resolved',
  'false',
  'unverifiable',
  'referred',
  'duplicate',
] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];

/** Statuses in which somebody still has to do something. */
export const OPEN_STATUSES: readonly IncidentStatus[] = ['new', 'verified', 'assigned', 'en_route', 'on_scene'];

/** How an incident became known. */
export const INCIDENT_SOURCES = ['resident', 'radio', 'patrol', 'official'] as const;
export type IncidentSource = (typeof INCIDENT_SOURCES)[number];

/** How exactly the time of an incident is known. */
export const TIME_PRECISIONS = ['minute', 'hour', 'day', 'week', 'unknown'] as const;
export type TimePrecision = (typeof TIME_PRECISIONS)[number];

const DateTime = Type.String({ format: 'date-time' });
const Longitude = Type.Number({ minimum: -180, maximum: 180 });
const Latitude = Type.Number({ minimum: -90, maximum: 90 });
const IncidentId = Type.String({ format: 'uuid' });

/** Where: WGS 84 degrees, with the radius in metres within which the true place lies. */
export const IncidentLocation = Type.Object(
  { lon: Longitude, lat: Latitude, accuracyM: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })) },
  { additionalProperties: false },
);

const fields = {
  category: Type.Enum(INCIDENT_CATEGORIES),
  /** A finer kind within the category, free to each deployment: `curanmor`, `tawuran`. */
  subcategory: Type.String({ maxLength: 60 }),
  severity: Type.Enum(SEVERITIES),
  status: Type.Enum(INCIDENT_STATUSES),
  source: Type.Enum(INCIDENT_SOURCES),
  title: Type.String({ minLength: 1, maxLength: 200 }),
  description: Type.String({ maxLength: 4000 }),
  occurredAt: DateTime,
  /** End of the interval in which it happened, where only an interval is known. */
  occurredUntil: DateTime,
  timePrecision: Type.Enum(TIME_PRECISIONS),
  reportedAt: DateTime,
  location: IncidentLocation,
  /** The place in words: `simpang tiga dekat pos kamling`. */
  place: Type.String({ maxLength: 300 }),
};

/** Body of `POST /api/incidents`. The id is a UUIDv7 made by the client, so that a retry is the same incident. */
export const NewIncident = Type.Object(
  {
    id: IncidentId,
    category: fields.category,
    subcategory: Type.Optional(fields.subcategory),
    severity: fields.severity,
    status: Type.Optional(fields.status),
    source: fields.source,
    title: fields.title,
    description: Type.Optional(fields.description),
    occurredAt: fields.occurredAt,
    occurredUntil: Type.Optional(fields.occurredUntil),
    timePrecision: Type.Optional(fields.timePrecision),
    reportedAt: Type.Optional(fields.reportedAt),
    location: fields.location,
    place: Type.Optional(fields.place),
  },
  { additionalProperties: false },
);
export type NewIncident = Static<typeof NewIncident>;

/** Body of `PATCH /api/incidents/:id`: only what changes, and a word on why. Needs `If-Match` with the version's ETag. */
export const IncidentPatch = Type.Object(
  { ...Type.Partial(Type.Object(fields)).properties, note: Type.Optional(Type.String({ maxLength: 1000 })) },
  { additionalProperties: false, minProperties: 1 },
);
export type IncidentPatch = Static<typeof IncidentPatch>;

/** An area an incident falls in. */
export const IncidentArea = Type.Object({ code: Type.String(), name: Type.String(), level: AreaLevelSchema });
export type IncidentArea = Static<typeof IncidentArea>;

export const Incident = Type.Object({
  id: IncidentId,
  category: fields.category,
  subcategory: Type.Union([Type.String(), Type.Null()]),
  severity: fields.severity,
  status: fields.status,
  source: fields.source,
  title: Type.String(),
  description: Type.String(),
  occurredAt: DateTime,
  occurredUntil: Type.Union([DateTime, Type.Null()]),
  timePrecision: fields.timePrecision,
  reportedAt: DateTime,
  location: Type.Object({
    lon: Type.Number(),
    lat: Type.Number(),
    accuracyM: Type.Union([Type.Number(), Type.Null()]),
  }),
  place: Type.String(),
  /** Widest first; resolved on the server. */
  areas: Type.Array(IncidentArea),
  /** `nearest`: outside every area, given to the nearest within 50 m. */
  areaMatch: Type.Enum(['inside', 'nearest', 'none']),
  version: Type.Integer(),
  createdAt: DateTime,
  updatedAt: DateTime,
});
export type Incident = Static<typeof Incident>;

/** An incident as whoever wrote it gets it back: with a warning where its texts seem to hold personal data. */
export const WrittenIncident = Type.Object({
  ...Incident.properties,
  warnings: Type.Optional(Type.Array(ErrorDetail)),
});

/** One version in an incident's history. */
export const IncidentLogEntry = Type.Object({
  version: Type.Integer(),
  at: DateTime,
  actor: Type.String(),
  note: Type.String(),
  /** Field → its value before and after. The first version has every field, with `before: null`. */
  changes: Type.Record(Type.String(), Type.Object({ before: Type.Unknown(), after: Type.Unknown() })),
});
export type IncidentLogEntry = Static<typeof IncidentLogEntry>;

/** What the map, the clusters and the filters need of an incident; also the data of the live events `incident.*`. */
export const IncidentPoint = Type.Object({
  id: IncidentId,
  lon: Type.Number(),
  lat: Type.Number(),
  category: fields.category,
  severity: fields.severity,
  status: fields.status,
  source: fields.source,
  title: Type.String(),
  /** Unix times in milliseconds. */
  occurredAt: Type.Number(),
  createdAt: Type.Number(),
  /** Narrowest area it falls in, or empty; every wider area is a prefix of it. */
  area: Type.String(),
  version: Type.Integer(),
});
export type IncidentPoint = Static<typeof IncidentPoint>;
