import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Db } from '../database/connection.ts';
import { auditHashAt, auditHead } from './audit.queries.ts';

/** How often the end of the log is noted. */
const NOTE_MS = 10_000;

/** Where the log ended when it was last looked at, kept outside of the database: who can cut the log there cannot reach it. */
export interface AuditNote {
  seq: number;
  hash: string;
  /** ISO 8601. */
  at: string;
}

const fileOf = (dataDir: string) => join(dataDir, 'audit-head.json');

/** The note, or `undefined` when there is none yet. */
export function readNote(dataDir: string): AuditNote | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(dataDir), 'utf8');
  } catch {
    return undefined;
  }
  const { seq, hash, at } = JSON.parse(text) as AuditNote;
  return { seq, hash, at };
}

/**
 * Notes where the log ends now. A log that does not contain the end noted before was cut or replaced: then the old note
 * stays, for `npm run audit:verify` to find, and the answer is false.
 */
export async function noteHead(db: Db, dataDir: string, now: Date): Promise<boolean> {
  const before = readNote(dataDir);
  if (before && (await auditHashAt(db, before.seq)) !== before.hash) return false;
  await writeNote(dataDir, { ...(await auditHead(db)), at: now.toISOString() });
  return true;
}

/** Takes the log as it is for the right one. */
export async function writeNote(dataDir: string, note: AuditNote): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const partial = `${fileOf(dataDir)}.new`;
  await writeFile(partial, `${JSON.stringify(note)}\n`, { mode: 0o600 });
  await rename(partial, fileOf(dataDir));
}

/** Keeps the note while the server runs. */
export function keepNote(
  http: FastifyInstance,
  { db, dataDir, now }: { db: Db; dataDir: string; now: () => number },
): void {
  let noted = -1;
  let noting: Promise<void> = Promise.resolve();
  const look = async () => {
    const { seq } = await auditHead(db);
    if (seq !== noted && (await noteHead(db, dataDir, new Date(now())))) noted = seq;
  };
  const timer = setInterval(() => {
    noting = look().catch(() => {});
  }, NOTE_MS);
  timer.unref();
  http.addHook('onClose', async () => {
    clearInterval(timer);
    await noting;
    await look().catch(() => {});
  });
}
