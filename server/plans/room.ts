import { CLOSE } from '../../shared/live/close-codes.ts';
import { MAX_PENDING_MS } from '../../shared/live/protocol.ts';
import { HEARTBEAT_MS, PLAN_GONE, PLAN_SUBPROTOCOL } from '../../shared/plans/live.ts';
import { type DonePlanEdit, PLAN_STATES, type PlanState } from '../../shared/schemas/plan.ts';
import type { PlanHead } from './live.queries.ts';
import type { Place, Planner } from './planner.ts';

/** Pages of edits that are kept for those who come to them next. */
const PAGES = 4;

interface Page {
  text: string;
  /** Revision of its last edit. */
  last: number;
}

/** Reads the edits that come after a revision: some, none where there are none. */
export type ReadEdits = (after: number) => Promise<DonePlanEdit[]>;

/** Those who look at one plan: each is sent every edit, once and in order, and where the others are. */
export class Room {
  readonly #planners = new Set<Planner>();
  readonly #read: ReadEdits;
  readonly #now: () => number;
  readonly #pages = new Map<number, Promise<Page | undefined>>();
  /** Since when each of those who are behind has had no room. */
  readonly #stuckSince = new Map<Planner, number>();
  readonly #pumping = new Set<Planner>();
  #revision: number;
  #state: PlanState;

  constructor({ revision, state }: Pick<PlanHead, 'revision' | 'state'>, read: ReadEdits, now: () => number) {
    this.#revision = revision;
    this.#state = state;
    this.#read = read;
    this.#now = now;
  }

  get isEmpty(): boolean {
    return this.#planners.size === 0;
  }
  get size(): number {
    return this.#planners.size;
  }
  get state(): PlanState {
    return this.#state;
  }

  enter(planner: Planner): void {
    this.#planners.add(planner);
    planner.tell({
      type: 'welcome',
      protocol: PLAN_SUBPROTOCOL,
      who: planner.who,
      revision: this.#revision,
      state: this.#state,
      heartbeatMs: HEARTBEAT_MS,
    });
    if (this.#state !== 'draft') return;
    for (const other of this.#planners)
      if (other !== planner && other.cursor) planner.tellCursor(textOf(other, other.cursor));
  }

  leave(planner: Planner): void {
    if (!this.#planners.delete(planner)) return;
    this.#stuckSince.delete(planner);
    if (!planner.cursor) return;
    for (const other of this.#planners) other.tell({ type: 'gone', who: planner.who });
  }

  /** Takes where the plan stands now, or that it is gone, and sends on what is new. */
  take(head: PlanHead | undefined): void {
    if (!head) {
      for (const planner of this.#planners) planner.close(PLAN_GONE);
      return;
    }
    if (head.revision > this.#revision) {
      this.#revision = head.revision;
      // The last page may have grown.
      this.#pages.clear();
    }
    // A state only goes on: what is behind is an older answer that came later.
    if (PLAN_STATES.indexOf(head.state) > PLAN_STATES.indexOf(this.#state)) {
      this.#state = head.state;
      for (const planner of this.#planners) planner.tell({ type: 'state', state: head.state });
    }
    for (const planner of this.#planners) void this.#pump(planner);
  }

  /** Somebody says which revision he has. */
  hello(planner: Planner, revision: number): void {
    planner.has = revision;
    void this.#pump(planner);
  }

  /** Tells the others where those are who moved since the last time. */
  tick(): void {
    for (const planner of this.#planners) {
      if (!planner.moved || !planner.cursor) continue;
      planner.moved = false;
      if (this.#state !== 'draft') continue;
      const text = textOf(planner, planner.cursor);
      for (const other of this.#planners) if (other !== planner) other.tellCursor(text);
    }
  }

  heartbeat(): void {
    for (const planner of this.#planners) planner.heartbeat();
  }

  /** Sends a planner what it has not had, as far as there is room; closes it where there has been none for too long. */
  async #pump(planner: Planner): Promise<void> {
    if (this.#pumping.has(planner)) return;
    this.#pumping.add(planner);
    try {
      while (!planner.closed && planner.has !== undefined && planner.has < this.#revision) {
        if (!planner.hasRoomForEdits) return this.#wait(planner);
        this.#stuckSince.delete(planner);
        const { has } = planner;
        const page = await this.#page(has);
        if (!page) return;
        // It may have said meanwhile that it is elsewhere.
        if (planner.has !== has) continue;
        planner.has = page.last;
        planner.send(page.text);
      }
    } catch {
      // A database that is away for a moment is asked again the next second.
    } finally {
      this.#pumping.delete(planner);
    }
  }

  #wait(planner: Planner): void {
    const since = this.#stuckSince.get(planner) ?? this.#now();
    this.#stuckSince.set(planner, since);
    if (this.#now() - since > MAX_PENDING_MS) planner.close(CLOSE.slow);
  }

  /** The edits after a revision as a message, read once for all who are as far. */
  #page(after: number): Promise<Page | undefined> {
    const known = this.#pages.get(after);
    if (known) return known;
    const page = this.#read(after).then((edits) => {
      const last = edits.at(-1)?.revision;
      return last === undefined ? undefined : { text: JSON.stringify({ type: 'edits', edits }), last };
    });
    const [oldest] = this.#pages.keys();
    if (oldest !== undefined && this.#pages.size >= PAGES) this.#pages.delete(oldest);
    this.#pages.set(after, page);
    // What failed is read again.
    page.catch(() => this.#pages.delete(after));
    return page;
  }
}

function textOf({ who, actor }: Planner, place: Place): string {
  return JSON.stringify({ type: 'cursor', who, actor, ...place });
}
