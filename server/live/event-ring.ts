import { Value } from 'typebox/value';
import type { EventFilter } from '../../shared/live/messages.ts';
import { MAX_RESUME_EVENTS, MAX_RESUME_MS } from '../../shared/live/protocol.ts';
import { IncidentPoint } from '../../shared/schemas/incident.ts';
import type { StoredEvent } from '../events.ts';

/** What a filter looks at. */
type Facet = Pick<IncidentPoint, 'category' | 'severity'>;

/** An event as the ring keeps it. */
export interface RingEvent {
  seq: number;
  at: number;
  /** Everything of the message but its cursors. */
  body: string;
  /** Bytes of all bodies up to and including this one, since the ring began. */
  total: number;
  subject: string;
  /** What a filter has to match, any of them: the incident after the event, and before it. Empty: sent to everyone. */
  facets: Facet[];
}

/**
 * The newest events, in the order of the log and without a gap: who was sent one of them can be sent what follows.
 * Bounded by number and age.
 */
export class EventRing {
  readonly epoch: string;
  private events: RingEvent[] = [];
  /** Where the oldest event is within `events`; what is before it has been dropped. */
  private start = 0;
  private newest: number;
  private total = 0;
  private readonly known = new Map<string, { facet: Facet; seq: number }>();

  /** An empty ring behind event number `seq`. */
  constructor(epoch: string, seq: number) {
    this.epoch = epoch;
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
    const facets = this.facetsOf(event);
    const body = JSON.stringify({ at: event.at, kind: event.kind, subject: event.subject, data: event.data }).slice(1);
    this.total += Buffer.byteLength(body);
    this.newest = event.seq;
    this.events.push({ seq: event.seq, at: event.at, subject: event.subject, body, total: this.total, facets });
    this.trim(event.at);
  }

  /** The event of this number, or `undefined` when it is not kept. */
  at(seq: number): RingEvent | undefined {
    const index = this.events.length - 1 - (this.newest - seq);
    return index < this.start ? undefined : this.events[index];
  }

  /** Bytes of the events after number `seq`. */
  bytesAfter(seq: number): number {
    return this.total - (this.at(seq)?.total ?? 0);
  }

  cursor(seq: number): string {
    return `${this.epoch}-${seq}`;
  }

  /** The number that a cursor stands for, or `undefined` when it is not one of this log. */
  parse(cursor: string): number | undefined {
    const [, epoch, digits] = /^(.+)-(\d{1,15})$/.exec(cursor) ?? [];
    return epoch === this.epoch && digits !== undefined ? Number(digits) : undefined;
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

/** Whether a filter lets an event through. */
export function passes(event: RingEvent, { categories = [], severities = [] }: EventFilter): boolean {
  if (event.facets.length === 0) return true;
  return event.facets.some(
    ({ category, severity }) =>
      (categories.length === 0 || categories.includes(category)) &&
      (severities.length === 0 || severities.includes(severity)),
  );
}
