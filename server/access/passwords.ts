import { hash, verify } from '@node-rs/argon2';
import { RondaError } from '../../shared/errors.ts';

/** argon2id (the default of the package), 19 MiB, two passes: some 25 ms on a plain machine. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes made at once, and those that may wait: they share Node's few threads with everything else. */
const AT_ONCE = 2;
const WAITING = 50;

/** A hash of nothing anybody knows: an unknown user costs the same time as a known one. */
let decoy: Promise<string> | undefined;

let running = 0;
const queue: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= AT_ONCE) {
    if (queue.length >= WAITING) {
      throw new RondaError('overloaded', 'Too many people are signing in at this moment; try again.', {
        retryAfterSeconds: 2,
      });
    }
    // The one that ends hands its turn over.
    await new Promise<void>((resolve) => queue.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else running--;
  }
}

/** The hash of a password, to be stored. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), COST));
}

/** Whether it is the password of the hash; without a hash it takes as long and is false. */
export async function checkPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  decoy ??= hash(crypto.randomUUID(), COST);
  const against = stored ?? (await decoy);
  const same = await inTurn(() => verify(against, password.normalize('NFKC')));
  return same && stored !== null && stored !== undefined;
}
