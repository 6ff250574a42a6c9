import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const GUARD_STALE_MS = 5_000;

/** The data folder is in use by another process. */
export class FolderLockedError extends Error {
  override name = 'FolderLockedError';
}

/**
 * Takes the lock file, which holds the owner's process id and start time (ids are reused, start times are not).
 * Nothing else keeps two engines from opening one folder and destroying it. Waits up to `waitMs` for an owner that is
 * about to leave, then throws {@link FolderLockedError}. A lock whose owner is gone is taken over.
 *
 * @returns a function that gives the lock back
 */
export async function takeLock(file: string, waitMs: number): Promise<() => void> {
  const mine = `${process.pid} ${startTime(process.pid) ?? ''}`;
  const deadline = Date.now() + waitMs;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = readOwner(file);
    if (owner === undefined) await removeStale(file);
    else if (Date.now() >= deadline) {
      throw new FolderLockedError(`in use by process ${owner}`);
    } else await delay(50);
  }
}

/**
 * Removes a stale lock. Two that find it stale at once must not remove each other's fresh one, so whoever removes holds
 * a guard file and looks again; a guard left by a crash counts for nothing after a few seconds.
 */
async function removeStale(file: string): Promise<void> {
  const guard = `${file}.takeover`;
  try {
    writeFileSync(guard, '', { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const since = statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > GUARD_STALE_MS) rmSync(guard, { force: true });
    await delay(50);
    return;
  }
  try {
    if (readOwner(file) === undefined) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/** Process id of the lock's living owner, or `undefined` when the lock is stale. */
function readOwner(file: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const [pid = '', started = ''] = text.split(' ');
  const id = Number(pid);
  if (!Number.isInteger(id) || id <= 0 || !isAlive(id)) return undefined;
  return startTime(id) === (started || undefined) ? id : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Start time of a process in clock ticks since boot, where the system tells it (Linux). */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
