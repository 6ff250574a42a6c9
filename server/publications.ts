import type { FastifyInstance } from 'fastify';
import type { Db } from './database/connection.ts';
import { publishedVersions } from './database/publications.ts';
import type { PublicationTable } from './database/tables.ts';
import type { Bus } from './events.ts';

/** The database cannot call us (the embedded one delivers no NOTIFY), and an importer may be a process of its own. */
const POLL_MS = 1_000;

const TELL: Record<PublicationTable['topic'], (bus: Bus, version: number) => void> = {
  areas: (bus, version) => bus.emit('areas.published', { version }),
  basemap: (bus, version) => bus.emit('basemap.published', { version }),
  devices: (bus) => bus.emit('devices.changed'),
  jurisdictions: (bus) => bus.emit('access.changed'),
  texts: (bus) => bus.emit('texts.removed'),
  // Whoever keeps what was made of them asks for their version each time.
  figures: () => {},
};

/**
 * Tells the bus, until the server closes, of what any process on the database has changed: when a new set of areas or a
 * new base map is in force, when devices or the duty of their units changed, when jurisdictions have other shapes, and when
 * texts were removed.
 */
export function announcePublications(http: FastifyInstance, db: Db, bus: Bus): void {
  const known = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    for (const { topic, version } of await publishedVersions(db)) {
      const before = known.get(topic);
      known.set(topic, version);
      if (before !== undefined && before !== version) TELL[topic](bus, version);
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
