import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import type { Bounds } from '../live/client.ts';
import { connect, type Port, type Remote } from '../workers/call.ts';
import type { ClusterColumns } from '../workers/cluster-index.ts';
import type { ClusterApi } from '../workers/clusters.ts';
import { toColumns } from './columns.ts';
import type { FilteredChange, FilteredPoints } from './filtered-points.ts';
import { byRecording } from './point-store.ts';

/** Shortest time between two indexings for the sake of new incidents alone, milliseconds. */
const REINDEX_MS = 100;
/** Part of the window's width and height that is asked for beyond each of its edges. */
const MARGIN = 0.5;

/** What passes the filter, and its clusters. */
export interface IncidentSources {
  shown: FilteredPoints;
  clusters: ClusterFeed;
}

/** The clusters about the map's window. */
export interface ClusterView {
  columns: ClusterColumns;
  /** Identity of the cluster that holds the selected incident, where one does. */
  selected: number | undefined;
}

/**
 * The page's end of the cluster worker: hands it what passes the filter, and asks for the clusters of the map's window.
 * One question is under way at a time, and until it is answered the last answer stands.
 */
export class ClusterFeed {
  private readonly shown: FilteredPoints;
  private readonly worker: Remote<ClusterApi>;
  private readonly port: Port & { terminate?(): void };
  private readonly slots = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly listeners = new Set<(view: ClusterView) => void>();
  private readonly stop: () => void;
  private window: { bounds: Bounds; zoom: number } | undefined;
  private asked: { bounds: Bounds; level: number } | undefined;
  private selection: string | undefined;
  private stale = false;
  private asking = false;
  private closed = false;

  /** @param port the worker that serves {@link ClusterApi}; ended with this feed */
  constructor(shown: FilteredPoints, port: Port & { terminate?(): void }) {
    this.shown = shown;
    this.port = port;
    this.worker = connect<ClusterApi>(port);
    this.stop = shown.onChange((change) => this.send(change));
    this.send({ kind: 'reset', points: [...shown.points.values()].sort(byRecording) });
  }

  /** Calls back with every answer. Returns how to stop. */
  onClusters(listener: (view: ClusterView) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The map's window. Cheap to call on every movement. */
  setWindow(bounds: Bounds, zoom: number): void {
    this.window = { bounds, zoom };
    const { asked } = this;
    if (asked && asked.level === Math.floor(zoom) && holds(asked.bounds, bounds)) return;
    this.refresh();
  }

  /** The incident whose cluster is to be told. */
  setSelection(id: string | undefined): void {
    if (id === this.selection) return;
    this.selection = id;
    this.refresh();
  }

  /** The id of a slot's incident. */
  idOf(slot: number): string | undefined {
    return this.ids[slot];
  }

  /** The incidents of the cluster that this one belongs to at this zoom, newest first. */
  async members(slot: number, zoom: number): Promise<IncidentPoint[]> {
    const slots = await this.worker.members(slot, zoom);
    return Array.from(slots).flatMap((one) => this.shown.points.get(this.ids[one] ?? '') ?? []);
  }

  /** The points of the heat behind a URL, which is good until the next but one is asked for; see the worker. */
  heat(): ReturnType<Remote<ClusterApi>['heat']> {
    return this.worker.heat();
  }

  close(): void {
    this.closed = true;
    this.stop();
    this.listeners.clear();
    this.port.terminate?.();
  }

  private send(change: FilteredChange): void {
    if (change.kind === 'reset') {
      this.call(this.worker.reset(this.columns(change.points)));
    } else {
      const removed = Uint32Array.from(change.removed, (id) => this.slotOf(id));
      this.call(this.worker.update(this.columns([...change.upserted].sort(byRecording)), removed));
    }
    this.refresh();
  }

  private columns(points: readonly IncidentPoint[]) {
    return toColumns(points, (id) => this.slotOf(id));
  }

  /** The worker knows incidents by small integers, given in the order in which they came. */
  private slotOf(id: string): number {
    const known = this.slots.get(id);
    if (known !== undefined) return known;
    const slot = this.ids.push(id) - 1;
    this.slots.set(id, slot);
    return slot;
  }

  private refresh(): void {
    this.stale = true;
    if (!this.asking) this.call(this.ask());
  }

  private async ask(): Promise<void> {
    this.asking = true;
    try {
      while (this.stale && this.window && !this.closed) {
        this.stale = false;
        const bounds = widened(this.window.bounds);
        const { zoom } = this.window;
        const level = Math.floor(zoom);
        const moved = level !== this.asked?.level || !holds(this.asked.bounds, this.window.bounds);
        this.asked = { bounds, level };
        const selected = this.selection === undefined ? undefined : this.slots.get(this.selection);
        const view = await this.worker.clusters(bounds, zoom, selected);
        if (this.closed) return;
        for (const listener of this.listeners) listener(view);
        if (!moved) await new Promise((resolve) => setTimeout(resolve, REINDEX_MS));
      }
    } finally {
      this.asking = false;
    }
  }

  private call(promise: Promise<unknown>): void {
    promise.catch((error: unknown) => console.error('The cluster worker failed:', error));
  }
}

function widened([west, south, east, north]: Bounds): Bounds {
  const [x, y] = [(east - west) * MARGIN, (north - south) * MARGIN];
  return [west - x, Math.max(-90, south - y), east + x, Math.min(90, north + y)];
}

function holds(outer: Bounds, inner: Bounds): boolean {
  return outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];
}
