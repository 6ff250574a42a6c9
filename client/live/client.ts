import type { IncidentCategory, IncidentPoint, Severity } from '../../shared/schemas/incident.ts';
import type { Unit } from '../../shared/schemas/unit.ts';
import { UnitStore } from './unit-store.ts';

/** How the live stream is, for the interface to show. */
export interface LiveStatus {
  /** `stale`: connected, but nothing was heard for longer than a heartbeat takes. */
  state: 'connecting' | 'live' | 'reconnecting' | 'stale';
  /** Unix time of entering this state; for `stale` and `reconnecting`: when the server was last heard. Milliseconds. */
  since: number;
  /** Attempts made since the connection was lost; 0 while live. */
  attempt: number;
}

/** An event, in the order of the server's log. */
export type LiveEvent = { subject: string; cursor: string } & (
  | { kind: 'incident.created' | 'incident.changed'; data: IncidentPoint }
  | { kind: 'unit.changed'; data: Unit }
);

/** Which incidents' events are sent; absent or empty means all. */
export interface EventFilter {
  categories?: IncidentCategory[];
  severities?: Severity[];
}

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

/** The page's end of the live stream: keeps one connection, resumes it without gap, fills the {@link UnitStore}. */
export class LiveClient {
  readonly units = new UnitStore();
  status: LiveStatus = { state: 'connecting', since: Date.now(), attempt: 0 };
  private readonly statusListeners = new Set<(status: LiveStatus) => void>();
  private readonly eventListeners = new Set<(event: LiveEvent) => void>();
  private readonly resyncListeners = new Set<() => void>();

  /** Calls back at every change of status. Returns the way to stop it. */
  subscribeStatus(callback: (status: LiveStatus) => void): () => void {
    this.statusListeners.add(callback);
    return () => this.statusListeners.delete(callback);
  }

  /** Calls back for every event, each once and in order. Returns the way to stop it. */
  onEvent(callback: (event: LiveEvent) => void): () => void {
    this.eventListeners.add(callback);
    return () => this.eventListeners.delete(callback);
  }

  /**
   * Calls back when events were missed that the server no longer has: reload the snapshot by REST
   * and call {@link startFrom} with its cursor. Returns the way to stop it.
   */
  onResync(callback: () => void): () => void {
    this.resyncListeners.add(callback);
    return () => this.resyncListeners.delete(callback);
  }

  /** The window of the map: units are sent for it alone. Cheap to call on every movement. */
  setWindow(_bounds: Bounds, _zoom: number): void {}

  /** Limits the incidents whose events are sent. */
  setFilter(_filter: EventFilter): void {}

  /** Events after this cursor are wanted; events come only once it was called. Later calls replace the cursor. */
  startFrom(_cursor: string): void {}

  /** Ends the connection for good. */
  close(): void {}
}
