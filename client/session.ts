import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { create } from 'zustand';
import type { IncidentPoint } from '../shared/schemas/incident.ts';
import type { Unit } from '../shared/schemas/unit.ts';
import { askWho, may, putOut } from './access/access.ts';
import { RequestError, request } from './api/request.ts';
import { ClusterFeed } from './incidents/cluster-feed.ts';
import { FilteredPoints } from './incidents/filtered-points.ts';
import { IncidentPointStore } from './incidents/point-store.ts';
import { type Bounds, LiveClient } from './live/client.ts';
import { browserEnvironment, silentEnvironment } from './live/environment.ts';
import type { MapController } from './map/map-controller.ts';
import { WindowFeed } from './operations/window-feed.ts';
import { useView } from './state/view.ts';

const RETRY_MS = 5_000;
/** Units that come in from elsewhere are asked for by their names at most this often. */
const NAMES_MS = 2_000;

interface SessionState {
  /** Of the snapshot of incidents, which list, clusters and timeline stand on. */
  incidents: 'loading' | 'ready' | 'failed';
  /** The snapshot was cut: there are older incidents than those. */
  truncated: boolean;
  /** The map, once it is mounted; `failed` where the browser cannot draw one. */
  map: MapController | undefined;
  mapFailed: boolean;
  /** The window of the map when it last rested: west, south, east, north, and its zoom. */
  window: { bounds: Bounds; zoom: number } | undefined;
  /** All that the server has areas for: west, south, east, north. */
  home: Bounds | undefined;
}

/** What the page is doing, for the interface; positions are never in here. */
export const useSession = create<SessionState>(() => ({
  incidents: 'loading',
  truncated: false,
  map: undefined,
  mapFailed: false,
  window: undefined,
  home: undefined,
}));

/** The page's one live connection and everything that hangs on it, outside React. */
export class Session {
  readonly live = new LiveClient(may('live.read') ? browserEnvironment() : silentEnvironment());
  readonly incidents = new IncidentPointStore();
  readonly filtered = new FilteredPoints(this.incidents, useView.getState().filter);
  readonly feed = new WindowFeed(this.filtered);
  readonly clusters = new ClusterFeed(
    this.filtered,
    new Worker(new URL('./workers/clusters.ts', import.meta.url), { type: 'module', name: 'clusters' }),
  );
  private readonly queries: QueryClient;
  private readonly stops: (() => void)[];
  /** Counts what was asked for: an answer to less than the last may hold what may be seen no longer. */
  private turn = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private naming: ReturnType<typeof setTimeout> | undefined;

  constructor(queries: QueryClient) {
    this.queries = queries;
    useSession.setState({ incidents: 'loading' });
    const minute = setInterval(() => this.filtered.tick(), 60_000);
    this.stops = [
      useView.subscribe((view) => this.filtered.setFilter(view.filter)),
      this.live.onEvent((event) => {
        if (event.kind === 'unit.changed' || event.kind === 'unit.withdrawn')
          this.queries.invalidateQueries({ queryKey: ['units'] });
        else if (event.kind === 'warning.raised' || event.kind === 'warning.changed')
          this.queries.invalidateQueries({ queryKey: ['warnings'] });
        else {
          this.incidents.apply(event);
          this.queries.invalidateQueries({ queryKey: ['incident', event.data.id] });
        }
      }),
      // A cut may mean that the session or a permission is gone: the stream alone does not say.
      this.live.subscribeStatus(({ state }) => {
        if (state === 'reconnecting' || state === 'stale') void askWho();
      }),
      this.live.onWithdrawn((why) => {
        if (why === 'signed out') putOut();
        else this.startOver();
      }),
      this.live.onResync(() => {
        this.queries.invalidateQueries();
        void this.load();
      }),
      this.live.units.onStrangers(() => this.nameStrangers()),
      () => clearInterval(minute),
    ];
  }

  /** Loads what the live stream continues from, and tries again until it has it. */
  load = async (): Promise<void> => {
    clearTimeout(this.retry);
    const turn = ++this.turn;
    try {
      const [{ points, cursor, truncated }, { units }] = await Promise.all([
        may('incident.read')
          ? request<{ points: IncidentPoint[]; cursor: string; truncated: boolean }>('/api/incidents/points')
          : { points: [], cursor: undefined, truncated: false },
        may('unit.read') ? request<{ units: Unit[] }>('/api/units') : { units: [] },
      ]);
      if (turn !== this.turn) return;
      this.incidents.load(points);
      this.live.units.setUnits(units);
      if (cursor) this.live.startFrom(cursor);
      useSession.setState({ incidents: 'ready', truncated });
    } catch (error) {
      if (turn !== this.turn) return;
      // Who is not let in is not let in five seconds later either; `resume` loads once that has changed.
      if (error instanceof RequestError && (error.status === 401 || error.status === 403)) return;
      if (useSession.getState().incidents !== 'ready') useSession.setState({ incidents: 'failed' });
      this.retry = setTimeout(() => void this.load(), RETRY_MS);
    }
  };

  /** Before the first snapshot everybody is a stranger, and it brings the names of all. */
  private nameStrangers(): void {
    if (this.naming !== undefined || useSession.getState().incidents !== 'ready') return;
    this.naming = setTimeout(async () => {
      this.naming = undefined;
      const { turn } = this;
      const answer = await request<{ units: Unit[] }>('/api/units').catch(() => undefined);
      if (turn !== this.turn) return;
      if (answer) this.live.units.setUnits(answer.units);
      this.queries.invalidateQueries({ queryKey: ['units'] });
    }, NAMES_MS);
  }

  /** After the page was let in again: connects at once, and reads what happened meanwhile. */
  async resume(): Promise<void> {
    this.live.comeBack();
    await this.load();
    await this.queries.invalidateQueries();
  }

  /** Nobody is signed in any more: nothing is asked for, and no position is kept, until {@link resume}. */
  leave(): void {
    this.stopAsking();
    this.live.signOut();
  }

  /** What may be seen has changed: what was seen until now goes at once, before it is known what comes instead. */
  private startOver(): void {
    this.incidents.load([]);
    useSession.setState({ incidents: 'loading' });
    void askWho();
    void this.queries.resetQueries();
    void this.load();
  }

  private stopAsking(): void {
    this.turn++;
    clearTimeout(this.retry);
    clearTimeout(this.naming);
    this.naming = undefined;
  }

  close(): void {
    this.stopAsking();
    for (const stop of this.stops) stop();
    this.feed.close();
    this.clusters.close();
    this.filtered.close();
    this.live.close();
  }
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** The page's session. Throws outside the app's frame. */
export function useRonda(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useRonda is used outside SessionContext.');
  return session;
}
