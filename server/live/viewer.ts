import { type Cover, coverOf } from '../../shared/live/cells.ts';
import { CLOSE, type CloseCause } from '../../shared/live/close-codes.ts';
import type { DownMessage, EventFilter, PublishedTopic, UpMessage } from '../../shared/live/messages.ts';
import {
  HEARTBEAT_MS,
  MAX_BAD_MESSAGES,
  MAX_MESSAGES_PER_SECOND,
  MAX_PENDING_EVENT_BYTES,
  MAX_PENDING_MS,
  SUBPROTOCOL,
} from '../../shared/live/protocol.ts';
import type { EventFeed } from './event-feed.ts';
import { passes, type RingEvent, withdrawal } from './event-ring.ts';
import { readMessage } from './read-message.ts';
import type { Territory } from './territory.ts';
import type { UnitWorld } from './world.ts';

/** The viewer's end of the connection: a WebSocket of `ws`, or a stand-in in tests. */
export interface ViewerSocket {
  /** Bytes accepted for sending that the network has not taken yet. */
  readonly bufferedAmount: number;
  send(data: Uint8Array | string): void;
  ping(): void;
  /** Says why, and cuts the connection soon after if the other side does not answer. */
  close(code: number, reason: string): void;
}

/** Above this, positions are skipped: they would only wait. */
const ENOUGH_FOR_POSITIONS = 64 * 1024;
/** Above this, events wait in the ring, which is shared, and not in this viewer's socket. */
const ENOUGH_FOR_EVENTS = 256 * 1024;
/** Heartbeats without a pong until the connection is given up. */
const MAX_MISSED_PONGS = 3;

/** One viewer: what it looks at, which events it has, and whether it keeps up. */
export class Viewer {
  /** Whether positions were skipped, so that only a snapshot makes its window right again. */
  behind = false;

  private readonly socket: ViewerSocket;
  private readonly feed: EventFeed;
  private readonly world: UnitWorld;
  private readonly territory: Territory;
  private readonly now: () => number;
  /** The window it asked for last, until the tick that answers. */
  private asked: Extract<UpMessage, { type: 'window' }> | undefined;
  private filter: EventFilter = {};
  private closed = false;
  private badMessages = 0;
  private allowance = MAX_MESSAGES_PER_SECOND;
  private allowanceAt: number;
  private missedPongs = 0;
  /** Number of the last event looked at for it; −1 before it resumed. */
  private lookedAt = -1;
  /** The last cursor it was told. */
  private told = '';
  /** Number of the newest event when it resumed: what is older is its backlog, which counts for no limit of bytes. */
  private backlogEnd = 0;
  /** Bytes of its events that wait in the ring, of those up to number `weighedTo`. */
  private waiting = 0;
  private weighedTo = 0;
  private progressAt = 0;
  private resumes = 0;

  constructor(socket: ViewerSocket, feed: EventFeed, world: UnitWorld, territory: Territory, now: () => number) {
    this.socket = socket;
    this.feed = feed;
    this.world = world;
    this.territory = territory;
    this.now = now;
    this.allowanceAt = now();
    this.tell({ type: 'welcome', protocol: SUBPROTOCOL, now: now(), heartbeatMs: HEARTBEAT_MS });
  }

  /** Whether there is room for positions: its socket drains, and its pongs come. */
  get keepsUp(): boolean {
    return !this.closed && this.missedPongs < 2 && this.socket.bufferedAmount <= ENOUGH_FOR_POSITIONS;
  }

  /** Takes a message of the viewer; one that cannot be understood is answered with what is wrong. */
  async receive(data: Uint8Array | string, isBinary: boolean): Promise<void> {
    if (this.closed || !this.allow()) return;
    const message = isBinary ? 'a message must be text: JSON' : readMessage(data.toString());
    if (typeof message === 'string') {
      this.tell({ type: 'error', code: 'bad_message', message });
      if (++this.badMessages >= MAX_BAD_MESSAGES) this.close(CLOSE.badMessages);
    } else if (message.type === 'window') this.asked = message;
    else if (message.type === 'filter') this.filter = message;
    else await this.resume(message.id, message.cursor);
  }

  pong(): void {
    this.missedPongs = 0;
  }

  /**
   * Answers the window asked for since the last tick, if any, and returns the cells it covers. Called when
   * their positions are sent in the same breath.
   */
  takeWindow(): Cover | undefined {
    if (!this.asked) return undefined;
    const { id, bounds, zoom } = this.asked;
    this.asked = undefined;
    const cover = coverOf(bounds, zoom);
    const { show, level, x0, y0, x1, y1 } = cover;
    this.tell({ type: 'window', id, show, level, cells: [x0, y0, x1, y1] });
    return cover;
  }

  sendFrame(frame: Uint8Array): void {
    this.socket.send(frame);
  }

  /** Sends the events it has not had, as far as there is room, and closes it when too many wait for too long. */
  pump(): void {
    if (this.lookedAt < 0 || this.closed) return;
    const { ring } = this.feed;
    if (this.lookedAt < ring.tail) {
      this.close(CLOSE.slow);
      return;
    }
    const before = this.lookedAt;
    while (this.lookedAt < ring.head) {
      const event = ring.at(this.lookedAt + 1);
      const body = event && this.tellable(event);
      // What is not for this viewer is passed over even where there is no room: it never waits for others' events.
      if (event && body !== undefined) {
        if (this.socket.bufferedAmount >= ENOUGH_FOR_EVENTS) break;
        if (event.seq > this.backlogEnd && event.seq <= this.weighedTo) this.waiting -= event.bytes;
        const cursor = this.feed.cursors.write(event.seq, this.territory.key);
        this.socket.send(`{"type":"event","cursor":"${cursor}","previous":"${this.told}",${body}`);
        this.told = cursor;
      }
      this.lookedAt++;
    }
    if (this.lookedAt > before || this.lookedAt === ring.head) this.progressAt = this.now();
    if (this.weigh() > MAX_PENDING_EVENT_BYTES || this.now() - this.progressAt > MAX_PENDING_MS) this.close(CLOSE.slow);
  }

  /** Says that the server is there, and asks whether the viewer is. */
  heartbeat(): void {
    if (this.closed) return;
    if (this.missedPongs >= MAX_MISSED_PONGS) {
      this.close(CLOSE.silent);
      return;
    }
    this.missedPongs++;
    this.socket.ping();
    if (this.socket.bufferedAmount > ENOUGH_FOR_EVENTS) return;
    const { ring } = this.feed;
    const caughtUp = this.lookedAt >= 0 && this.lookedAt === ring.head;
    // Another text each time, whether or not anything happened: so it tells nothing of what is not this viewer's.
    if (caughtUp) this.told = this.feed.cursors.write(this.lookedAt, this.territory.key);
    this.tell({ type: 'heartbeat', now: this.now(), ...(caughtUp ? { cursor: this.told } : {}) });
  }

  /** Says that tiles changed. Who does not keep up hears nothing of it, and finds out at its next connection. */
  published(topic: PublishedTopic, version: number): void {
    if (!this.closed && this.keepsUp) this.tell({ type: 'published', topic, version });
  }

  close(cause: CloseCause): void {
    if (this.closed) return;
    this.closed = true;
    this.socket.close(cause.code, cause.reason);
  }

  private async resume(id: number, cursor: string): Promise<void> {
    const turn = ++this.resumes;
    this.lookedAt = -1;
    const seq = this.feed.cursors.read(cursor, this.territory.key);
    // A snapshot that was read a moment ago can be ahead of what this process has heard of.
    if (seq !== undefined && seq > this.feed.ring.head) await this.feed.refresh().catch(() => {});
    if (this.closed || turn !== this.resumes) return;
    const { ring } = this.feed;
    if (seq === undefined || seq > ring.head) return this.tell({ type: 'resync', id, reason: 'unknown_cursor' });
    if (seq < ring.tail) return this.tell({ type: 'resync', id, reason: 'too_old' });
    this.tell({ type: 'resumed', id, cursor });
    this.lookedAt = seq;
    this.told = cursor;
    this.backlogEnd = ring.head;
    this.waiting = 0;
    this.weighedTo = ring.head;
    this.progressAt = this.now();
    this.pump();
  }

  /** What it is told of an event, without the cursors; `undefined` for nothing. */
  private tellable(event: RingEvent): string | undefined {
    const verdict = this.territory.judge(event, this.world);
    if (verdict === 'hidden') return undefined;
    if (verdict === 'withdrawn') return withdrawal(event);
    return passes(event, this.filter) ? event.body : undefined;
  }

  /** Bytes of its events that wait, the backlog left out: those of others are not held against it. */
  private weigh(): number {
    const { ring } = this.feed;
    if (this.lookedAt >= this.weighedTo) this.waiting = 0;
    for (let seq = Math.max(this.weighedTo, this.lookedAt) + 1; seq <= ring.head; seq++) {
      const event = ring.at(seq);
      if (event && this.tellable(event) !== undefined) this.waiting += event.bytes;
    }
    this.weighedTo = ring.head;
    return this.waiting;
  }

  private allow(): boolean {
    const now = this.now();
    const earned = ((now - this.allowanceAt) / 1000) * MAX_MESSAGES_PER_SECOND;
    this.allowance = Math.min(MAX_MESSAGES_PER_SECOND, this.allowance + earned);
    this.allowanceAt = now;
    if (this.allowance >= 1) {
      this.allowance--;
      return true;
    }
    this.close(CLOSE.tooMany);
    return false;
  }

  private tell(message: DownMessage): void {
    this.socket.send(JSON.stringify(message));
  }
}
