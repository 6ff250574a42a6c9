import { Value } from 'typebox/value';
import type { EventFilter } from '../../shared/live/messages.ts';
import { MAX_RESUME_EVENTS, MAX_RESUME_MS } from '../../shared/live/protocol.ts';
import { IncidentPoint } from '../../shared/schemas/incident.ts';
import type { StoredEvent } from '../events.ts';
import type { Whereabouts } from './territory.ts';

/** What a filter looks at. */
type Facet = Pick<IncidentPoint, 'category' | 'severity'>;

/** An event as the ring keeps it. */
export interface RingEvent {
  seq: number;
  at: number;
  kind: StoredEvent['kind'];
  /** Everything of the message but its cursors. */
  body: string;
  /** Of the body. */
  bytes: number;
  subject: string;
  /** Where its subject is now, and where it was before; `undefined` when that is the same or it was not. */
  after: Whereabouts;
  before: Whereabouts | undefined;
  /** What a filter has to match, any of them: the incident after the event, and before it. Empty: sent to everyone. */
  facets: Facet[];
}

/**
 * The newest events, in the order of the log and without a gap: who was sent one of them can be sent what follows.
 * Bounded by number and age.
 */
export class EventRing {
  private events: RingEvent[] = [];
  /** Where the oldest event is within `events`; what is before it has been dropped. */
  private start = 0;
  private newest: number;
  private readonly known = new Map<string, { facet: Facet; seq: number }>();

  /** An empty ring behind event number `seq`. */
  constructor(seq: number) {
    this.newest = seq;
  }

  /** Number of the newest event. */
  get head(): number {
    return this.newest;
  }

  /** Number of the event before the oldest one kept: the oldest that can be resumed from. */
  get tail(): number {
    return this.newest - (this.events.length - this.start);
  }

  /** Adds the next event. Throws when it is not the next: a gap would be sent to everyone. */
  append(event: StoredEvent): void {
    if (event.seq !== this.newest + 1) throw new Error(`event ${event.seq} cannot follow ${this.newest}`);
    const { seq, at, kind, subject } = event;
    const facets = this.facetsOf(event);
    this.newest = seq;
    this.events.push({ seq, at, kind, subject, ...bodyOf(event), facets, ...whereabouts(event) });
    this.trim(at);
  }

  /** Puts what the log says now of an event in the place of what it said when the event was appended. */
  rewrite(event: StoredEvent): void {
    const kept = this.at(event.seq);
    if (kept) Object.assign(kept, bodyOf(event));
  }

  /** The event of this number, or `undefined` when it is not kept. */
  at(seq: number): RingEvent | undefined {
    const index = this.events.length - 1 - (this.newest - seq);
    return index < this.start ? undefined : this.events[index];
  }

  private facetsOf(event: StoredEvent): Facet[] {
    const { kind, subject, data, seq } = event;
    if (kind === 'unit.changed' || !Value.Check(IncidentPoint, data)) return [];
    const after = { category: data.category, severity: data.severity };
    const before = this.known.get(subject)?.facet;
    this.known.set(subject, { facet: after, seq });
    if (kind === 'incident.created') return [after];
    // What it was before is not known: it may have been what a filter asks for, so everyone is told.
    return before ? [after, before] : [];
  }

  private trim(now: number): void {
    const tooMany = this.events.length - MAX_RESUME_EVENTS;
    while (this.start < this.events.length - 1) {
      const oldest = this.events[this.start];
      if (!oldest || (this.start >= tooMany && oldest.at >= now - MAX_RESUME_MS)) break;
      if (this.known.get(oldest.subject)?.seq === oldest.seq) this.known.delete(oldest.subject);
      this.start++;
    }
    if (this.start < 4096 || this.start * 2 < this.events.length) return;
    this.events = this.events.slice(this.start);
    this.start = 0;
  }
}

function bodyOf({ at, kind, subject, data }: StoredEvent): Pick<RingEvent, 'body' | 'bytes'> {
  const body = JSON.stringify({ at, kind, subject, data }).slice(1);
  return { body, bytes: Buffer.byteLength(body) };
}

/** What is told of an event to those who could see its subject before it and no longer can: that it is gone. */
export function withdrawal({ at, kind, subject }: RingEvent): string {
  return kind === 'unit.changed'
    ? JSON.stringify({ at, kind: 'unit.withdrawn', subject, data: { id: Number(subject) } }).slice(1)
    : JSON.stringify({ at, kind: 'incident.withdrawn', subject, data: { id: subject } }).slice(1);
}

function whereabouts(event: StoredEvent): Pick<RingEvent, 'after' | 'before'> {
  const { kind, data, scopeCodes, scopeBefore, placeBefore } = event;
  // What is known of no area is for those who see everything, wherever it lies.
  const place =
    scopeCodes && kind !== 'unit.changed' && Value.Check(IncidentPoint, data)
      ? ([data.lon, data.lat] as const)
      : undefined;
  return {
    after: { codes: scopeCodes ?? [], place },
    before: scopeBefore ? { codes: scopeBefore, place: placeBefore ?? place } : undefined,
  };
}

/** Whether a filter lets an event through. */
export function passes(event: RingEvent, { categories = [], severities = [] }: EventFilter): boolean {
  if (event.facets.length === 0) return true;
  return event.facets.some(
    ({ category, severity }) =>
      (categories.length === 0 || categories.includes(category)) &&
      (severities.length === 0 || severities.includes(severity)),
  );
}
