import { createHash, randomBytes } from 'node:crypto';

/** A new secret of so many bits, in letters that need no escaping in an address. */
export function newSecret(bits: 128 | 160 | 256): string {
  return randomBytes(bits / 8).toString('base64url');
}

/** What is stored of a secret: who reads the database can use nothing of it. Secrets are random, so one pass is enough. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
