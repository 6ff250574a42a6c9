import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import type { IncidentFilter } from '../state/view.ts';
import { matchesFilter } from './filter.ts';
import type { IncidentPointStore, PointsChange } from './point-store.ts';

/** A change of what passes the filter. */
export type FilteredChange =
  /** Another filter: everything begins anew. */
  | { kind: 'reset'; points: readonly IncidentPoint[] }
  | { kind: 'update'; upserted: readonly IncidentPoint[]; removed: readonly string[] };

/** Numbers for the interface; a new object at every change, so that React can compare by identity. */
export interface IncidentCounts {
  /** Incidents known to the page. */
  total: number;
  /** Those that pass the filter. */
  shown: number;
  /** Those shown that still wait for somebody to look at them. */
  waiting: number;
  /** Those shown that patrols found: they are left out of the heat. */
  patrol: number;
}

/**
 * The incidents that pass the filter, kept step by step: an event costs one comparison, not a pass over all.
 * Map, heat, counts and arrivals all hang on this one set.
 */
export class FilteredPoints {
  private readonly store: IncidentPointStore;
  private readonly now: () => number;
  private readonly passing = new Map<string, IncidentPoint>();
  private readonly listeners = new Set<(change: FilteredChange) => void>();
  private readonly arrivalListeners = new Set<(points: readonly IncidentPoint[]) => void>();
  private readonly countListeners = new Set<() => void>();
  private readonly stop: () => void;
  private filter: IncidentFilter;
  private numbers: IncidentCounts = { total: 0, shown: 0, waiting: 0, patrol: 0 };

  /** @param now Unix ms; the limit of age moves with it at every {@link tick} */
  constructor(store: IncidentPointStore, filter: IncidentFilter, now: () => number = Date.now) {
    this.store = store;
    this.filter = filter;
    this.now = now;
    this.stop = store.onChange((change) => this.follow(change));
    this.restart();
  }

  /** By incident id. */
  get points(): ReadonlyMap<string, IncidentPoint> {
    return this.passing;
  }

  counts(): IncidentCounts {
    return this.numbers;
  }

  /** Calls back when {@link counts} answers anew. Returns how to stop. */
  onCounts(listener: () => void): () => void {
    this.countListeners.add(listener);
    return () => this.countListeners.delete(listener);
  }

  setFilter(filter: IncidentFilter): void {
    if (filter === this.filter) return;
    this.filter = filter;
    this.restart();
  }

  /** Lets go of what has grown too old for the filter. To be called about once a minute. */
  tick(): void {
    if (this.filter.hours === undefined) return;
    const removed: string[] = [];
    const now = this.now();
    for (const point of this.passing.values()) if (!matchesFilter(this.filter, point, now)) removed.push(point.id);
    this.commit([], removed);
  }

  /** Calls back after every change of the set. Returns how to stop. */
  onChange(listener: (change: FilteredChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls back with newly created incidents that pass the filter, as they come. Returns how to stop. */
  onArrivals(listener: (points: readonly IncidentPoint[]) => void): () => void {
    this.arrivalListeners.add(listener);
    return () => this.arrivalListeners.delete(listener);
  }

  close(): void {
    this.stop();
    this.listeners.clear();
    this.arrivalListeners.clear();
    this.countListeners.clear();
  }

  private restart(): void {
    this.passing.clear();
    const points = this.store.filtered(this.filter, this.now());
    for (const point of points) this.passing.set(point.id, point);
    this.count(points.filter(isWaiting).length, points.filter(isPatrol).length);
    for (const listener of this.listeners) listener({ kind: 'reset', points });
  }

  private follow(change: PointsChange): void {
    const now = this.now();
    const upserted: IncidentPoint[] = [];
    const removed = change.removed.filter((id) => this.passing.has(id));
    for (const point of change.upserted) {
      if (matchesFilter(this.filter, point, now)) upserted.push(point);
      else if (this.passing.has(point.id)) removed.push(point.id);
    }
    this.commit(upserted, removed);
    const arrived = change.arrived.filter((point) => this.passing.has(point.id));
    if (arrived.length > 0) for (const listener of this.arrivalListeners) listener(arrived);
  }

  private commit(upserted: readonly IncidentPoint[], removed: readonly string[]): void {
    let { waiting, patrol } = this.numbers;
    const tally = (point: IncidentPoint | undefined, by: 1 | -1) => {
      if (isWaiting(point)) waiting += by;
      if (isPatrol(point)) patrol += by;
    };
    for (const id of removed) {
      tally(this.passing.get(id), -1);
      this.passing.delete(id);
    }
    for (const point of upserted) {
      tally(this.passing.get(point.id), -1);
      tally(point, 1);
      this.passing.set(point.id, point);
    }
    this.count(waiting, patrol);
    if (upserted.length === 0 && removed.length === 0) return;
    for (const listener of this.listeners) listener({ kind: 'update', upserted, removed });
  }

  private count(waiting: number, patrol: number): void {
    const next = { total: this.store.points.size, shown: this.passing.size, waiting, patrol };
    const before = this.numbers;
    const same = next.total === before.total && next.shown === before.shown;
    if (same && waiting === before.waiting && patrol === before.patrol) return;
    this.numbers = next;
    for (const listener of this.countListeners) listener();
  }
}

function isWaiting(point: IncidentPoint | undefined): boolean {
  return point?.status === 'new';
}

function isPatrol(point: IncidentPoint | undefined): boolean {
  return point?.source === 'patrol';
}
