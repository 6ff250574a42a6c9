import { createHash, timingSafeEqual } from 'node:crypto';
import type { Db } from '../database/connection.ts';
import { findPrincipal, touchSession } from './principal.queries.ts';
import { grantsFor, type Principal, TOKEN_PRINCIPAL } from './principal.ts';
import { newSecret } from './secrets.ts';

/** How long what another process revoked may still be remembered here. */
const REMEMBERED_MS = 4_000;
/** How often the last use of a session is written down. */
const TOUCH_MS = 60_000;
/** Sessions remembered at most. */
const MOST = 10_000;

interface Remembered {
  principal: Principal | undefined;
  until: number;
}

/** Tells who holds a session or a token, and remembers it for a few seconds. */
export class Principals {
  readonly #db: Db;
  readonly #adminToken: Buffer | undefined;
  readonly #now: () => number;
  #remembered = new Map<string, Remembered>();
  readonly #touched = new Map<string, number>();
  readonly #loans = new Map<string, { principal: Principal; until: number }>();

  constructor(db: Db, adminToken: string | undefined, now: () => number) {
    this.#db = db;
    this.#adminToken = adminToken === undefined ? undefined : digest(adminToken);
    this.#now = now;
  }

  /** Forgets who was who: a session, a grant, an account or a jurisdiction changed. */
  forget(): void {
    this.#remembered = new Map();
  }

  /** Whose bearer token this is; compared in a time that does not depend on it. */
  ofToken(token: string): Principal | undefined {
    return this.#adminToken && timingSafeEqual(this.#adminToken, digest(token)) ? TOKEN_PRINCIPAL : undefined;
  }

  /** Who holds the session with this id, which stands in the cookie; counts as a use of it. */
  async ofSession(id: string): Promise<Principal | undefined> {
    const idHash = hashOf(id);
    const now = this.#now();
    const known = this.#remembered.get(idHash);
    if (known && known.until > now) return known.principal;
    const remembered = this.#remembered;
    const found = await findPrincipal(this.#db, idHash, now);
    if (found && Math.max(found.lastSeenAt, this.#touched.get(idHash) ?? 0) <= now - TOUCH_MS) {
      this.#touched.set(idHash, now);
      // Its use is worth less than the request: a database that is busy or gone says so by the request's own question.
      touchSession(this.#db, idHash, now).catch(() => {});
    }
    if (remembered.size >= MOST) remembered.clear();
    if (this.#touched.size >= MOST) this.#touched.clear();
    const { expiresAt = Number.POSITIVE_INFINITY } = found?.principal.session ?? {};
    remembered.set(idHash, { principal: found?.principal, until: Math.min(now + REMEMBERED_MS, expiresAt) });
    return found?.principal;
  }

  /**
   * Lets a browser that the server itself runs read as this principal for a printing, `ms` at most. Gives the id that the
   * browser is to send, which exists nowhere else, and what ends it.
   */
  lend(principal: Principal, ms: number): { id: string; end: () => void } {
    const id = newSecret(256);
    const key = hashOf(id);
    this.#loans.set(key, { principal, until: this.#now() + ms });
    return { id, end: () => void this.#loans.delete(key) };
  }

  /**
   * Whom a printing reads as, as long as it lasts and he may be here himself: with those of his grants by which he may take
   * files away. Asks the database each time.
   */
  async ofLoan(id: string): Promise<Principal | undefined> {
    const now = this.#now();
    const loan = this.#loans.get(hashOf(id));
    const principal = loan && loan.until > now ? await this.renew(loan.principal) : undefined;
    return principal && { ...principal, grants: grantsFor(principal, 'export', now) };
  }

  /** The same principal as it is now, or `undefined` when it may not be here any more. Asks the database. */
  async renew(principal: Principal): Promise<Principal | undefined> {
    if (!principal.session) return principal;
    return (await findPrincipal(this.#db, principal.session.idHash, this.#now()))?.principal;
  }
}

/** What stands in the database for a session's or a token's id. */
export function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
