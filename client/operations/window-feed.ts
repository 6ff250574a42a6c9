import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import type { FilteredPoints } from '../incidents/filtered-points.ts';
import type { Bounds } from '../live/client.ts';

const SETTLE_MS = 150;
/** So many changes at once are still cheaper one by one than sorting all. */
const FEW = 200;

/** What the list shows. A new object at every change, so that React can compare by identity. */
export interface FeedSnapshot {
  /** Incidents in the window that pass the filter, newest first. */
  items: readonly IncidentPoint[];
  /** Those that pass the filter but lie outside the window. */
  outside: number;
  /** Bumped when window or filter changed, not when incidents merely arrived: the list starts at its top again. */
  epoch: number;
}

/** The incidents of the map's window, newest first, kept outside React and told at most every 150 ms. */
export class WindowFeed {
  private readonly points: FilteredPoints;
  private readonly listeners = new Set<() => void>();
  private readonly stop: () => void;
  private bounds: Bounds | undefined;
  private snapshot: FeedSnapshot = { items: [], outside: 0, epoch: 0 };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private moved = false;
  /** Incidents to be taken in or out at the next telling, when nothing else has changed. */
  private readonly changed = new Set<string>();

  constructor(points: FilteredPoints) {
    this.points = points;
    this.stop = points.onChange((change) => {
      if (change.kind === 'reset') this.moved = true;
      else {
        for (const { id } of change.upserted) this.changed.add(id);
        for (const id of change.removed) this.changed.add(id);
      }
      this.later();
    });
  }

  /** West, south, east, north of the map's window. */
  setWindow(bounds: Bounds): void {
    if (this.bounds?.every((edge, i) => edge === bounds[i])) return;
    this.bounds = bounds;
    this.moved = true;
    this.later();
  }

  current = (): FeedSnapshot => this.snapshot;

  /** Calls back when {@link current} answers anew. Returns how to stop. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  close(): void {
    clearTimeout(this.timer);
    this.stop();
  }

  private later(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.compute();
    }, SETTLE_MS);
  }

  private compute(): void {
    const all = this.points.points;
    const items = this.moved || this.changed.size > FEW ? this.collect() : this.patch();
    this.snapshot = {
      items,
      outside: all.size - items.length,
      epoch: this.snapshot.epoch + (this.moved ? 1 : 0),
    };
    this.moved = false;
    this.changed.clear();
    for (const listener of this.listeners) listener();
  }

  private collect(): IncidentPoint[] {
    const items: IncidentPoint[] = [];
    for (const point of this.points.points.values()) if (this.isInside(point)) items.push(point);
    return items.sort(newestFirst);
  }

  /** The same without going through all of them: what changed is taken out, and put in where it belongs. */
  private patch(): IncidentPoint[] {
    const items = this.snapshot.items.filter(({ id }) => !this.changed.has(id));
    for (const id of this.changed) {
      const point = this.points.points.get(id);
      if (!point || !this.isInside(point)) continue;
      let [from, to] = [0, items.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        const other = items[middle];
        if (other && newestFirst(other, point) < 0) from = middle + 1;
        else to = middle;
      }
      items.splice(from, 0, point);
    }
    return items;
  }

  private isInside(point: IncidentPoint): boolean {
    return !this.bounds || contains(this.bounds, point);
  }
}

/** Newest occurrence first; the id decides between equals, so that the order never wavers. */
export function newestFirst(a: IncidentPoint, b: IncidentPoint): number {
  return b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}

function contains([west, south, east, north]: Bounds, { lon, lat }: IncidentPoint): boolean {
  return lat >= south && lat <= north && lon >= west && lon <= east;
}
