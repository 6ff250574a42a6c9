import { RondaError } from '../../shared/errors.ts';
import type { WarningPatch } from '../../shared/schemas/warning.ts';
import { versionConflict } from '../../shared/version-tag.ts';
import { appendAudit } from '../access/audit.queries.ts';
import type { Scope } from '../access/scope.ts';
import type { Db } from '../database/connection.ts';
import { appendEvents } from '../database/event-log.ts';
import { storableText } from '../database/storable.ts';
import type { Bus } from '../events.ts';
import { toEvent } from './present.ts';
import { findWarning, storeOutcome, type WarningRecord } from './queries.ts';

/** Who writes, and how far the permission reaches. */
export interface Writer {
  name: string;
  scope: Scope;
  /** The database as far as the scope reaches. */
  db: Db;
}

/**
 * Records what became of a warning whose version is still `version`, or takes it back, and writes it down, both or neither.
 * Throws `not_found`, or `version_conflict` that tells the current version.
 */
export async function recordOutcome(
  { bus, now }: { bus: Bus; now: () => number },
  { name, scope, db: scoped }: Writer,
  id: string,
  version: number,
  { outcome, note = '' }: WarningPatch,
): Promise<WarningRecord> {
  const at = new Date(now());
  const { changed, events } = await scoped.transaction().execute(async (trx) => {
    const stored = await findWarning(trx, scope, id, true);
    if (!stored) throw notFound(id);
    if (stored.version !== version) throw versionConflict('early warning', stored.version);
    await storeOutcome(trx, id, version + 1, { outcome, by: name, at, note: storableText(note) });
    const changed = (await findWarning(trx, scope, id)) ?? stored;
    const events = await appendEvents(trx, [toEvent('warning.changed', changed)]);
    // The note may hold what the log must not.
    const entry = { at, actor: name, action: 'warning.judged', subject: `warning:${id}`, detail: { outcome } };
    await appendAudit(trx, entry);
    return { changed, events };
  });
  bus.emit('events.appended', events);
  return changed;
}

/** The answer to who asks for a warning that does not exist, or that lies beyond the scope. */
export function notFound(id: string): RondaError {
  return new RondaError('not_found', `There is no early warning ${id}.`);
}
