import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import { request } from '../api/request.ts';
import type { LiveClient } from '../live/client.ts';
import { useView } from '../state/view.ts';
import { ClusterFeed } from './cluster-feed.ts';
import { FilteredPoints } from './filtered-points.ts';
import { IncidentPointStore } from './point-store.ts';

const TICK_MS = 60_000;
const RETRY_MS = [1000, 2000, 5000, 10_000] as const;

/** Whether the incidents are there yet. `failed`: the last attempt failed and another follows by itself. */
export type IncidentsState = 'loading' | 'ready' | 'failed';

/**
 * The incidents of the page, outside React: loaded once, then kept by the live stream; filtered as the view says;
 * clustered by a worker. One object of it is made with the page and given to map and panels.
 */
export class Incidents {
  readonly store = new IncidentPointStore();
  readonly shown: FilteredPoints;
  readonly clusters: ClusterFeed;
  private readonly live: LiveClient;
  private readonly worker: Worker;
  private readonly stops: (() => void)[];
  private readonly aborted = new AbortController();
  private readonly stateListeners = new Set<() => void>();
  private current: IncidentsState = 'loading';
  private loading = false;

  constructor(live: LiveClient) {
    this.live = live;
    const { filter, selection } = useView.getState();
    this.shown = new FilteredPoints(this.store, filter);
    this.worker = new Worker(new URL('../workers/clusters.ts', import.meta.url), { type: 'module', name: 'clusters' });
    this.clusters = new ClusterFeed(this.shown, this.worker);
    this.clusters.setSelection(selection?.kind === 'incident' ? selection.id : undefined);
    const timer = setInterval(() => this.shown.tick(), TICK_MS);
    this.stops = [
      () => clearInterval(timer),
      live.onEvent((event) => this.store.apply(event)),
      live.onResync(() => void this.load()),
      useView.subscribe((view) => {
        this.shown.setFilter(view.filter);
        this.clusters.setSelection(view.selection?.kind === 'incident' ? view.selection.id : undefined);
      }),
    ];
    void this.load();
  }

  get state(): IncidentsState {
    return this.current;
  }

  /** Calls back when {@link state} changes. Returns how to stop. */
  onState(listener: () => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  close(): void {
    this.aborted.abort();
    for (const stop of this.stops) stop();
    this.clusters.close();
    this.shown.close();
    this.worker.terminate();
  }

  /** Takes a snapshot and lets live events go on from its cursor: what happens in between is in one of them or in both. */
  private async load(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    const { signal } = this.aborted;
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const { points, cursor } = await request<{ points: IncidentPoint[]; cursor: string }>('/api/incidents/points', {
          signal,
        });
        this.store.load(points);
        this.live.startFrom(cursor);
        this.setState('ready');
        break;
      } catch (error) {
        if (signal.aborted) break;
        console.warn('The incidents could not be loaded; trying again.', error);
        this.setState('failed');
        await pause(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)] ?? 0);
      }
    }
    this.loading = false;
  }

  private setState(state: IncidentsState): void {
    if (state === this.current) return;
    this.current = state;
    for (const listener of this.stateListeners) listener();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms * (0.75 + Math.random() / 2)));
}
