import type pg from 'pg';
import type { Acknowledged } from './load.ts';

/** What a database holds of what a load sent. */
export interface Stored {
  /** `device/milliseconds` of every fix. */
  fixes: string[];
  incidents: string[];
  /** Incidents told of, in the order of the log. */
  told: string[];
  /** Numbers of the log of events. */
  numbers: number[];
  /** Incidents of which a version was written down. */
  versions: string[];
}

/** Reads a database, to compare it with what was acknowledged. */
export async function readStored(client: pg.Client): Promise<Stored> {
  const column = async (text: string) => (await client.query({ text, rowMode: 'array' })).rows.map(([value]) => value);
  return {
    fixes: await column(
      "SELECT identifier || '/' || floor(extract(epoch FROM fixed_at) * 1000 + 0.5)::bigint FROM position JOIN device ON device.id = device_id",
    ),
    incidents: await column('SELECT id FROM incident'),
    told: await column("SELECT subject FROM event WHERE kind = 'incident.created' ORDER BY seq"),
    numbers: (await column('SELECT seq FROM event ORDER BY seq')).map(Number),
    versions: await column('SELECT incident_id FROM incident_log'),
  };
}

/** Counts what was acknowledged and is not there, and what is there more than once. */
export function lossesOf({ fixes, incidents }: Acknowledged, stored: Stored): { lost: number; twice: number } {
  const present = { fixes: new Set(stored.fixes), incidents: new Set(stored.incidents) };
  const missing = (acknowledged: Set<string>, there: Set<string>) =>
    [...acknowledged].filter((key) => !there.has(key)).length;
  return {
    lost: missing(fixes, present.fixes) + missing(incidents, present.incidents),
    twice: stored.fixes.length - present.fixes.size + (stored.told.length - new Set(stored.told).size),
  };
}
