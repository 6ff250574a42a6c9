/** Who makes the first link, at the start of the server, and acts by its commands. */
export const LOCAL = 'lokal';
/** Who does what is due at its time: ends duties, deletes what is kept long enough. */
export const CLOCK = 'waktu';
/** Whoever holds `ADMIN_TOKEN`. */
export const TOKEN = 'ADMIN_TOKEN';

const RESERVED: ReadonlySet<string> = new Set([LOCAL, CLOCK, TOKEN].map(bare));

/**
 * Whether the audit log calls somebody by this name who is no account, or by one that reads like it. Entries are known by
 * the name alone: an account with it would be taken for the writer of what was done everywhere.
 */
export function isReservedActor(name: string): boolean {
  return RESERVED.has(bare(name));
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
