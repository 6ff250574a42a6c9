import { LOCAL } from '../../server/access/actors.ts';
import { recordAudit } from '../../server/access/audit.queries.ts';
import { ConfigError, readConfig } from '../../server/config.ts';
import { openDatabase } from '../../server/database/connection.ts';
import { Terminal } from '../importers/terminal.ts';
import { summary } from './backup-command.ts';
import { BackupError } from './format.ts';
import { restore } from './restore.ts';

const USAGE = `Usage: npm run restore -- FILE

Puts a backup into an empty database, of either engine, whole or not at all. The server must not be running on it.
DATA_DIR and DATABASE_URL say into which, as for npm start. Afterwards everybody signs in anew.`;

/** Restores a backup as the command line says. */
export async function main(): Promise<void> {
  const [file, ...rest] = process.argv.slice(2);
  const terminal = new Terminal();
  if (file === undefined || file.startsWith('-') || rest.length > 0) {
    console.error(USAGE);
    process.exitCode = 1;
    return;
  }
  try {
    const config = readConfig(process.env);
    const database = await openDatabase(config, (text) => terminal.say(`• ${text} …`));
    try {
      const totals = await restore(database.db, file, terminal);
      await recordAudit(database.db, { at: new Date(), actor: LOCAL, action: 'backup.restored', detail: {} });
      terminal.say(summary(totals, 'restored'));
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof BackupError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
