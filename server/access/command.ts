import { parseArgs } from 'node:util';
import { openImportDatabase } from '../../data/importers/database.ts';
import { Terminal } from '../../data/importers/terminal.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import type { Db } from '../database/connection.ts';
import { changeAccount, findAccount, listAccounts } from './accounts.queries.ts';
import { LOCAL } from './actors.ts';
import { appendAudit } from './audit.queries.ts';
import { FIRST_ACCOUNT, inviteAccount, restoreAdministrator, setupLink } from './links.ts';
import { grantsOf } from './reach.ts';

const USAGE = `Usage:
  npm run access -- list                    accounts and their roles
  npm run access -- link [--account NAME]   a link by which NAME sets a new password (default: ${FIRST_ACCOUNT});
                                            while nobody can sign in, the setup link

Beside a running server too. DATA_DIR, DATABASE_URL, PUBLIC_URL, HOST and PORT as for npm start.
A link opens once, within 30 minutes, and is written into the audit log.`;

const LINK_LASTS_MS = 30 * 60_000;

/** Runs a command of the person at the server, and ends the process with its exit code. */
export async function main(): Promise<void> {
  process.exitCode = await run(process.argv.slice(2));
}

async function run(args: string[]): Promise<number> {
  const terminal = new Terminal();
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { account: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    const [what, ...more] = positionals;
    if (values.help || (what !== 'list' && what !== 'link') || more.length > 0) {
      terminal.say(USAGE);
      return values.help ? 0 : 1;
    }
    const config = readConfig(process.env);
    const { db, close } = await openImportDatabase(config, (text) => terminal.say(`• ${text} …`));
    try {
      if (what === 'list') await list(db, terminal);
      else terminal.say(await link(db, config, values.account?.toLowerCase()));
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

async function list(db: Db, terminal: Terminal): Promise<void> {
  const accounts = await listAccounts(db);
  const grants = await grantsOf(
    db,
    accounts.map(({ id }) => id),
    new Date(),
  );
  if (accounts.length === 0) terminal.say('No account yet. npm run access -- link gives the setup link.');
  for (const { id, username, displayName, state, lastSeenAt } of accounts) {
    terminal.say(`${username}  ${displayName}  ${state}  ${lastSeenAt ? `last seen ${lastSeenAt}` : 'never seen'}`);
    for (const { role, jurisdiction, validTo } of grants.get(id) ?? []) {
      terminal.say(`  ${role} of ${jurisdiction.name}${validTo ? ` until ${validTo}` : ''}`);
    }
  }
}

/** Makes the link that helps. Throws {@link ConfigError} when there is no such account. */
async function link(db: Db, config: Config, name: string | undefined): Promise<string> {
  const base = config.publicUrl ?? `${config.tls ? 'https' : 'http'}://${config.host}:${config.port}`;
  const at = new Date();
  if (name === undefined) {
    const setup = await setupLink(db, config.oidc?.issuer, at);
    if (setup) return `${base}${setup}`;
  }
  const username = name ?? FIRST_ACCOUNT;
  const account = await findAccount(db, { username });
  if (!account) {
    throw new ConfigError(
      `There is no account ${username}: npm run access -- list shows them; name one with --account.`,
    );
  }
  const made = await db.transaction().execute(async (trx) => {
    if (account.disabled_at) {
      await changeAccount(trx, account.id, { disabled_at: null });
      await appendAudit(trx, { at, actor: LOCAL, action: 'account.enabled', subject: `account:${account.id}` });
    }
    if (username === FIRST_ACCOUNT) await restoreAdministrator(trx, account.id, at);
    return inviteAccount(trx, { id: account.id, active: true }, LOCAL, at, LINK_LASTS_MS);
  });
  return `${base}${made.path}`;
}
