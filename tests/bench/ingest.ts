import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { socketFolderOf } from '../../server/database/embedded/engine.ts';
import type { PendingFix } from '../../server/positions/pending.ts';
import { flushQuery } from '../../server/positions/writer.queries.ts';
import { ask } from '../support/access.ts';
import { startServer } from '../support/server.ts';
import { type Bench, type BenchContext, compare, type Row } from './harness.ts';
import { postAll, requestsPerSecond } from './http-load.ts';

const UNITS = 1_000;
const BATCH = 1_000;
const CONNECTIONS = 4;
const SINGLE_CONNECTIONS = 256;

/** Fixes of all units, second after second, each at a time of its own; every unit goes its own way. */
class Traffic {
  readonly #random: () => number;
  #time: number;

  constructor(random: () => number, from: number) {
    this.#random = random;
    this.#time = from;
  }

  /** One fix of every unit. `device` is its number. */
  second(): {
    device: number;
    time: number;
    lon: number;
    lat: number;
    speed: number;
    heading: number;
    accuracy: number;
    battery: number;
  }[] {
    this.#time += 1_000;
    const degrees = (value: number) => Number(value.toFixed(6));
    return Array.from({ length: UNITS }, (_, device) => ({
      device,
      time: this.#time,
      lon: degrees(116 + device / 1e4 + (this.#time % 1e6) / 1e10),
      lat: degrees(-8.5 - device / 1e4),
      speed: Number((this.#random() * 15).toFixed(2)),
      heading: Math.floor(this.#random() * 360),
      accuracy: 3 + Math.floor(this.#random() * 20),
      battery: Math.floor(this.#random() * 100),
    }));
  }
}

async function registerUnits(url: string): Promise<void> {
  for (let unit = 0; unit < UNITS; unit++) {
    const answer = await ask(`${url}/api/units`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callsign: `U${unit}`, organisation: 'polri', devices: [`device-${unit}`] }),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
  }
}

/** Gives every device a token, `token-` and its identifier: what phones send comes without a bearer token. */
async function enrolDevices(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `UPDATE device SET token_hash = encode(sha256(convert_to('token-' || identifier, 'UTF8')), 'hex')`,
  );
  await client.end();
}

/** Fixes a second of the writer's own statement in a bare loop over one connection, its values made beforehand. */
async function bareLoop(client: pg.Client, traffic: Traffic, batches: number, prepared: boolean): Promise<number> {
  const { rows } = await client.query<{ id: number; unit_id: number }>('SELECT id, unit_id FROM device ORDER BY id');
  const queries = Array.from({ length: batches }, () =>
    flushQuery(
      traffic.second().map(({ device, time, lon, lat, speed, heading, accuracy, battery }): PendingFix => {
        const { id = 0, unit_id = 0 } = rows[device] ?? {};
        return {
          device: {
            deviceId: id,
            unitId: unit_id,
            status: 0,
            dutySince: -Infinity,
            dutyUntil: Infinity,
            speedUnit: 'mps',
          },
          fix: {
            time,
            lon,
            lat,
            alarm: '',
            speed,
            heading,
            altitude: undefined,
            accuracy,
            battery,
            flags: 0,
            attributes: undefined,
          },
          time,
          receivedAt: time,
          newest: true,
          outcome: 'pending',
        };
      }),
      prepared,
    ),
  );
  const begun = performance.now();
  for (const query of queries) await client.query(query);
  return (batches * BATCH * 1000) / (performance.now() - begun);
}

async function batchBench(
  context: BenchContext,
  engine: 'served' | 'embedded',
  batches: number,
  goal: Row['goal'],
): Promise<Row[]> {
  const dataDir = mkdtempSync(join(context.scratch, 'ingest-'));
  const databaseUrl = engine === 'served' ? await context.freshDatabase() : undefined;
  const server = await context.startServer({
    DATA_DIR: dataDir,
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
  });
  await registerUnits(server.url);
  const client = new pg.Client(
    databaseUrl
      ? { connectionString: databaseUrl }
      : { host: socketFolderOf(dataDir), user: 'postgres', database: 'postgres' },
  );
  await client.connect();
  const traffic = new Traffic(context.random, Date.now() - 20 * 3_600_000);
  const overHttp = async (count: number) => {
    const bodies = Array.from({ length: count }, () =>
      JSON.stringify({ fixes: traffic.second().map((fix) => ({ ...fix, device: `device-${fix.device}` })) }),
    );
    return (count * BATCH) / (await postAll(`${server.url}/api/ingest/positions`, CONNECTIONS, bodies));
  };
  // Both are warmed, then take turns, so that neither has the emptier table or the quieter machine.
  await overHttp(20);
  await bareLoop(client, traffic, 20, engine === 'served');
  const rates = { http: [] as number[], bare: [] as number[] };
  for (let turn = 0; turn < 3; turn++) {
    rates.bare.push(await bareLoop(client, traffic, Math.round(batches / 3), engine === 'served'));
    rates.http.push(await overHttp(Math.round(batches / 3)));
    context.log(
      `${engine}: bare ${Math.round(rates.bare.at(-1) ?? 0)}, over HTTP ${Math.round(rates.http.at(-1) ?? 0)} fixes/s`,
    );
  }
  await client.end();
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    compare({
      id: `ingest.batch.${engine}`,
      measured: mean(rates.http),
      reference: mean(rates.bare),
      goal,
      unit: 'fixes/s',
    }),
  ];
}

async function singleBench(context: BenchContext): Promise<Row[]> {
  const databaseUrl = await context.freshDatabase();
  const server = await context.startServer({ DATABASE_URL: databaseUrl });
  await registerUnits(server.url);
  await enrolDevices(databaseUrl);
  const peer = await startServer({}, 'tests/bench/peers/empty-route');
  try {
    const from = Date.now() - 20 * 3_600_000;
    let sent = 0;
    const path = () => {
      const unit = sent % UNITS;
      const time = from + Math.floor(sent++ / UNITS) * 1000;
      return `/api/ingest/osmand?id=token-device-${unit}&timestamp=${time}&lat=-8.5${unit}&lon=116.${unit}&speed=12.5&bearing=270&altitude=31&accuracy=8&batt=77`;
    };
    const rates = { ingest: [] as number[], empty: [] as number[] };
    for (let turn = 0; turn < 4; turn++) {
      const empty = await requestsPerSecond(peer.url, SINGLE_CONNECTIONS, 4, path);
      const ingest = await requestsPerSecond(server.url, SINGLE_CONNECTIONS, 4, path);
      context.log(
        `empty route ${Math.round(empty)}, ingest ${Math.round(ingest)} requests/s${turn === 0 ? ' (warming)' : ''}`,
      );
      if (turn === 0) continue;
      rates.empty.push(empty);
      rates.ingest.push(ingest);
    }
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    return [
      compare({
        id: 'ingest.single',
        measured: sum(rates.ingest) / rates.ingest.length,
        reference: sum(rates.empty) / rates.empty.length,
        goal: '>= 0.5',
        unit: 'requests/s',
      }),
    ];
  } finally {
    await peer.stop();
  }
}

export const benches: Bench[] = [
  { names: ['ingest.batch.served'], run: (context) => batchBench(context, 'served', 240, '>= 0.5') },
  { names: ['ingest.batch.embedded'], run: (context) => batchBench(context, 'embedded', 120, '>= 0.4') },
  { names: ['ingest.single'], run: singleBench },
];
