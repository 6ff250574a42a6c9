import { type Static, Type } from 'typebox';
import { INCIDENT_CATEGORIES, IncidentPoint, SEVERITIES } from '../schemas/incident.ts';
import { Unit } from '../schemas/unit.ts';
import { WarningPoint } from '../schemas/warning.ts';

const strict = { additionalProperties: false };
const Cursor = Type.String({ maxLength: 64 });
/** Chosen by the viewer, repeated in the answer. */
const Id = Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 });

/** What a viewer may send. See `protocol.ts` for when. */
export const UpMessage = Type.Union([
  Type.Object(
    {
      type: Type.Literal('window'),
      id: Id,
      /** West, south, east, north in degrees; west and east may run past ±180 where the map repeats itself. */
      bounds: Type.Tuple([
        Type.Number({ minimum: -540, maximum: 540 }),
        Type.Number({ minimum: -90, maximum: 90 }),
        Type.Number({ minimum: -540, maximum: 540 }),
        Type.Number({ minimum: -90, maximum: 90 }),
      ]),
      /** Zoom of a map of 512-pixel tiles. */
      zoom: Type.Number({ minimum: 0, maximum: 30 }),
    },
    strict,
  ),
  Type.Object(
    {
      type: Type.Literal('filter'),
      /** Incidents of these only; absent or empty means all. */
      categories: Type.Optional(Type.Array(Type.Enum(INCIDENT_CATEGORIES), { maxItems: 16 })),
      severities: Type.Optional(Type.Array(Type.Enum(SEVERITIES), { maxItems: 16 })),
    },
    strict,
  ),
  Type.Object({ type: Type.Literal('resume'), id: Id, cursor: Cursor }, strict),
]);
export type UpMessage = Static<typeof UpMessage>;

/** Which incidents' events are sent; absent or empty means all. */
export type EventFilter = Omit<Extract<UpMessage, { type: 'filter' }>, 'type'>;

const eventFields = {
  type: Type.Literal('event'),
  cursor: Cursor,
  /** Cursor of the event before this one that this viewer was sent, or the one it resumed from. */
  previous: Cursor,
  /** Unix time of the event, milliseconds. */
  at: Type.Number(),
  /** Id of what it is about. */
  subject: Type.String(),
};

/** An event. `kind` decides what `data` is. */
export const EventMessage = Type.Union([
  Type.Object({ ...eventFields, kind: Type.Enum(['incident.created', 'incident.changed']), data: IncidentPoint }),
  Type.Object({ ...eventFields, kind: Type.Literal('unit.changed'), data: Unit }),
  /** An early warning, whatever the filter. */
  Type.Object({ ...eventFields, kind: Type.Enum(['warning.raised', 'warning.changed']), data: WarningPoint }),
  /** It changed and is now where this viewer may not look: forget it. */
  Type.Object({ ...eventFields, kind: Type.Literal('incident.withdrawn'), data: Type.Pick(IncidentPoint, ['id']) }),
  Type.Object({ ...eventFields, kind: Type.Literal('unit.withdrawn'), data: Type.Pick(Unit, ['id']) }),
]);
export type EventMessage = Static<typeof EventMessage>;

/** What tiles are drawn from. */
export const PublishedTopic = Type.Enum(['areas', 'basemap']);
export type PublishedTopic = Static<typeof PublishedTopic>;

/** What the server sends as text. */
export const DownMessage = Type.Union([
  Type.Object({
    type: Type.Literal('welcome'),
    protocol: Type.String(),
    /** Unix time on the server, milliseconds. */
    now: Type.Number(),
    heartbeatMs: Type.Number(),
  }),
  Type.Object({ type: Type.Literal('heartbeat'), now: Type.Number(), cursor: Type.Optional(Cursor) }),
  Type.Object({
    type: Type.Literal('window'),
    id: Id,
    show: Type.Enum(['units', 'counts']),
    /** Zoom level of the tiles. */
    level: Type.Integer(),
    /** First column, first row, last column, last row; the last column is 2^level or more across the 180th meridian. */
    cells: Type.Tuple([Type.Integer(), Type.Integer(), Type.Integer(), Type.Integer()]),
  }),
  /** A new set of areas or a new base map is in force: ask for the tiles on screen again. */
  Type.Object({ type: Type.Literal('published'), topic: PublishedTopic, version: Type.Integer() }),
  Type.Object({ type: Type.Literal('resumed'), id: Id, cursor: Cursor }),
  Type.Object({ type: Type.Literal('resync'), id: Id, reason: Type.Enum(['too_old', 'unknown_cursor']) }),
  Type.Object({ type: Type.Literal('error'), code: Type.String(), message: Type.String() }),
  EventMessage,
]);
export type DownMessage = Static<typeof DownMessage>;
