import { EventEmitter } from 'node:events';
import type { LivePosition } from '../shared/schemas/position.ts';

/** An event of the second class of live data: stored, numbered in commit order, never dropped. */
export interface StoredEvent {
  seq: number;
  /** Unix time, milliseconds. */
  at: number;
  kind: 'incident.created' | 'incident.changed' | 'unit.changed' | 'warning.raised' | 'warning.changed';
  /** Id of what it is about: a UUID of an incident or an early warning, a unit's number. */
  subject: string;
  data: unknown;
  /** Codes of the areas that its subject lies in or belongs to, and of those that contain them; `null`: not known. */
  scopeCodes: readonly string[] | null;
  /** The same before a change that altered it, else `null`. */
  scopeBefore: readonly string[] | null;
  /** Longitude and latitude before a change that altered them, else `null`. */
  placeBefore: readonly [lon: number, lat: number] | null;
}

/** What slices tell each other. They never import one another; `app.ts` wires them over this bus. */
export interface BusEvents {
  /** Fixes that became their unit's newest position, durable in the database. */
  'positions.written': [LivePosition[]];
  /** Events that are committed, in commit order. */
  'events.appended': [StoredEvent[]];
  /** Sessions, grants or accounts changed, or the shapes of jurisdictions: who may see what is to be asked again. */
  'access.changed': [];
  /** Devices were enrolled, renamed or revoked. */
  'devices.changed': [];
  /** Positions of these units were deleted: where they were is to be forgotten. */
  'positions.forgotten': [number[]];
  /** Titles were removed from the log of events: what was read of it before is to be forgotten. */
  'texts.removed': [];
  /** A jurisdiction or its parts changed: its shape is made anew, and `access.changed` follows. */
  'jurisdictions.changed': [{ id: number }];
  /** A new set of areas is in force. */
  'areas.published': [{ version: number }];
  /** A plan was edited, published, archived or deleted: committed. */
  'plan.changed': [{ id: string }];
  /** A new base map is in force. */
  'basemap.published': [{ version: number }];
}

/** The in-process bus. */
export class Bus extends EventEmitter<BusEvents> {}
