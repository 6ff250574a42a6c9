import type { StoredEvent } from '../../server/events.ts';
import { EventFeed } from '../../server/live/event-feed.ts';
import { Hub } from '../../server/live/hub.ts';
import { everywhere, type Territory } from '../../server/live/territory.ts';
import type { Viewer, ViewerSocket } from '../../server/live/viewer.ts';
import { UnitWorld } from '../../server/live/world.ts';

const JAKARTA: [number, number, number, number] = [106.7, -6.3, 106.95, -6.1];
/** Where units are unless told otherwise, degrees. */
export const [LON, LAT] = [106.8, -6.2];
export const ANYWHERE = everywhere();
export const NO_SCOPE = { scopeCodes: null, scopeBefore: null, placeBefore: null };

/** A viewer's end that keeps what it is sent. */
export class FakeSocket implements ViewerSocket {
  bufferedAmount = 0;
  frames: Uint8Array[] = [];
  messages: Record<string, unknown>[] = [];
  pings = 0;
  closedWith: number | undefined;
  /** Bytes wait instead of leaving. */
  stalled = false;

  send(data: Uint8Array | string): void {
    if (this.stalled) this.bufferedAmount += data.length;
    if (typeof data === 'string') this.messages.push(JSON.parse(data));
    else this.frames.push(data);
  }
  ping(): void {
    this.pings++;
  }
  close(code: number): void {
    this.closedWith ??= code;
  }
  take(type: string) {
    return this.messages.filter((message) => message.type === type);
  }
}

/** A hub whose clock, units and log of events are the test's. */
export class HubStage {
  now = 1_763_700_000_000;
  readonly world = new UnitWorld();
  readonly log: StoredEvent[];
  /** What the next readings of the log fail with. */
  readonly away: Error[];
  readonly feed: EventFeed;
  readonly hub: Hub;

  static async open(): Promise<HubStage> {
    const log: StoredEvent[] = [];
    const away: Error[] = [];
    const feed = await EventFeed.open({
      head: async () => ({ epoch: 'e', cursorKey: 'k', seq: log.length }),
      read: async (after, limit) => {
        if (away.length > 0) throw away.pop();
        return log.slice(after, after + limit);
      },
    });
    return new HubStage(log, feed, away);
  }

  private constructor(log: StoredEvent[], feed: EventFeed, away: Error[]) {
    this.log = log;
    this.away = away;
    this.feed = feed;
    this.hub = new Hub(this.world, feed, () => this.now);
    feed.onAppended(() => this.hub.pump());
  }

  join(territory: Territory = ANYWHERE): { socket: FakeSocket; viewer: Viewer } {
    const socket = new FakeSocket();
    return { socket, viewer: this.hub.join(socket, territory) };
  }

  /** The cursor behind an event, and which event a cursor is behind. */
  cursorOf(seq: number, territory = ANYWHERE): string {
    return this.feed.cursors.write(seq, territory.key);
  }
  numberOf(cursor: unknown, territory = ANYWHERE): number | undefined {
    return this.feed.cursors.read(String(cursor), territory.key);
  }

  async watch(bounds = JAKARTA, zoom = 12, territory = ANYWHERE) {
    const { socket, viewer } = this.join(territory);
    await viewer.receive(JSON.stringify({ type: 'window', id: 1, bounds, zoom }), false);
    return { socket, viewer };
  }

  place(unitId: number, at: { lon?: number; lat?: number; alarm?: string } = {}): void {
    const fix = { lon: LON, lat: LAT, speed: 1, heading: 0, status: 0, alarm: '', flags: 0 };
    this.world.place({ unitId, time: this.now, ...fix, ...at });
  }

  tick(): void {
    this.now += 200;
    this.hub.tick();
  }

  append(count: number, kind: StoredEvent['kind'] = 'unit.changed', data: unknown = {}): void {
    const events = Array.from({ length: count }, (_, index) => ({
      seq: this.log.length + 1 + index,
      at: this.now,
      kind,
      subject: 'subject',
      data,
      ...NO_SCOPE,
    }));
    this.log.push(...events);
    this.feed.offer(events);
  }
}
