import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, inject, test } from 'vitest';
import { ask } from '../support/access.ts';
import { childrenOf, isGone } from '../support/processes.ts';
import { startServer } from '../support/server.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = () => mkdtempSync(join(inject('scratch'), 'start-'));

/** Runs `npm start`'s program until it ends. */
async function run(env: Record<string, string>): Promise<{ code: number | null; lines: string[]; stderr: string[] }> {
  const child = spawn(process.execPath, ['server/launch.mjs', 'server/main'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', DEMO: 'off', DATA_DIR: folder(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.err += chunk;
  });
  const [code] = await once(child, 'exit');
  const split = (all: string) => all.split('\n').filter(Boolean);
  return { code, lines: split(text.out), stderr: split(text.err) };
}

describe('a start that cannot succeed ends with one line and a code', () => {
  test.each([
    ['PORT', 'http', 'PORT=http is not a port number'],
    ['PORT', '70000', 'PORT=70000 is not a port number'],
    ['HOST', '0.0.0.0', 'HOST=0.0.0.0 is not a loopback address'],
    ['ADMIN_TOKEN', 'short', 'ADMIN_TOKEN has 5 characters'],
    ['TRUSTED_PROXY', 'proxy', 'TRUSTED_PROXY: "proxy" is no address'],
    ['DEMO', 'maybe', 'DEMO=maybe is neither'],
    ['DATABASE_URL', 'mysql://localhost/x', 'DATABASE_URL is not a PostgreSQL address'],
    ['DATABASE_URL', 'postgres://nobody@127.0.0.1:1/none', 'The database at DATABASE_URL cannot be reached'],
    ['BASEMAP_STYLE_URL', 'style', 'BASEMAP_STYLE_URL=style is not an address'],
  ])('%s=%s', async (name, value, message) => {
    const { code, stderr } = await run({ [name]: value });
    expect(code).toBe(1);
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toContain(message);
  });

  test('opened to the network before anybody can sign in: whoever came first would be the administrator', async () => {
    const { code, stderr, lines } = await run({
      HOST: '0.0.0.0',
      TRUSTED_PROXY: '127.0.0.1',
      PUBLIC_URL: 'https://ronda.example.org',
    });
    expect(code).toBe(1);
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toMatch(/nobody can sign in yet: start once with HOST=127\.0\.0\.1 .* or set ADMIN_TOKEN/);
    expect(lines.join()).not.toContain('/setup#');
  });

  test('a port that is taken, found before the database is made', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const dataDir = folder();
    const { code, stderr } = await run({ PORT: port, DATA_DIR: dataDir });
    other.close();
    expect(code).toBe(1);
    expect(stderr).toEqual([`Port ${port} is taken: stop what uses it, or set PORT to another.`]);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  test.skipIf(!inject('servedUrl'))('a database server without PostGIS for this database', async () => {
    const admin = new pg.Client({ connectionString: inject('servedUrl') });
    await admin.connect();
    await admin.query('CREATE ROLE bare LOGIN');
    await admin.query('CREATE DATABASE bare_start OWNER bare');
    await admin.end();
    const url = inject('servedUrl')
      .replace(/\/\/[^@]*@/, '//bare@')
      .replace(/\/postgres$/, '/bare_start');
    const { code, stderr } = await run({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(stderr).toHaveLength(1);
    expect(stderr[0]).toMatch(/CREATE EXTENSION postgis;/);
  });
});

describe('a running server', { timeout: 180_000 }, () => {
  test('R13: has its folder for itself, and leaves nothing behind when it drains', async () => {
    const dataDir = folder();
    const server = await startServer({ DATA_DIR: dataDir, DEMO: 'on' });
    const family = childrenOf(server.process.pid ?? 0);
    expect(family.length).toBe(2);

    const second = await run({ DATA_DIR: dataDir });
    expect(second.code).toBe(1);
    expect(second.stderr).toHaveLength(1);
    expect(second.stderr[0]).toMatch(/^The data folder .* is in use by process \d+/);

    await expect
      .poll(async () => (await ask(`${server.url}/api/units`)).text(), { timeout: 20_000 })
      .toMatch(/Patroli/);
    expect(await server.stop('SIGINT')).toBe(0);
    expect(family.filter((pid) => !isGone(pid))).toEqual([]);
    expect(existsSync(join(dataDir, 'database', 'lock'))).toBe(false);
    expect(readdirSync(join(dataDir, 'run'))).toEqual([]);

    // Without the simulator the data stay.
    const again = await startServer({ DATA_DIR: dataDir, DEMO: 'off' });
    expect(childrenOf(again.process.pid ?? 0)).toHaveLength(1);
    const { areas } = (await (await ask(`${again.url}/api/areas/at?lon=118.05&lat=-3.55`)).json()) as {
      areas: unknown[];
    };
    expect(areas).toHaveLength(5);
    await again.stop();
  });

  test('that is killed takes its database and simulator with it, and starts again', async () => {
    const dataDir = folder();
    const server = await startServer({ DATA_DIR: dataDir, DEMO: 'on' });
    const family = childrenOf(server.process.pid ?? 0);
    expect(family.length).toBe(2);
    await server.stop('SIGKILL');
    await expect.poll(() => family.filter((pid) => !isGone(pid)), { timeout: 10_000 }).toEqual([]);
    const again = await startServer({ DATA_DIR: dataDir });
    expect((await ask(`${again.url}/api/settings`)).status).toBe(200);
    // A signal during the drain does not wait for it.
    again.process.kill('SIGINT');
    expect([0, 130]).toContain(await again.stop('SIGINT'));
  });

  test('that has data of its own is given no demonstration, and says so', async () => {
    const dataDir = folder();
    const server = await startServer({ DATA_DIR: dataDir });
    await ask(`${server.url}/api/units`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callsign: 'P1', organisation: 'polri' }),
    });
    await server.stop();
    const again = await startServer({ DATA_DIR: dataDir, DEMO: 'on' });
    expect(again.output()).toContain('tidak dimuat');
    expect(childrenOf(again.process.pid ?? 0)).toHaveLength(1);
    await again.stop();
  });
});
