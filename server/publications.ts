import type { FastifyInstance } from 'fastify';
import type { Db } from '../database/connection.ts';
import { publishedVersions } from '../database/publications.ts';
import type { Bus } from '../events.ts';

/** The database cannot call us (the embedded one delivers no NOTIFY), and an importer may be a process of its own. */
const POLL_MS = 1_000;

/** Tells the bus when a new set of areas, or a new base map, is in force; until the server closes. */
export function announcePublications(http: FastifyInstance, db: Db, bus: Bus): void {
  const known = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    for (const { topic, version } of await publishedVersions(db)) {
      const before = known.get(topic);
      known.set(topic, version);
      if (before !== undefined && before !== version) bus.emit(`${topic}.published`, { version });
    }
  };
  let looking: Promise<void> = Promise.resolve();
  const again = () => {
    // A database that is away for a moment is asked again; what was published meanwhile is noticed then.
    looking = look().catch(() => {});
    looking.then(() => {
      if (timer) timer = setTimeout(again, POLL_MS).unref();
    });
  };
  http.addHook('onReady', async () => {
    await look();
    timer = setTimeout(again, POLL_MS).unref();
  });
  http.addHook('onClose', async () => {
    clearTimeout(timer);
    timer = undefined;
    await looking;
  });
}
