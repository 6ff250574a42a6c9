import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import type { LiveEvent } from '../live/client.ts';
import type { IncidentFilter } from '../state/view.ts';
import { matchesFilter } from './filter.ts';

/** What a change of the store did. */
export interface PointsChange {
  /** New or newer versions. */
  upserted: readonly IncidentPoint[];
  /** Ids that are gone: a new snapshot no longer has them, or they went where this viewer may not look. */
  removed: readonly string[];
  /** Those of `upserted` that a live event reported as created: what is news to the viewer. */
  arrived: readonly IncidentPoint[];
}

/**
 * Every incident point this page knows, outside React.
 * Filled by a snapshot and kept by live events; an older version never replaces a newer one, so the order in which
 * snapshot and events come does not matter.
 */
export class IncidentPointStore {
  private readonly byId = new Map<string, IncidentPoint>();
  private readonly listeners = new Set<(change: PointsChange) => void>();

  /** By incident id. */
  get points(): ReadonlyMap<string, IncidentPoint> {
    return this.byId;
  }

  /** Takes a snapshot: what it lacks is removed, what it has in a newer version replaces ours. */
  load(points: readonly IncidentPoint[]): void {
    const seen = new Set<string>();
    const upserted: IncidentPoint[] = [];
    for (const point of points) {
      seen.add(point.id);
      if (this.put(point)) upserted.push(point);
    }
    const removed = [...this.byId.keys()].filter((id) => !seen.has(id));
    for (const id of removed) this.byId.delete(id);
    this.emit({ upserted, removed, arrived: [] });
  }

  /** Takes a live event. Events of other kinds and of versions known already change nothing. */
  apply(event: LiveEvent): void {
    if (event.kind === 'incident.withdrawn' && this.byId.delete(event.data.id)) {
      this.emit({ upserted: [], removed: [event.data.id], arrived: [] });
    }
    if (event.kind !== 'incident.created' && event.kind !== 'incident.changed') return;
    const point = event.data;
    const isNew = !this.byId.has(point.id);
    if (!this.put(point)) return;
    this.emit({ upserted: [point], removed: [], arrived: isNew && event.kind === 'incident.created' ? [point] : [] });
  }

  /** Calls back after every change. Returns how to stop. */
  onChange(listener: (change: PointsChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The points that pass the filter at `now` (Unix ms), earliest recorded first. */
  filtered(filter: IncidentFilter, now: number): IncidentPoint[] {
    const passing: IncidentPoint[] = [];
    for (const point of this.byId.values()) if (matchesFilter(filter, point, now)) passing.push(point);
    return passing.sort(byRecording);
  }

  private put(point: IncidentPoint): boolean {
    const known = this.byId.get(point.id);
    if (known && known.version >= point.version) return false;
    this.byId.set(point.id, point);
    return true;
  }

  private emit(change: PointsChange): void {
    if (change.upserted.length === 0 && change.removed.length === 0) return;
    for (const listener of this.listeners) listener(change);
  }
}

/** The order in which incidents were recorded; the same on every page. */
export function byRecording(a: IncidentPoint, b: IncidentPoint): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
