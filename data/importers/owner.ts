import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Seconds without a sign of life after which an import of another machine counts as dead. */
const SILENCE_S = 120;

/** Tells this process from an earlier one of the same id, as containers have them. */
const TOKEN = randomUUID();

/** Names this process, for others to tell whether it still runs. */
export function thisOwner(): string {
  return `${hostname()} ${process.pid} ${TOKEN}`;
}

/** Whether the process that began an import is gone: known for this machine, inferred from silence for others. */
export function isGone(owner: string, silentS: number): boolean {
  if (silentS > SILENCE_S) return true;
  const [host, pid, token] = owner.split(' ');
  if (host !== hostname()) return false;
  if (Number(pid) === process.pid) return token !== TOKEN;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
