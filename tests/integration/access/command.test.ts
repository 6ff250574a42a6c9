import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectFolder } from '../../../server/compiled.ts';
import type { SignedIn } from '../../../shared/schemas/access.ts';
import { dataFolder } from '../../support/data-folders.ts';
import { type RunningServer, startServer } from '../../support/server.ts';
import { PASSWORD, tokenOf } from '../../support/visitor.ts';

const dataDir = dataFolder();

/** Runs a command of the person at the server. */
async function run(program: string, ...args: string[]): Promise<{ code: number | null; out: string }> {
  const child = spawn(process.execPath, ['server/launch.mjs', program, ...args], {
    cwd: projectFolder(),
    env: { ...process.env, DATA_DIR: dataDir, PUBLIC_URL: 'https://ronda.example' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    out += chunk;
  });
  const [code] = await once(child, 'exit');
  return { code, out };
}

describe('the person at the server', { timeout: 240_000 }, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ DATA_DIR: dataDir });
  }, 120_000);
  afterAll(() => server?.stop());

  const post = (path: string, body: object) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('one command reaches the map: the printed link signs in; a lost password is replaced beside the running server, and written down', async () => {
    expect(server.link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{22}$/);
    expect((await fetch(`${server.url}/setup`)).headers.get('content-type')).toContain('text/html');
    const opened = await post('/api/access/setup', { token: tokenOf(server.link) });
    expect(opened.status).toBe(200);
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    const units = await fetch(`${server.url}/api/units`, { headers: { cookie } });
    expect(units.status).toBe(200);
    const set = await fetch(`${server.url}/api/access/password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url, cookie },
      body: JSON.stringify({ next: 'dilupakan besok pagi juga' }),
    });
    expect(set.status).toBe(204);

    const listed = await run('server/access/command', 'list');
    expect(listed).toMatchObject({ code: 0 });
    expect(listed.out).toMatch(/administrator {2}Administrator {2}active/);
    expect(listed.out).toMatch(/commander of Seluruh Indonesia/);
    expect((await run('server/access/command', 'link', '--account', 'nobody')).out).toContain(
      'There is no account nobody',
    );
    expect((await run('server/access/command', 'open')).code).toBe(1);
    const { out, code } = await run('server/access/command', 'link');
    expect(code).toBe(0);
    const [link = ''] = /https:\/\/ronda\.example\/accept#[\w-]{22}/.exec(out) ?? [];
    const accepted = await post('/api/access/accept', { token: tokenOf(link), password: PASSWORD });
    expect(((await accepted.json()) as SignedIn).account?.username).toBe('administrator');
    expect((await post('/api/access/sign-in', { username: 'administrator', password: PASSWORD })).status).toBe(200);

    const verified = await run('server/access/verify');
    expect(verified.out).toMatch(/\d+ entries, none changed/);
    expect(verified.code).toBe(0);
    // S13: what lets in is nowhere in the output.
    for (const secret of [cookie.split('=')[1] ?? '', PASSWORD, tokenOf(link)]) {
      expect(server.output()).not.toContain(secret);
    }
  });

  test('once somebody can sign in, the start prints no link', async () => {
    await server.stop();
    server = await startServer({ DATA_DIR: dataDir });
    expect(server.link).toBe(server.url);
  });
});
