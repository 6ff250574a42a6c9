import { CLOSE } from '../../shared/live/close-codes.ts';
import type { PlanState } from '../../shared/schemas/plan.ts';
import type { Principal } from '../access/principal.ts';
import type { Principals } from '../access/principals.ts';
import { containsCode, scopeOf, wholeAreas } from '../access/scope.ts';
import { sessionStates } from '../access/watch.queries.ts';
import type { Db } from '../database/connection.ts';
import type { Planner } from './planner.ts';

/** Who was let in, and to what. */
export interface Watched {
  principal: Principal;
  planId: string;
  /** Areas of the plan; they never change. */
  areas: readonly string[];
}

interface Entry extends Watched {
  /** The permissions by which it was last seen that the plan may be; `undefined`: not yet. */
  permissions: string | undefined;
}

interface Options {
  db: Db;
  principals: Principals;
  now: () => number;
  stateOf: (planId: string) => PlanState | undefined;
}

/** Watches over those who look at plans: who has signed out, was disabled, has expired or may not see the plan any more is closed. */
export class PlannerWatch {
  readonly #options: Options;
  readonly #entries = new Map<Planner, Entry>();
  #checking: Promise<void> | undefined;
  /** Whether everybody is to be looked at once more, and how. */
  #again: 'changed' | 'all' | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  enter(planner: Planner, watched: Watched): void {
    this.#entries.set(planner, { ...watched, permissions: undefined });
    // Between the gate and here something may have changed, of which nobody was told.
    if (watched.principal.session) void this.check(false);
  }

  leave(planner: Planner): void {
    this.#entries.delete(planner);
  }

  closeAll(cause: { code: number; reason: string }): void {
    for (const planner of this.#entries.keys()) planner.close(cause);
  }

  /** Looks through everybody; a call while one is under way has it done once more. Never rejects. */
  check(all: boolean): Promise<void> {
    if (this.#checking) this.#again = all ? 'all' : (this.#again ?? 'changed');
    this.#checking ??= this.#look(all)
      .catch(() => {})
      .finally(() => {
        this.#checking = undefined;
        const again = this.#again;
        this.#again = undefined;
        if (again) void this.check(again === 'all');
      });
    return this.#checking;
  }

  async #look(all: boolean): Promise<void> {
    const { db, now } = this.#options;
    const time = now();
    const idHashes = new Set<string>();
    for (const [planner, { principal }] of this.#entries) {
      // Without the database, too.
      if (principal.session && principal.session.expiresAt <= time) planner.close(CLOSE.signedOut);
      else if (principal.session) idHashes.add(principal.session.idHash);
    }
    if (idHashes.size === 0) return;
    const states = await sessionStates(db, [...idHashes], time);
    for (const [planner, entry] of [...this.#entries]) {
      const { session } = entry.principal;
      if (!session || !idHashes.has(session.idHash)) continue;
      const state = states.get(session.idHash);
      if (!state) planner.close(CLOSE.signedOut);
      else if (all || entry.permissions !== state.permissions) await this.#renew(planner, entry, state.permissions);
    }
  }

  async #renew(planner: Planner, entry: Entry, permissions: string): Promise<void> {
    const principal = await this.#options.principals.renew(entry.principal);
    if (!principal) return planner.close(CLOSE.signedOut);
    if (!this.#maySee(principal, entry)) return planner.close(CLOSE.permission);
    entry.principal = principal;
    entry.permissions = permissions;
  }

  /** Whether the plan may be seen: as the queries of the routes have it. */
  #maySee(principal: Principal, { planId, areas }: Entry): boolean {
    const reaches = (permission: 'plan.read' | 'plan.write') => {
      const scope = scopeOf(principal, permission, this.#options.now());
      return scope !== undefined && areas.every((area) => containsCode(wholeAreas(scope), area));
    };
    return reaches('plan.read') && (this.#options.stateOf(planId) !== 'draft' || reaches('plan.write'));
  }
}
