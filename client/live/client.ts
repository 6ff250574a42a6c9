import { type Cover, coverOf, sameCover } from '../../shared/live/cells.ts';
import type { EventMessage, PublishedTopic, UpMessage } from '../../shared/live/messages.ts';
import { browserEnvironment, type LiveEnvironment } from './environment.ts';
import { isDownMessage } from './read-message.ts';
import { type LiveStatus, Reconnector, type Withdrawal } from './reconnector.ts';
import { UnitStore } from './unit-store.ts';

/** An event, in the order of the server's log. */
export type LiveEvent = EventMessage extends infer Each
  ? Each extends EventMessage
    ? Omit<Each, 'type' | 'previous' | 'at'>
    : never
  : never;

/** West, south, east, north in degrees. */
export type Bounds = [number, number, number, number];

/** Where the events stand: not wanted yet, asked for, or flowing. */
type EventState =
  | { state: 'idle' }
  | { state: 'asked'; id: number; cursor: string }
  | { state: 'flowing'; cursor: string };

/** The page's end of the live stream: keeps one connection, resumes it without gap, fills the {@link UnitStore}. */
export class LiveClient {
  readonly units = new UnitStore();
  private readonly environment: LiveEnvironment;
  private readonly reconnector: Reconnector;
  private readonly eventListeners = new Set<(event: LiveEvent) => void>();
  private readonly resyncListeners = new Set<() => void>();
  private readonly withdrawalListeners = new Set<(why: Withdrawal) => void>();
  private readonly publishedListeners = new Set<(topic: PublishedTopic) => void>();
  private events: EventState = { state: 'idle' };
  private window: { id: number; bounds: Bounds; zoom: number; cover: Cover } | undefined;
  private ids = 0;

  constructor(environment: LiveEnvironment = browserEnvironment()) {
    this.environment = environment;
    this.reconnector = new Reconnector(environment, {
      welcome: () => this.introduce(),
      message: (data) => this.receive(data),
      withdrawn: (why) => {
        this.forget();
        for (const listener of this.withdrawalListeners) listener(why);
      },
    });
  }

  get status(): LiveStatus {
    return this.reconnector.status;
  }

  /** Calls back at every change of status. Returns the way to stop it. */
  subscribeStatus(callback: (status: LiveStatus) => void): () => void {
    return this.reconnector.subscribe(callback);
  }

  /** Calls back for every event, each once and in order. Returns the way to stop it. */
  onEvent(callback: (event: LiveEvent) => void): () => void {
    this.eventListeners.add(callback);
    return () => this.eventListeners.delete(callback);
  }

  /**
   * Calls back when events were missed that the server no longer has: reload incidents and units by REST and call
   * {@link startFrom} with the new cursor. Returns the way to stop it.
   */
  onResync(callback: () => void): () => void {
    this.resyncListeners.add(callback);
    return () => this.resyncListeners.delete(callback);
  }

  /**
   * Calls back when what was seen may be seen no longer; here it is forgotten already. After `permission`, reload by REST
   * and call {@link startFrom}; after `signed out`, {@link comeBack} once somebody is signed in again. Returns the way to
   * stop it.
   */
  onWithdrawn(callback: (why: Withdrawal) => void): () => void {
    this.withdrawalListeners.add(callback);
    return () => this.withdrawalListeners.delete(callback);
  }

  /** Calls back when an import changed the areas or the base map, so that their tiles are old. Returns the way to stop it. */
  onPublished(callback: (topic: PublishedTopic) => void): () => void {
    this.publishedListeners.add(callback);
    return () => this.publishedListeners.delete(callback);
  }

  /** The window of the map: units are sent for it alone. Cheap to call on every movement: only another set of cells is asked for. */
  setWindow(bounds: Bounds, zoom: number): void {
    const cover = coverOf(bounds, zoom);
    if (this.window && sameCover(this.window.cover, cover)) return;
    this.window = { id: ++this.ids, bounds, zoom, cover };
    this.askWindow();
  }

  /** Events after this cursor are wanted; events come only once it was called. Later calls replace the cursor. */
  startFrom(cursor: string): void {
    this.events = { state: 'asked', id: ++this.ids, cursor };
    this.send({ type: 'resume', id: this.events.id, cursor });
  }

  /** Connects at once, also after the server refused for good: something changed that lets the page in again. */
  comeBack(): void {
    this.reconnector.comeBack();
  }

  /** Forgets everything and stops trying: nobody is signed in any more. Until {@link comeBack}. */
  signOut(): void {
    this.reconnector.signOut();
    this.forget();
  }

  /** Ends the connection for good. */
  close(): void {
    this.reconnector.close();
  }

  /** Tells a server that just welcomed us what is wanted. */
  private introduce(): void {
    this.askWindow();
    if (this.events.state !== 'idle') this.startFrom(this.events.cursor);
  }

  private askWindow(): void {
    if (!this.window) return;
    const { id, bounds, zoom } = this.window;
    this.send({ type: 'window', id, bounds, zoom });
  }

  private send(message: UpMessage): void {
    this.reconnector.send(JSON.stringify(message));
  }

  /** Throws when it is not what the protocol allows here; the connection is then begun again. */
  private receive(data: string | ArrayBuffer): void {
    if (typeof data !== 'string') {
      this.units.takeFrame(data, this.environment.performanceNow());
      return;
    }
    const message: unknown = JSON.parse(data);
    if (!isDownMessage(message)) throw new Error('a message that the protocol does not know');
    const { events } = this;
    if (message.type === 'event') this.takeEvent(message);
    else if (message.type === 'window') {
      const [x0, y0, x1, y1] = message.cells;
      this.units.keepOnly({ show: message.show, level: message.level, x0, y0, x1, y1 });
    } else if (message.type === 'heartbeat') {
      if (message.cursor && events.state === 'flowing') this.events = { state: 'flowing', cursor: message.cursor };
    } else if (message.type === 'resumed') {
      if (events.state === 'asked' && message.id === events.id)
        this.events = { state: 'flowing', cursor: events.cursor };
    } else if (message.type === 'published') {
      for (const listener of this.publishedListeners) listener(message.topic);
    } else if (message.type === 'resync') {
      if (events.state !== 'asked' || message.id !== events.id) return;
      this.events = { state: 'idle' };
      for (const listener of this.resyncListeners) listener();
    }
  }

  /** Everything is read anew: what was seen until now may be what must no longer be. */
  private forget(): void {
    this.units.clear();
    this.events = { state: 'idle' };
  }

  private takeEvent(message: EventMessage): void {
    // What was on its way before the server read our last `resume` belongs to the cursor before.
    if (this.events.state !== 'flowing') return;
    if (message.previous !== this.events.cursor) throw new Error('an event is missing');
    this.events = { state: 'flowing', cursor: message.cursor };
    if (message.kind === 'unit.changed') this.units.setUnits([message.data]);
    for (const listener of this.eventListeners) listener(message);
  }
}
