import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Bench, type BenchContext, compare } from './harness.ts';
import { type Child, startChild } from './live/child.ts';
import type { FanOutResult } from './live/fan-out.ts';
import type { RunOptions, RunResult } from './live/load.ts';
import { makeGrantScene, makeScene, type Ring, type Scene } from './live/scene.ts';
import { ticksOf } from './live/ticks.ts';
import { usageOf } from './usage.ts';

const UNITS = 10_000;
const VIEWERS = 200;
const STALLED = 20;
const GRANTS = 50;
/** 10,000 units once a second, in batches of 100. */
const FULL: RunOptions = { batchesPerSecond: UNITS / 100, seconds: 15 };
/** Until the server's heap has grown to its working size. */
const WARM: RunOptions = { ...FULL, seconds: 25 };
/** The peers cannot keep up with that on two cores, so their cost for each update is measured at a pace they can keep. */
const JSON_PACE: RunOptions = { batchesPerSecond: 4, seconds: 10 };
const SOCKETIO_PACE: RunOptions = { batchesPerSecond: 20, seconds: 10 };

interface Measured extends RunResult {
  /** Of server and database. */
  cpuSeconds: number;
  /** Resident memory of the server, the median of the run: collecting garbage makes peaks of its own. */
  residentBytes: number;
}

export const benches: Bench[] = [
  {
    names: [
      'live.p99',
      'live.bytes',
      'live.stalled.memory',
      'live.stalled.p99',
      'live.json.bytes',
      'live.json.cpu',
      'live.socketio.bytes',
      'live.socketio.cpu',
    ],
    async run(context) {
      const scene = makeScene(context.random, UNITS, VIEWERS);
      const database = await context.freshDatabase();
      const server = await context.startServer({ DATABASE_URL: database });
      const firstId = await addUnits(database, UNITS);
      const load = startChild('load');
      try {
        await load.call('prepare', { url: server.url, scene, firstId });
        await load.call('watch', { door: 'ronda', windows: scene.windows });
        await load.call('run', WARM);
        const pid = server.process.pid ?? 0;
        const ours = await measure(context, load, pid, FULL);
        tell(context, 'ours', ours);
        await load.call('watchWithoutReading', scene.windows.slice(0, STALLED));
        const stalled = await measure(context, load, pid, FULL);
        tell(context, `ours with ${STALLED} who never read`, stalled);
        await load.call('leave');
        await server.stop();
        const json = await measurePeer(context, 'json', scene, JSON_PACE);
        const socketio = await measurePeer(context, 'socketio', scene, SOCKETIO_PACE);
        const megabytes = 1024 * 1024;
        return [
          compare({ id: 'live.p99', measured: ours.p99, reference: 300, unit: 'ms', goal: '<= 1' }),
          compare({
            id: 'live.bytes',
            measured: ours.bytes / ours.updates,
            reference: 12,
            unit: 'bytes/update',
            goal: '<= 1',
          }),
          compare({
            id: 'live.stalled.memory',
            measured: Math.max(0, stalled.residentBytes - ours.residentBytes) / megabytes,
            reference: 32,
            unit: 'MB',
            goal: '<= 1',
          }),
          compare({ id: 'live.stalled.p99', measured: stalled.p99, reference: ours.p99, unit: 'ms', goal: '<= 1.2' }),
          perUpdate('live.json.bytes', ours, json, 'bytes', '<= 0.1'),
          perUpdate('live.json.cpu', ours, json, 'cpuSeconds', '<= 0.2'),
          perUpdate('live.socketio.bytes', ours, socketio, 'bytes', '<= 0.2'),
          perUpdate('live.socketio.cpu', ours, socketio, 'cpuSeconds', '<= 0.5'),
        ];
      } finally {
        await load.stop();
      }
    },
  },
  {
    names: ['live.limit'],
    async run(context) {
      const scene = makeScene(context.random, UNITS, VIEWERS);
      const ours = await fanOut(scene, 8);
      const ready = await readyMade(scene, ours.sizes, 8);
      context.log(`fan-out ${ours.cpuSeconds.toFixed(2)} s CPU, bare loop ${ready.cpuSeconds.toFixed(2)} s`);
      return [
        compare({
          id: 'live.limit',
          measured: ours.bytes / ours.cpuSeconds / 1e6,
          reference: ready.bytes / ready.cpuSeconds / 1e6,
          unit: 'MB/CPU s',
          goal: '>= 0.6',
        }),
      ];
    },
  },
  {
    names: ['access.live'],
    async run(context) {
      // CPU of the fan-out, sending included, of the same viewers with the same windows: all may see everything, and each
      // only its own kota. By turns, and the least of each.
      const { grants, ...scene } = makeGrantScene(context.random, UNITS, VIEWERS, GRANTS);
      const cost = { open: Number.POSITIVE_INFINITY, granted: Number.POSITIVE_INFINITY };
      for (let turn = 0; turn < 3; turn++) {
        for (const [who, rings] of [
          ['open', []],
          ['granted', grants],
        ] as const) {
          const { cpuSeconds, bytes, sizes } = await fanOut(scene, 8, [...rings]);
          cost[who] = Math.min(cost[who], cpuSeconds * 1000);
          const each = ((cpuSeconds / bytes) * 1e9).toFixed(1);
          context.log(
            `${who}: ${cpuSeconds.toFixed(2)} s CPU, ${sizes.length} frames, ${bytes} bytes, ${each} ns a byte`,
          );
        }
      }
      const row = { id: 'access.live', measured: cost.granted, reference: cost.open };
      return [compare({ ...row, unit: 'ms CPU', goal: '<= 1.05' })];
    },
  },
  {
    names: ['growth.units', 'growth.viewers', 'growth.viewers.same'],
    async run({ random }) {
      const cpu = async (units: number, viewers: number) =>
        (await fanOut(makeScene(random, units, viewers), 5)).cpuSeconds * 1000;
      const base = await cpu(UNITS, VIEWERS);
      const growth = (id: string, measured: number) =>
        compare({ id, measured, reference: base, unit: 'ms CPU', goal: '<= 2.2' });
      // By turns, and the least of each, so that compiling and neighbours do not count.
      const same = { [VIEWERS]: Number.POSITIVE_INFINITY, [VIEWERS * 2]: Number.POSITIVE_INFINITY };
      const scene = makeScene(random, UNITS, 1);
      for (let turn = 0; turn < 4; turn++) {
        for (const viewers of [VIEWERS, VIEWERS * 2]) {
          same[viewers] = Math.min(same[viewers] ?? 0, await ticksOf(scene, viewers));
        }
      }
      return [
        growth('growth.units', await cpu(UNITS * 2, VIEWERS)),
        growth('growth.viewers', await cpu(UNITS, VIEWERS * 2)),
        compare({
          id: 'growth.viewers.same',
          measured: same[VIEWERS * 2] ?? 0,
          reference: same[VIEWERS] ?? 0,
          unit: 'ms/tick',
          goal: '<= 1.3',
        }),
      ];
    },
  },
  {
    names: ['growth.history'],
    async run(context) {
      const scene = makeScene(context.random, UNITS, 1);
      const database = await context.freshDatabase();
      const server = await context.startServer({ DATABASE_URL: database });
      const firstId = await addUnits(database, UNITS);
      const load = startChild('load');
      try {
        await load.call('prepare', { url: server.url, scene, firstId });
        await load.call('run', { ...FULL, seconds: 5 });
        const cost = async () => {
          await addHistory(database, 500_000);
          return measure(context, load, server.process.pid ?? 0, { ...FULL, seconds: 8 });
        };
        const once = await cost();
        const twice = await cost();
        return [perUpdate('growth.history', twice, once, 'cpuSeconds', '<= 2.2')];
      } finally {
        await load.stop();
      }
    },
  },
];

function perUpdate(
  id: string,
  ours: Measured,
  theirs: Measured,
  what: 'bytes' | 'cpuSeconds',
  goal: Parameters<typeof compare>[0]['goal'],
) {
  const scale = what === 'bytes' ? 1 : 1e6;
  return compare({
    id,
    measured: (ours[what] / ours.sent) * scale,
    reference: (theirs[what] / theirs.sent) * scale,
    unit: what === 'bytes' ? 'bytes/fix sent' : 'µs CPU/fix sent',
    goal,
  });
}

function tell({ log }: BenchContext, who: string, { p50, p99, p999, updates, bytes, cpuSeconds, sent }: Measured) {
  const each = (bytes / updates).toFixed(2);
  const cpu = ((cpuSeconds / sent) * 1e6).toFixed(0);
  log(
    `${who}: p50 ${p50} ms, p99 ${p99} ms, p99.9 ${p999} ms; ${updates} updates of ${each} bytes; ${cpu} µs CPU a fix`,
  );
}

async function measure(context: BenchContext, load: Child, pid: number, options: RunOptions): Promise<Measured> {
  const postgres = Number(readFileSync(join(context.scratch, 'cluster/data/postmaster.pid'), 'utf8').split('\n')[0]);
  const cpu = () => usageOf(pid).cpuSeconds + usageOf(postgres).cpuSeconds;
  const before = cpu();
  const resident: number[] = [];
  const watch = setInterval(() => {
    resident.push(usageOf(pid).residentBytes);
  }, 500);
  const result = await load.call<RunResult>('run', options);
  clearInterval(watch);
  if (result.refused > 0) throw new Error(`${result.refused} of ${result.sent} fixes were refused`);
  resident.sort((a, b) => a - b);
  const residentBytes = resident[resident.length >> 1] ?? 0;
  return { ...result, cpuSeconds: cpu() - before, residentBytes };
}

async function measurePeer(
  context: BenchContext,
  door: 'json' | 'socketio',
  scene: Scene,
  pace: RunOptions,
): Promise<Measured> {
  const database = await context.freshDatabase();
  const [peer, load] = [startChild('peer'), startChild('load')];
  try {
    const env = { DATABASE_URL: database, DATA_DIR: join(context.scratch, door), DEMO: 'off' };
    const { url, live } = await peer.call<{ url: string; live: string }>('start', { door, env });
    const firstId = await addUnits(database, UNITS);
    await load.call('prepare', { url, scene, firstId });
    await load.call('watch', { door, windows: scene.windows, at: live });
    await load.call('run', { ...pace, seconds: 2 });
    const measured = await measure(context, load, peer.pid, pace);
    tell(context, door, measured);
    return measured;
  } finally {
    await load.stop();
    await peer.stop();
  }
}

/** The hub's fan-out of the units' movements, to viewers who may see all of them or those within their grant. */
const fanOut = (scene: Scene, seconds: number, grants: Ring[] = []) =>
  sentTo(scene, { mode: 'hub', door: 'ronda', grants }, (server) => server.call('run', { scene, seconds }));

/** A bare loop that sends buffers of these sizes. */
const readyMade = (scene: Scene, sizes: number[], seconds: number) =>
  sentTo(scene, { mode: 'ready', door: 'json', grants: [] }, (server) => server.call('runReady', { sizes, seconds }));

/** What a sender of its own process sends to the scene's viewers, in a third process. */
async function sentTo(
  scene: Scene,
  { mode, door, grants }: { mode: 'hub' | 'ready'; door: 'ronda' | 'json'; grants: Ring[] },
  run: (server: Child) => Promise<FanOutResult>,
): Promise<FanOutResult> {
  const [server, load] = [startChild('fan-out'), startChild('load')];
  try {
    const at = await server.call<string>('start', { mode, grants });
    await load.call('watch', { door, windows: scene.windows, at });
    return await run(server);
  } finally {
    await load.stop();
    await server.stop();
  }
}

async function query<T extends pg.QueryResultRow>(database: string, text: string, values: unknown[]): Promise<T[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** Units with a device each, `bench-0` and on. Returns the first one's id; the others follow it. */
export async function addUnits(database: string, count: number): Promise<number> {
  const rows = await query<{ first: number }>(
    database,
    `WITH added AS (
       INSERT INTO unit (callsign, organisation) SELECT 'bench-' || n, 'polri' FROM generate_series(0, $1::int - 1) n
       ORDER BY n RETURNING id, callsign),
     devices AS (INSERT INTO device (identifier, unit_id) SELECT callsign, id FROM added)
     SELECT min(id) AS first FROM added`,
    [count],
  );
  return rows[0]?.first ?? 1;
}

/** Positions of earlier today, spread over all units. */
async function addHistory(database: string, rows: number): Promise<void> {
  await query(
    database,
    `INSERT INTO position (device_id, unit_id, fixed_at, own_time, received_at, geom)
     SELECT device.id, device.unit_id, day + (now() - day) * random(), true, now(),
       ST_SetSRID(ST_MakePoint(106.8 + random() / 10, -6.2 + random() / 10), 4326)
     FROM date_trunc('day', now(), 'UTC') AS day, device, generate_series(1, $1::int / (SELECT count(*)::int FROM device))`,
    [rows],
  );
  // What the database would tidy up while we measure.
  await query(database, 'VACUUM (ANALYZE) position', []);
  await query(database, 'CHECKPOINT', []);
}
