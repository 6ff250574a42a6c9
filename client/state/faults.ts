import { create } from 'zustand';
import { type AnswerNote, watchAnswers } from '../api/request.ts';

/** A clock further off than this makes "4 mnt lalu" a lie. */
const CLOCK_MS = 2 * 60_000;
/** A page that did nothing for this long was asleep. */
const ASLEEP_MS = 2 * 60_000;
const BEAT_MS = 5_000;
const AGAIN_MS = 10_000;

interface Faults {
  /** Requests get no answer; since then, Unix ms. */
  unreachable: number | undefined;
  /** The server answers, its database does not; since then, Unix ms. */
  database: number | undefined;
  /** The server's disk is full: it only reads; since then, Unix ms. */
  disk: number | undefined;
  /** How far this device's clock is ahead of the server's, ms; `undefined` while it is right (within two minutes). */
  clock: number | undefined;
  /** The page was asleep from `from` until `until`, Unix ms, and what it shows may be from before. */
  asleep: { from: number; until: number } | undefined;
}

/** What is wrong just now, as far as the page can tell. */
export const useFaults = create<Faults>(() => ({
  unreachable: undefined,
  database: undefined,
  disk: undefined,
  clock: undefined,
  asleep: undefined,
}));

/** The time by the server's clock, Unix ms: what ages are counted to, so that a device with a wrong clock tells them right. */
export function serverNow(): number {
  return Date.now() - (useFaults.getState().clock ?? 0);
}

/** The faults after an answer. Pure, for tests. @param now this device's clock, Unix ms */
export function afterAnswer(faults: Faults, note: AnswerNote, now: number): Partial<Faults> {
  const { status, code, method, path, serverTime } = note;
  if (status === 0) return { unreachable: faults.unreachable ?? now };
  const change: Partial<Faults> = { unreachable: undefined };
  if (code === 'database_unavailable') change.database = faults.database ?? now;
  else if (status < 400) change.database = undefined;
  if (status === 507) change.disk = faults.disk ?? now;
  else if (status < 300 && method !== 'GET' && !path.startsWith('/api/access/')) change.disk = undefined;
  if (path === '/api/ready' && status < 300) Object.assign(change, { database: undefined, disk: undefined });
  // Only an answer that no cache may keep tells the time.
  if (path === '/api/access/me' && serverTime !== undefined) {
    const ahead = now - serverTime;
    change.clock = Math.abs(ahead) > CLOCK_MS ? ahead : undefined;
  }
  return change;
}

/** Whether, at `now`, a beat that came last at `before` means that the page slept. */
export function wasAsleep(before: number, now: number): boolean {
  return now - before > ASLEEP_MS;
}

/**
 * Keeps {@link useFaults} true: listens to every answer, and asks `probe` again while something is wrong, so that the page
 * comes back by itself. Returns the way to stop it.
 */
export function watchFaults(probe: () => Promise<void>, onAwake: () => void): () => void {
  const stop = watchAnswers((note) => useFaults.setState(afterAnswer(useFaults.getState(), note, Date.now())));
  let beat = Date.now();
  let asked = 0;
  const timer = setInterval(() => {
    const now = Date.now();
    if (wasAsleep(beat, now)) {
      useFaults.setState({ asleep: { from: beat, until: now } });
      onAwake();
    }
    beat = now;
    const { unreachable, database, disk } = useFaults.getState();
    const wrong = unreachable ?? database ?? disk;
    if (wrong === undefined || now - asked < AGAIN_MS) return;
    asked = now;
    void probe();
  }, BEAT_MS);
  return () => {
    stop();
    clearInterval(timer);
  };
}
