import { userInfo } from 'node:os';
import { LOCAL } from '../../server/access/actors.ts';
import { recordAudit } from '../../server/access/audit.queries.ts';
import { ConfigError, readConfig } from '../../server/config.ts';
import { openImportDatabase } from '../importers/database.ts';
import { Terminal } from '../importers/terminal.ts';
import { backup } from './backup.ts';
import { BackupError, type Total } from './format.ts';

const USAGE = `Usage: npm run backup -- FILE

Writes everything that Ronda keeps, but sessions and links, into one file, beside a running server too. It holds positions,
reports and the hashes of passwords: keep it as safe as the database. DATA_DIR and DATABASE_URL say of which database, as
for npm start.`;

/** Makes a backup as the command line says. */
export async function main(): Promise<void> {
  const [file, ...rest] = process.argv.slice(2);
  const terminal = new Terminal();
  if (file === undefined || file.startsWith('-') || rest.length > 0) {
    console.error(USAGE);
    process.exitCode = 1;
    return;
  }
  try {
    const database = await openImportDatabase(readConfig(process.env), (text) => terminal.say(`• ${text} …`));
    try {
      terminal.say(`Backing up ${database.place}`);
      const totals = await backup(database.db, database.kind, file, terminal);
      terminal.say(summary(totals, `written to ${file}`));
      await recordAudit(database.db, {
        at: new Date(),
        actor: LOCAL,
        action: 'backup.made',
        detail: { account: userInfo().username, rows: rowsOf(totals) },
      });
    } finally {
      await database.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isFault = error instanceof ConfigError || error instanceof BackupError;
    if (!isFault && !/^(ENOENT|EACCES|ENOSPC|EISDIR|EROFS|ENOTDIR)$/.test(code ?? '')) throw error;
    console.error(isFault ? (error as Error).message : `${file} cannot be written (${code}): choose another place.`);
    process.exitCode = 1;
  }
}

/** How many rows of how many tables, for people. */
export function summary(totals: Record<string, Total>, what: string): string {
  return `${rowsOf(totals)} rows of ${Object.keys(totals).length} tables ${what} in ${process.uptime().toFixed(1)} s.`;
}

function rowsOf(totals: Record<string, Total>): number {
  return Object.values(totals).reduce((sum, { rows }) => sum + rows, 0);
}
