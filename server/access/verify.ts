import { parseArgs } from 'node:util';
import { openImportDatabase } from '../../data/importers/database.ts';
import { Terminal } from '../../data/importers/terminal.ts';
import { ConfigError, readConfig } from '../config.ts';
import { LOCAL } from './actors.ts';
import { auditHead, recordAudit, verifyAudit } from './audit.queries.ts';
import { readNote, writeNote } from './audit-note.ts';

const USAGE = `Usage:
  npm run audit:verify               checks every entry of the audit log, beside a running server too
  npm run audit:verify -- --accept   after a restored backup: takes the log as it is for the right one, and writes that down

DATA_DIR and DATABASE_URL say where, as for npm start. Exit code: 0 nothing was changed; 1 something was, or it could not be checked.`;

/** Faults shown at most. */
const SHOWN = 20;

/** Checks the audit log, and ends the process with its exit code. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2));
}

async function run(args: string[]): Promise<number> {
  const terminal = new Terminal();
  try {
    const { values } = parseArgs({
      args,
      options: { accept: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      terminal.say(USAGE);
      return 0;
    }
    const config = readConfig(process.env);
    const { db, place, close } = await openImportDatabase(config, (text) => terminal.say(`• ${text} …`));
    try {
      if (values.accept) {
        const at = new Date();
        const before = readNote(config.dataDir);
        await recordAudit(db, { at, actor: LOCAL, action: 'audit.accepted', detail: { before: before ?? null } });
        await writeNote(config.dataDir, { ...(await auditHead(db)), at: at.toISOString() });
      }
      terminal.say(`Checking the audit log in ${place}`);
      const note = readNote(config.dataDir);
      const { entries, head, faults } = await verifyAudit(db, note, (checked, total) =>
        terminal.progress('entries', checked, total),
      );
      for (const { seq, problem } of faults.slice(0, SHOWN)) terminal.say(`entry ${seq}: ${problem}`);
      if (faults.length > SHOWN) terminal.say(`… and ${faults.length - SHOWN} more`);
      terminal.say(
        faults.length === 0
          ? `${entries} entries, none changed. It ends with ${head.seq} ${head.hash.slice(0, 16)}`
          : `${entries} entries, ${faults.length} faults: the log was changed by something else than Ronda.`,
      );
      return faults.length === 0 ? 0 : 1;
    } finally {
      await close();
    }
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'))
      throw error;
    console.error((error as Error).message);
    return 1;
  }
}
