import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import type { Room } from '../../server/storage.ts';
import { ask } from '../support/access.ts';
import { dataFolder } from '../support/data-folders.ts';
import { freshApp } from '../support/engines.ts';
import { registerDevice } from '../support/load.ts';
import { type RunningServer, startServer } from '../support/server.ts';
import { canMount, SmallDisk } from '../support/small-disk.ts';
import { readStored } from '../support/stored.ts';

const MIB = 1024 * 1024;
const DEVICE = 'one';

describe('R4: a disk with less than 5 % free', () => {
  let app: App;
  let room: Room = { freeBytes: 50 * 1024 * MIB, totalBytes: 100 * 1024 * MIB };
  beforeAll(async () => {
    app = await freshApp('embedded', { lookAtDisk: async () => room });
  });
  afterAll(() => app?.close());

  const look = async (freeShare: number) => {
    room = { ...room, freeBytes: room.totalBytes * freeShare };
    await app.storage.check();
  };
  const create = (callsign: string) =>
    app.http.inject({ method: 'POST', url: '/api/units', payload: { callsign, organisation: 'polri' } });

  test('is only read, until there is room again', async () => {
    expect((await create('A1')).statusCode).toBe(201);
    await look(0.049);
    expect(app.storage.state).toMatchObject({ readOnly: true });
    const refused = await create('A2');
    expect(refused.statusCode).toBe(507);
    expect(refused.json()).toMatchObject({ code: 'insufficient_storage' });
    expect(refused.headers['retry-after']).toBe('60');
    const fix = await app.http.inject({ url: '/api/ingest/osmand?id=x&lat=1&lon=1' });
    expect(fix.statusCode).toBe(507);
    expect((await app.http.inject({ url: '/api/units' })).statusCode).toBe(200);
    // A little more is not enough: it would go to and fro.
    await look(0.055);
    expect((await create('A2')).statusCode).toBe(507);
    await look(0.07);
    expect((await create('A2')).statusCode).toBe(201);
  });
});

const mountable = canMount(join(inject('scratch'), 'mountable'));
if (!mountable) console.log('Skipping tests that need a small disk: they mount one, which takes root.');

describe.skipIf(!mountable)('R4: a disk that fills up', { timeout: 300_000 }, () => {
  let initial: string;
  let disk: SmallDisk;
  let server: RunningServer;
  let acknowledged: Set<string>;
  let time = 0;

  beforeAll(async () => {
    initial = dataFolder();
    const first = await startServer({ DATA_DIR: initial });
    await registerDevice(first.url, DEVICE);
    await first.stop();
    rmSync(join(initial, 'reserve'), { force: true });
  }, 300_000);
  beforeEach(async () => {
    disk = new SmallDisk(mkdtempSync(join(inject('scratch'), 'disk-')), sizeOf(initial) + 64 * MIB);
    cpSync(initial, disk.folder, { recursive: true });
    server = await startServer({ DATA_DIR: disk.folder });
    acknowledged = new Set();
    time = Date.now() - 3_600_000;
  }, 120_000);
  afterEach(async () => {
    await server?.stop('SIGKILL');
    disk?.unmount();
  });

  /** Sends a large batch; notes what is acknowledged. Gives the status, or 0 when the connection broke. */
  async function send(): Promise<number> {
    const times = Array.from({ length: 500 }, () => ++time);
    const fixes = times.map((at) => ({
      device: DEVICE,
      time: at,
      lon: 116,
      lat: -8.5,
      note: `${at}`.padEnd(900, 'x'),
    }));
    try {
      const answer = await ask(`${server.url}/api/ingest/positions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ fixes }),
      });
      await answer.arrayBuffer();
      if (answer.ok) for (const at of times) acknowledged.add(`${DEVICE}/${at}`);
      else expect([503, 507]).toContain(answer.status);
      return answer.status;
    } catch (error) {
      if (!(error as Error).cause) throw error;
      return 0;
    }
  }

  async function untilStatus(wanted: number): Promise<void> {
    await expect.poll(send, { interval: 20, timeout: 120_000 }).toBe(wanted);
  }

  async function expectAllThere(): Promise<void> {
    const stored = new Set(await storedFixes());
    const lost = [...acknowledged].filter((key) => !stored.has(key)).length;
    console.log(`disk full: ${acknowledged.size} fixes acknowledged, ${lost} lost`);
    expect(lost).toBe(0);
  }

  /** Reads the database, which may just be starting again. */
  async function storedFixes(): Promise<string[]> {
    for (const deadline = Date.now() + 60_000; ; await delay(100)) {
      const client = new pg.Client({ host: socketFolderOf(disk.folder), user: 'postgres', database: 'postgres' });
      client.on('error', () => {});
      try {
        await client.connect();
        return (await readStored(client)).fixes;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      } finally {
        await client.end().catch(() => {});
      }
    }
  }

  const read = async () => (await ask(`${server.url}/api/units`)).status;

  test('by what is stored: 507, reads go on, nothing is lost, restart works, and with room it goes on', async () => {
    await untilStatus(507);
    expect(acknowledged.size).toBeGreaterThan(1_000);
    await expect.poll(read, { timeout: 120_000 }).toBe(200);
    await expectAllThere();
    expect(await server.stop()).toBe(0);
    server = await startServer({ DATA_DIR: disk.folder });
    expect(await read()).toBe(200);
    await untilStatus(507);
    disk.resize(sizeOf(disk.folder) + 128 * MIB);
    await untilStatus(200);
    await expectAllThere();
  });

  test('to the last byte by someone else: 507, reads go on, nothing is lost, restart works', async () => {
    await untilStatus(200);
    disk.fill('stranger', 0);
    await untilStatus(507);
    await expect.poll(read, { timeout: 120_000 }).toBe(200);
    await expectAllThere();
    await server.stop();
    server = await startServer({ DATA_DIR: disk.folder });
    expect(await read()).toBe(200);
    await untilStatus(507);
    await expectAllThere();
    rmSync(join(disk.folder, 'stranger'));
    await untilStatus(200);
    await expectAllThere();
  });
});

/** Bytes of the files in a folder. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
