import { parseArgs } from 'node:util';
import { openImportDatabase } from '../../data/importers/database.ts';
import { Terminal } from '../../data/importers/terminal.ts';
import { LOCAL } from '../access/actors.ts';
import { recordAudit } from '../access/audit.queries.ts';
import { ConfigError, readConfig } from '../config.ts';
import { applyRetention } from './retention.ts';

const USAGE = `Usage:
  npm run retention                 removes what is no longer to be kept, as the server does by itself once a day
  npm run retention -- --dry-run    only counts what would go

RETENTION_DAYS (30), THIN_AFTER_HOURS (48) and TEXT_RETENTION_DAYS (off) are the rules; DATA_DIR and DATABASE_URL say
where, as for npm start, beside a running server too.`;

/** Applies the rules of retention once, and ends the process with its exit code. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2));
}

async function run(args: string[]): Promise<number> {
  const terminal = new Terminal();
  try {
    const { values } = parseArgs({
      args,
      options: { 'dry-run': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      terminal.say(USAGE);
      return 0;
    }
    const config = readConfig(process.env);
    const dryRun = values['dry-run'] === true;
    const { db, place, close } = await openImportDatabase(config, (text) => terminal.say(`• ${text} …`));
    try {
      terminal.say(`Retention in ${place}${dryRun ? ' (dry run: nothing is removed)' : ''}`);
      const report = await applyRetention(db, config, Date.now(), {
        dryRun,
        onProgress: (done, total) => terminal.progress('days', done, total),
      });
      const { dropped, places, thinned, withdrawn, texts } = report;
      terminal.say(`positions older than ${config.retentionDays} days: ${dropped}`);
      terminal.say(`units last seen longer ago, whose last position goes: ${places}`);
      terminal.say(`positions beyond one a minute, older than ${config.thinAfterHours} h: ${thinned}`);
      terminal.say(`positions of those who took back their consent: ${withdrawn}`);
      terminal.say(`incidents whose texts are over: ${config.textRetention.length === 0 ? 'kept' : texts}`);
      if (!dryRun) {
        await recordAudit(db, { at: new Date(), actor: LOCAL, action: 'retention.applied', detail: { ...report } });
      }
      return 0;
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
