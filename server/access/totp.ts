import { Secret, TOTP } from 'otpauth';

/** Codes of the step before and after count as well: clocks of phones differ. */
const WINDOW = 1;
const PERIOD_S = 30;
/** How long a new secret waits for its confirmation. */
const PENDING_MS = 10 * 60_000;

/**
 * Codes of authenticator apps: six digits, SHA-1, 30 s, as every app knows them. Remembers which codes were used, so
 * that one that was looked at over a shoulder is worth nothing, and the secrets that are not confirmed yet.
 */
export class Totp {
  readonly #now: () => number;
  /** The newest step of which each account used a code. */
  readonly #used = new Map<number, number>();
  readonly #pending = new Map<number, { secret: string; until: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A new secret for an account, in base32, and the address that apps read from a QR code. */
  begin(accountId: number, username: string): { secret: string; uri: string } {
    const secret = new Secret({ size: 20 }).base32;
    this.#pending.set(accountId, { secret, until: this.#now() + PENDING_MS });
    return { secret, uri: generator(secret, username).toString() };
  }

  /** The secret that {@link begin} gave, when the code was made with it; else `undefined`. */
  confirm(accountId: number, code: string): string | undefined {
    const pending = this.#pending.get(accountId);
    if (!pending || pending.until <= this.#now() || !this.check(accountId, pending.secret, code)) return undefined;
    this.#pending.delete(accountId);
    return pending.secret;
  }

  /** Whether it is a code of this moment that this account has not used yet; uses it up. */
  check(accountId: number, secret: string, code: string): boolean {
    const timestamp = this.#now();
    const delta = generator(secret).validate({ token: code.replaceAll(' ', ''), timestamp, window: WINDOW });
    if (delta === null) return false;
    const step = Math.floor(timestamp / 1000 / PERIOD_S) + delta;
    if (step <= (this.#used.get(accountId) ?? 0)) return false;
    this.#used.set(accountId, step);
    return true;
  }
}

function generator(secret: string, label = 'Ronda'): TOTP {
  return new TOTP({
    issuer: 'Ronda',
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
  });
}
