import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import type { App } from './app.ts';
import { type Config, ConfigError, isLoopback, readConfig } from './config.ts';
import { openDatabase } from './database/connection.ts';
import { type Simulator, startSimulator } from './simulator.ts';

/** What the launcher hands over. */
interface Launch {
  /** Settles when the page is built. */
  page: Promise<void>;
  /** Tells the person who waits: what is being worked on, and what is done with it. */
  say: (topic: string, text: string) => void;
}

/** How long the end may take in all. */
const END_MS = 9_500;

/** Starts the server, and drains it on SIGINT and SIGTERM; a second signal does not wait. */
export async function main({ page, say }: Launch): Promise<void> {
  let app: App | undefined;
  let simulator: Simulator | undefined;
  let stopping = false;
  const stop = async () => {
    // The database's process sees this one go, and closes by itself.
    if (stopping || !app) process.exit(130);
    stopping = true;
    // What does not end by itself is left: everything acknowledged is stored.
    setTimeout(() => process.exit(1), END_MS).unref();
    say('menutup', 'menyelesaikan permintaan (Ctrl-C lagi: langsung)');
    await simulator?.stop();
    await app.close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const settings = readConfig(process.env);
    // The simulator comes through the doors like any client, so there is a token even when none was set.
    const token = settings.adminToken ?? randomBytes(32).toString('hex');
    const config = { ...settings, adminToken: token };
    await checkPort(config);
    const onProgress = (text: string) => say(...topicOf(text));
    // The database takes longest, so it starts before the rest of the program is read.
    const database = openDatabase(config, onProgress);
    database.catch(() => {});
    if (config.demo) simulator = startSimulator(config.tls !== undefined);
    const { buildApp } = await import('./app.ts');
    app = await buildApp(config, { page, onProgress, database });
    const path = await firstSignIn(app, settings);
    const address = await listen(app, config);
    if (app.demo === 'loaded' || app.demo === 'present') simulator?.run(address, token);
    else await simulator?.stop();
    if (path) say('masuk', 'buka tautan berikut untuk masuk sebagai administrator (sekali pakai, 30 menit)');
    say('siap', `Ronda: ${path ? (config.publicUrl ?? address) : address}${path ?? ''}`);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/**
 * The path of the setup link while nobody can sign in. To the network a server opens only when somebody can, or scripts
 * administer it by a token: whoever came first would be the administrator. Throws {@link ConfigError}.
 */
async function firstSignIn(app: App, { host, oidc, adminToken }: Config): Promise<string | undefined> {
  const { setupLink } = await import('./access/links.ts');
  const path = await setupLink(app.database.db, oidc?.issuer, new Date());
  if (!path || isLoopback(host)) return path;
  if (adminToken !== undefined) return undefined;
  await app.close();
  throw new ConfigError(
    `HOST=${host} is not a loopback address, and nobody can sign in yet: start once with HOST=127.0.0.1 and set the administrator's password, or set ADMIN_TOKEN.`,
  );
}

/** `basis data: membuat` → its topic and what is said of it. */
function topicOf(text: string): [topic: string, text: string] {
  const colon = text.indexOf(': ');
  return colon < 0 ? ['', text] : [text.slice(0, colon), text.slice(colon + 2)];
}

/** Finds out before the long work whether the port is free. Throws {@link ConfigError}. */
async function checkPort({ port, host }: Config): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(portError(error, port)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

async function listen(app: App, { port, host, tls }: Config): Promise<string> {
  try {
    const address = await app.http.listen({ port, host });
    return tls ? address.replace(/^http:/, 'https:') : address;
  } catch (error) {
    await app.close();
    throw portError(error as Error, port);
  }
}

function portError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new ConfigError(`Port ${port} is taken: stop what uses it, or set PORT to another.`);
  }
  if (error.code === 'EACCES') {
    return new ConfigError(`Port ${port} may not be used by this account: set PORT to 1024 or higher.`);
  }
  return error;
}
