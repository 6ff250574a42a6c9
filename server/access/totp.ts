import { Secret, TOTP } from 'otpauth';
import type { Db } from '../database/connection.ts';
import { spendTotpStep } from './accounts.queries.ts';

/** Codes of the step before and after count as well: clocks of phones differ. */
const WINDOW = 1;
const PERIOD_S = 30;
/** How long a new secret waits for its confirmation. */
const PENDING_MS = 10 * 60_000;

/**
 * Codes of authenticator apps: six digits, SHA-1, 30 s, as every app knows them. Remembers the secrets that are not
 * confirmed yet.
 */
export class Totp {
  readonly #now: () => number;
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

  /** The secret that {@link begin} gave and the step of the code, when it was made with it; else `undefined`. */
  confirm(accountId: number, code: string): { secret: string; step: number } | undefined {
    const pending = this.#pending.get(accountId);
    if (!pending || pending.until <= this.#now()) return undefined;
    const step = this.stepOf(pending.secret, code);
    if (step === undefined) return undefined;
    this.#pending.delete(accountId);
    return { secret: pending.secret, step };
  }

  /** The step (30 s since 1970) of a code of this moment; `undefined` for any other text. Whether it was used is asked of the account. */
  stepOf(secret: string, code: string): number | undefined {
    const timestamp = this.#now();
    const delta = generator(secret).validate({ token: code.replaceAll(' ', ''), timestamp, window: WINDOW });
    return delta === null ? undefined : Math.floor(timestamp / 1000 / PERIOD_S) + delta;
  }
}

/**
 * Whether it is a code of this moment that the account has not used yet, on whatever server; uses it up, so that one that
 * was looked at over a shoulder is worth nothing.
 */
export async function spendCode(
  db: Db,
  totp: Totp,
  { id, totp_secret }: { id: number; totp_secret: string | null },
  code: string,
): Promise<boolean> {
  const step = totp_secret === null ? undefined : totp.stepOf(totp_secret, code);
  return step !== undefined && (await spendTotpStep(db, id, step));
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
