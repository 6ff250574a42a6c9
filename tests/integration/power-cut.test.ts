import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import { dataFolder } from '../support/data-folders.ts';
import { afterPowerCut, onFragileDisk } from '../support/disk.ts';
import { Load, registerDevice } from '../support/load.ts';
import { rounds } from '../support/long.ts';
import { startServer } from '../support/server.ts';
import { lossesOf, readStored } from '../support/stored.ts';

const DEVICES = ['one', 'two', 'three'];
const ROUNDS = rounds(4, 50);
/** Acknowledgements worth cutting the power for. */
const ENOUGH = 20;

test(
  'R2: a power cut at any moment loses nothing that the embedded engine acknowledged',
  async () => {
    const scratch = mkdtempSync(join(inject('scratch'), 'power-'));
    const acknowledged = { fixes: new Set<string>(), incidents: new Set<string>() };
    const from = Date.now() - 20 * 3_600_000;
    const count = (load?: Load) => (load ? load.acknowledged.fixes.size / 20 + load.acknowledged.incidents.size : 0);

    let dataDir = join(scratch, 'house-0');
    mkdirSync(dataDir);
    for (let round = 1; round <= ROUNDS; round++) {
      const platter = join(scratch, `platter-${round}`);
      const server = await startServer({ DATA_DIR: dataDir, ...onFragileDisk(platter) });
      if (round === 1) for (const device of DEVICES) await registerDevice(server.url, device);
      const load = new Load(DEVICES, from + round * 600_000);
      load.url = server.url;
      await expect.poll(() => count(load), { interval: 5, timeout: 60_000 }).toBeGreaterThan(ENOUGH);
      await delay(Math.random() * 300);
      if (round % 3 === 0) await checkpoint(dataDir, Math.random() * 100);
      process.kill(Number(readFileSync(join(dataDir, 'database/lock'), 'utf8').split(' ')[0]), 'SIGKILL');
      // Whatever is answered from now on was acknowledged before.
      await server.stop('SIGKILL');
      await load.abandon();
      for (const fix of load.acknowledged.fixes) acknowledged.fixes.add(fix);
      for (const incident of load.acknowledged.incidents) acknowledged.incidents.add(incident);

      const found = join(scratch, `house-${round}`);
      afterPowerCut(platter, join(found, 'database'));
      rmSync(platter, { recursive: true });
      rmSync(dataDir, { recursive: true });
      dataDir = found;
    }

    const server = await startServer({ DATA_DIR: dataDir });
    const client = new pg.Client({ host: socketFolderOf(dataDir), user: 'postgres', database: 'postgres' });
    await client.connect();
    const losses = lossesOf(acknowledged, await readStored(client));
    await client.end();
    expect(await server.stop()).toBe(0);
    console.log(
      `power cut: ${ROUNDS} rounds, ${acknowledged.fixes.size} fixes and ${acknowledged.incidents.size} incidents acknowledged, ${losses.lost} lost, ${losses.twice} twice`,
    );
    expect(losses).toEqual({ lost: 0, twice: 0 });
  },
  rounds(600_000, 7_200_000),
);

/** Has a checkpoint begun, and the power cut while it runs or soon after. */
async function checkpoint(dataDir: string, wait: number): Promise<void> {
  const client = new pg.Client({ host: socketFolderOf(dataDir), user: 'postgres', database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  client.query('CHECKPOINT').catch(() => {});
  await delay(wait);
}

const traceable = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true']).status === 0;
if (!traceable) console.log('Skipping the test that looks at system calls: install strace, and allow it to attach.');

test.skipIf(!traceable)('R2: fdatasync precedes the answer', { timeout: 120_000 }, async () => {
  const dataDir = dataFolder();
  const server = await startServer({ DATA_DIR: dataDir });
  const engine = readFileSync(join(dataDir, 'database/lock'), 'utf8').split(' ')[0] ?? '';
  const output = join(dataDir, 'calls');
  const options = ['-f', '-y', '-s', '32', '-e', 'trace=pwrite64,fdatasync,write,writev', '-o', output];
  const strace = spawn('strace', [...options, '-p', engine, '-p', String(server.process.pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await expect.poll(() => strace.stderr.read()?.toString(), { timeout: 20_000 }).toContain('attached');
  for (let number = 0; number < 20; number++) await registerDevice(server.url, `device-${number}`);
  strace.kill('SIGINT');
  await once(strace, 'exit');
  await server.stop();

  let written = 0;
  let synced = 0;
  const answered = { after: 0, before: 0 };
  for (const line of readFileSync(output, 'utf8').split('\n')) {
    if (/pwrite64\(.*\/pg_wal\//.test(line)) written++;
    // What was written before it ended: nothing else is written while these few wait.
    else if (/fdatasync\(.*\/pg_wal\/.*= 0|fdatasync resumed.*= 0/.test(line)) synced = written;
    else if (/"HTTP\/1\.1 20/.test(line)) answered[synced === written ? 'after' : 'before']++;
  }
  console.log(`answers after fdatasync: ${answered.after}, before: ${answered.before}`);
  expect(answered.before).toBe(0);
  expect(answered.after).toBeGreaterThanOrEqual(20);
});
