import { MAX_RESUME_EVENTS } from '../../shared/live/protocol.ts';
import { Cursors } from '../database/cursors.ts';
import type { StoredEvent } from '../events.ts';
import { EventRing } from './event-ring.ts';

/** Where stored events are read from. */
export interface EventSource {
  head(): Promise<{ epoch: string; cursorKey: string; seq: number }>;
  /** The events after number `after`, oldest first, at most `limit`. */
  read(after: number, limit: number): Promise<StoredEvent[]>;
}

const PAGE = 2_000;

/**
 * Fills the ring from the log: at the start, from the bus as this process appends, and by asking the log itself, which
 * finds what another process appended and what the bus told of out of order.
 */
export class EventFeed {
  /** Reads and writes the cursors of this log. */
  readonly cursors: Cursors;
  private readonly source: EventSource;
  private readonly listeners: ((events: readonly StoredEvent[]) => void)[] = [];
  private current: EventRing;
  private refreshing: Promise<void> | undefined;
  /** Something of what the ring keeps was changed in the log. */
  private outdated = false;

  private constructor(source: EventSource, cursors: Cursors, ring: EventRing) {
    this.source = source;
    this.cursors = cursors;
    this.current = ring;
  }

  /** Loads the newest events. */
  static async open(source: EventSource): Promise<EventFeed> {
    const head = await source.head();
    const feed = new EventFeed(source, new Cursors(head), new EventRing(Math.max(0, head.seq - MAX_RESUME_EVENTS)));
    await feed.refresh();
    return feed;
  }

  /** Calls back with events after they came into the ring. */
  onAppended(listener: (events: readonly StoredEvent[]) => void): void {
    this.listeners.push(listener);
  }

  get ring(): EventRing {
    return this.current;
  }

  /** Takes events that the bus told of. */
  offer(events: readonly StoredEvent[]): void {
    const added: StoredEvent[] = [];
    for (const event of events) {
      if (event.seq !== this.current.head + 1) continue;
      this.current.append(event);
      added.push(event);
    }
    this.announce(added);
    if ((events.at(-1)?.seq ?? 0) > this.current.head) this.refresh().catch(() => {});
  }

  /** Reads what the log has beyond the ring. One reading at a time; a second call waits for the one under way. */
  refresh(): Promise<void> {
    this.refreshing ??= this.readOn().finally(() => {
      this.refreshing = undefined;
    });
    return this.refreshing;
  }

  /** Reads anew what the ring keeps: texts were removed from the log. What cannot be read now is read at the next refresh. */
  reread(): void {
    this.outdated = true;
    this.refresh().catch(() => {});
  }

  private async readAgain(): Promise<void> {
    const { tail, head } = this.current;
    let after = tail;
    while (after < head) {
      const events = await this.source.read(after, PAGE);
      for (const event of events) this.current.rewrite(event);
      after = events.at(-1)?.seq ?? head;
    }
  }

  private async readOn(): Promise<void> {
    if (this.outdated) {
      this.outdated = false;
      await this.readAgain().catch((error) => {
        this.outdated = true;
        throw error;
      });
    }
    for (;;) {
      const events = await this.source.read(this.current.head, PAGE);
      const added: StoredEvent[] = [];
      for (const event of events) {
        // The bus may have been faster; and a log that was purged begins later than asked for.
        if (event.seq <= this.current.head) continue;
        if (event.seq > this.current.head + 1) this.current = new EventRing(event.seq - 1);
        this.current.append(event);
        added.push(event);
      }
      this.announce(added);
      if (events.length < PAGE) return;
    }
  }

  private announce(added: readonly StoredEvent[]): void {
    if (added.length === 0) return;
    for (const listener of this.listeners) listener(added);
  }
}
