import type { LiveEnvironment, SocketListener } from '../../client/live/environment.ts';
import type { Hub } from '../../server/live/hub.ts';
import { everywhere, type Territory } from '../../server/live/territory.ts';
import type { Viewer, ViewerSocket } from '../../server/live/viewer.ts';

/** A clock that stands still until it is told to go on, and the timers on it. */
export class ManualClock {
  now = 1_763_700_000_000;
  private readonly timers = new Set<{ at: number; callback: () => void }>();

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.now + ms, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Lets time pass, calling what falls due in its order. */
  advance(ms: number): void {
    const end = this.now + ms;
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers.delete(due);
      this.now = due.at;
      due.callback();
    }
    this.now = end;
  }
}

/** One connection of a {@link LiveLink}: bytes wait in it until they are delivered. */
class Wire implements ViewerSocket {
  viewer: Viewer | undefined;
  bufferedAmount = 0;
  closed = false;
  private readonly hub: Hub;
  private readonly listener: SocketListener;
  private waiting: (string | Uint8Array)[] = [];

  constructor(hub: Hub, listener: SocketListener) {
    this.hub = hub;
    this.listener = listener;
  }

  send(data: Uint8Array | string): void {
    if (this.closed) return;
    this.waiting.push(data);
    this.bufferedAmount += data.length;
  }

  ping(): void {
    if (!this.closed) this.waiting.push('ping');
  }

  close(code: number): void {
    this.end(code);
  }

  /** What the server sent arrives. */
  deliver(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const data of waiting) {
      if (this.closed) return;
      if (data === 'ping') this.viewer?.pong();
      else {
        this.bufferedAmount -= data.length;
        this.listener.message(typeof data === 'string' ? data : new Uint8Array(data).buffer);
      }
    }
  }

  end(code: number): void {
    if (this.closed) return;
    this.closed = true;
    if (this.viewer) this.hub.leave(this.viewer);
    this.listener.closed(code);
  }
}

/** Connects a LiveClient to a Hub without a network, under the test's control. */
export class LiveLink implements LiveEnvironment {
  /** The server, or nothing while it is down. */
  hub: Hub | undefined;
  readonly clock: ManualClock;
  wire: Wire | undefined;
  attempts = 0;
  /** Where the client may look. */
  territory: Territory = everywhere();
  private wakers = new Set<() => void>();

  constructor(clock: ManualClock, hub: Hub | undefined) {
    this.clock = clock;
    this.hub = hub;
  }

  connect(listener: SocketListener) {
    this.attempts++;
    const { hub } = this;
    if (!hub) {
      this.clock.after(1, () => listener.closed(1006));
      return { send: () => {}, close: () => {} };
    }
    const wire = new Wire(hub, listener);
    this.wire = wire;
    this.clock.after(1, () => {
      if (wire.closed) return;
      wire.viewer = hub.join(wire, this.territory);
      listener.opened();
    });
    return {
      send: (text: string) => {
        wire.viewer?.receive(text, false);
      },
      close: () => wire.end(1000),
    };
  }

  now(): number {
    return this.clock.now;
  }

  performanceNow(): number {
    return this.clock.now;
  }

  random(): number {
    return 0.5;
  }

  after(ms: number, callback: () => void): () => void {
    return this.clock.after(ms, callback);
  }

  onWake(callback: () => void): () => void {
    this.wakers.add(callback);
    return () => this.wakers.delete(callback);
  }

  wake(): void {
    for (const waker of this.wakers) waker();
  }

  /** Everything that is under way arrives. */
  deliver(): void {
    this.wire?.deliver();
  }

  /** The connection breaks; what is under way is lost. */
  cut(): void {
    this.wire?.end(1006);
  }
}
