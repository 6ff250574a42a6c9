import { uuidv7 } from 'uuidv7';
import type {
  IncidentCategory,
  IncidentSource,
  NewIncident,
  Severity,
  TimePrecision,
} from '../../shared/schemas/incident.ts';

/** Each person's own: who signs in next on this device must not read it. */
const keyOf = (owner: string) => `ronda.draft.${owner}`;

/** An incident being written. Its id is made once, so that saving again after a failure is the same incident. */
export interface Draft {
  id: string;
  title: string;
  description: string;
  category: IncidentCategory;
  severity: Severity;
  source: IncidentSource;
  /** Unix time in ms, or `undefined` for the moment of saving. */
  occurredAt: number | undefined;
  timePrecision: TimePrecision;
  location: { lon: number; lat: number } | undefined;
  /** Metres; 0 for an exact point. */
  accuracyM: number;
  place: string;
  /** Unix time in ms of the last change. */
  changedAt: number;
}

/** An empty draft with an id of its own. */
export function newDraft(location: Draft['location'], now: number): Draft {
  return {
    id: uuidv7(),
    title: '',
    description: '',
    category: 'kamtibmas',
    severity: 'moderate',
    source: 'resident',
    occurredAt: undefined,
    timePrecision: 'minute',
    location,
    accuracyM: 0,
    place: '',
    changedAt: now,
  };
}

/** The draft that this device kept, if any. What cannot be read is no draft. */
export function readDraft(storage: Pick<Storage, 'getItem'>, owner: string): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(owner)) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('id' in kept) || !('title' in kept)) return undefined;
    if (typeof kept.id !== 'string' || typeof kept.title !== 'string') return undefined;
    return { ...newDraft(undefined, 0), ...kept, id: kept.id, title: kept.title };
  } catch {
    return undefined;
  }
}

/** Keeps the draft on this device, or forgets it. Storage that is full or forbidden keeps nothing, silently: the form still has it. */
export function keepDraft(
  storage: Pick<Storage, 'setItem' | 'removeItem'>,
  owner: string,
  draft: Draft | undefined,
): void {
  try {
    if (draft) storage.setItem(keyOf(owner), JSON.stringify(draft));
    else storage.removeItem(keyOf(owner));
  } catch {}
}

/** Whether anything was written that would be a loss. */
export function isWritten(draft: Draft): boolean {
  return Boolean(draft.title.trim() || draft.description.trim() || draft.place.trim());
}

/** The request that files the draft. `undefined` while its title or place is missing. */
export function toIncident(draft: Draft, now: number): NewIncident | undefined {
  const title = draft.title.trim();
  if (!title || !draft.location) return undefined;
  const { lon, lat } = draft.location;
  const description = draft.description.trim();
  const place = draft.place.trim();
  return {
    id: draft.id,
    title,
    category: draft.category,
    severity: draft.severity,
    source: draft.source,
    occurredAt: new Date(draft.occurredAt ?? now).toISOString(),
    timePrecision: draft.timePrecision,
    reportedAt: new Date(now).toISOString(),
    location: { lon, lat, accuracyM: draft.accuracyM },
    ...(description ? { description } : {}),
    ...(place ? { place } : {}),
  };
}
