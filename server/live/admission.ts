import { CLOSE } from '../../shared/live/close-codes.ts';
import { touchSession } from '../access/principal.queries.ts';
import type { Principal } from '../access/principal.ts';
import type { Principals } from '../access/principals.ts';
import { type Scope, scopeOf } from '../access/scope.ts';
import { sessionStates } from '../access/watch.queries.ts';
import type { Db } from '../database/connection.ts';
import type { Territories } from './territories.ts';
import type { Territory } from './territory.ts';
import type { Viewer } from './viewer.ts';

/** Who looks, by which permission, and since when it has been known to be so. */
export interface Guest {
  principal: Principal;
  readonly scope: Scope;
  readonly territory: Territory;
  /** Of {@link Territories} when the territory was asked for. */
  readonly round: number;
}

interface Admitted extends Guest {
  /** The permissions its scope was made of, once they were asked for. */
  permissions: string | undefined;
  /** When the viewer last did something itself. */
  activeAt: number;
}

/** How often the last use of a session is written down. */
const TOUCH_MS = 60_000;

/**
 * Watches over those who were let in: who has signed out, was disabled or has expired is closed, and so is who may now
 * see something else than when he came, to come back for that.
 */
export class Admission {
  private readonly db: Db;
  private readonly principals: Principals;
  private readonly territories: Territories;
  private readonly now: () => number;
  private readonly guests = new Map<Viewer, Admitted>();
  private checking: Promise<void> | undefined;
  private again = false;

  constructor(options: { db: Db; principals: Principals; territories: Territories; now: () => number }) {
    this.db = options.db;
    this.principals = options.principals;
    this.territories = options.territories;
    this.now = options.now;
  }

  /** Finds out where somebody may look who passed the gate. */
  async prepare(principal: Principal, scope: Scope): Promise<Guest> {
    const round = this.territories.rounds;
    return { principal, scope, territory: await this.territories.of(scope), round };
  }

  enter(viewer: Viewer, guest: Guest): void {
    this.guests.set(viewer, { ...guest, permissions: undefined, activeAt: 0 });
    // Between the gate and here something may have changed, of which this viewer was not told.
    if (guest.principal.session) void this.check();
    if (!guest.territory.everything && this.territories.rounds !== guest.round) void this.checkTerritories();
  }

  leave(viewer: Viewer): void {
    this.guests.delete(viewer);
  }

  /** The viewer moved its map or asked for something: its session is in use. */
  noteActivity(viewer: Viewer): void {
    const guest = this.guests.get(viewer);
    if (guest) guest.activeAt = this.now();
  }

  /** Looks through everybody. A call while one is under way has it done once more. Never rejects. */
  check(): Promise<void> {
    this.again = this.checking !== undefined;
    this.checking ??= this.look()
      .catch(() => {})
      .finally(() => {
        this.checking = undefined;
        if (this.again) void this.check();
      });
    return this.checking;
  }

  /** Reads again where jurisdictions reach, then looks through everybody. */
  async checkTerritories(): Promise<void> {
    await this.territories
      .refresh(new Set([...this.guests.values()].map(({ territory }) => territory)))
      .catch(() => {});
    await this.check();
  }

  private async look(): Promise<void> {
    const now = this.now();
    const idHashes = new Set<string>();
    for (const [viewer, { principal, territory }] of this.guests) {
      // Without the database, too.
      if (principal.session && principal.session.expiresAt <= now) viewer.close(CLOSE.signedOut);
      else if (this.territories.isOutdated(territory)) viewer.close(CLOSE.permission);
      else if (principal.session) idHashes.add(principal.session.idHash);
    }
    if (idHashes.size === 0) return;
    const states = await sessionStates(this.db, [...idHashes], now);
    const touched = new Set<string>();
    for (const [viewer, guest] of this.guests) {
      const { session } = guest.principal;
      if (!session || !idHashes.has(session.idHash)) continue;
      const state = states.get(session.idHash);
      if (!state) viewer.close(CLOSE.signedOut);
      else {
        if (guest.permissions !== state.permissions) await this.renew(viewer, guest, state.permissions);
        if (guest.activeAt > state.lastSeenAt + TOUCH_MS) touched.add(session.idHash);
      }
    }
    for (const idHash of touched) await touchSession(this.db, idHash, now);
  }

  private async renew(viewer: Viewer, guest: Admitted, permissions: string): Promise<void> {
    const principal = await this.principals.renew(guest.principal);
    if (!principal) return viewer.close(CLOSE.signedOut);
    if (scopeOf(principal, 'live.read', this.now())?.key !== guest.scope.key) return viewer.close(CLOSE.permission);
    guest.principal = principal;
    guest.permissions = permissions;
  }
}
