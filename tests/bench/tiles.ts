import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { storeAreas } from '../../data/importers/boundaries/store.ts';
import { projectFolder } from '../../server/compiled.ts';
import { openDatabase } from '../../server/database/connection.ts';
import { migrate } from '../../server/database/migrate.ts';
import { bandOfZoom } from '../../shared/geo/bands.ts';
import { prepareAreas, readRealAreas, type TestArea } from '../support/areas.ts';
import { decodeTile, tileAt } from '../support/tiles.ts';
import { type Bench, type BenchContext, compare } from './harness.ts';

const ZOOMS = [11, 12, 13, 14];
const WARM_UP = 60;
const SAMPLE = 240;

type Tile = [z: number, x: number, y: number];

const cold: Bench = {
  names: ['tiles.cold'],
  async run(context) {
    const url = await databaseOfJatim(context);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const server = await context.startServer({ DATABASE_URL: url });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const tiles = await someTiles(client, context.random, WARM_UP + SAMPLE);
    const ours: number[] = [];
    const theirs: number[] = [];
    let features = 0;
    for (const [index, tile] of tiles.entries()) {
      const measureOurs = async () => {
        const begin = performance.now();
        const body = await fetchTile(`${server.url}/tiles/areas/${tile.join('/')}.mvt`, agent);
        ours.push(performance.now() - begin);
        return body;
      };
      const measureTheirs = async () => {
        const begin = performance.now();
        const body = await tileByPostgis(client, tile);
        theirs.push(performance.now() - begin);
        return body;
      };
      // By turns, so that neither always finds the pages warm that the other has read.
      const first = index % 2 ? await measureOurs() : await measureTheirs();
      const second = index % 2 ? await measureTheirs() : await measureOurs();
      features += sameFeatures(tile, first, second);
    }
    agent.destroy();
    await client.end();
    context.log(`${SAMPLE} tiles, ${features} features, the same ones on both sides`);
    return [
      compare({
        id: 'tiles.cold',
        measured: percentile(ours.slice(WARM_UP), 0.95),
        reference: percentile(theirs.slice(WARM_UP), 0.95),
        unit: 'ms p95, of ST_AsMVT',
        goal: '<= 1.5',
      }),
    ];
  },
};

const cached: Bench = {
  names: ['tiles.cached'],
  async run(context) {
    const url = await databaseOfJatim(context);
    const server = await context.startServer({ DATABASE_URL: url });
    const [x, y] = tileAt(112.75, -7.25, 12);
    const path = `/tiles/areas/12/${x}/${y}.mvt`;
    const body = await fetchTile(server.url + path, new Agent());
    const file = join(context.scratch, 'tile');
    writeFileSync(file, body);
    const peer = await startPeer(file);
    const ours: number[] = [];
    const theirs: number[] = [];
    try {
      for (let round = 0; round < 4; round++) {
        theirs.push(await requestsPerSecond(peer.url + path));
        ours.push(await requestsPerSecond(server.url + path));
      }
    } finally {
      peer.process.kill();
    }
    context.log(`a tile of ${body.length} bytes, ${ours.map(Math.round)} against ${theirs.map(Math.round)} requests/s`);
    return [
      compare({
        id: 'tiles.cached',
        // The first round warms up.
        measured: percentile(ours.slice(1), 0.5),
        reference: percentile(theirs.slice(1), 0.5),
        unit: 'requests/s, of a ready-made buffer',
        goal: '>= 0.7',
      }),
    ];
  },
};

export const benches: Bench[] = [cold, cached];

/** A served database with the desa of Jawa Timur in force; its address. */
/**
 * All desa of Jawa Timur on a new served database; answers its address.
 * @param wider areas to be stored too, from the desa
 */
export async function databaseOfJatim(
  context: BenchContext,
  wider: (desa: TestArea[]) => TestArea[] = () => [],
): Promise<string> {
  const shared = process.env.SHARED_DIR ?? join(projectFolder(), '../shared');
  if (!existsSync(join(shared, 'geo'))) throw new Error('the boundaries of Jawa Timur are not here: set SHARED_DIR');
  const url = await context.freshDatabase();
  const database = await openDatabase({ databaseUrl: url, dataDir: context.scratch });
  await migrate(database.db);
  const desa = readRealAreas(shared, 'jatim_desa_wilayah2026');
  await storeAreas(database.db, prepareAreas([...wider(desa), ...desa]), {
    fileName: 'jatim_desa',
    source: 'benchmark',
  });
  await database.pool.query('VACUUM ANALYZE');
  await database.close();
  return url;
}

/** Different tiles around desa drawn by lot, an equal number of each zoom. */
async function someTiles(client: pg.Client, random: () => number, count: number): Promise<Tile[]> {
  const { rows } = await client.query<{ lon: number; lat: number }>(
    'SELECT ST_X(label_point) AS lon, ST_Y(label_point) AS lat FROM area ORDER BY id',
  );
  const chosen = new Map<string, Tile>();
  while (chosen.size < count) {
    const place = rows[Math.floor(random() * rows.length)];
    const z = ZOOMS[chosen.size % ZOOMS.length] ?? 11;
    if (!place) throw new Error('no desa was imported');
    const tile: Tile = [z, ...tileAt(place.lon, place.lat, z)];
    chosen.set(tile.join('/'), tile);
  }
  return [...chosen.values()];
}

/** The tile as PostGIS itself makes it, of the same shapes. */
async function tileByPostgis(client: pg.Client, [z, x, y]: Tile): Promise<Buffer> {
  const { rows } = await client.query<{ tile: Buffer }>(
    `WITH bounds AS (SELECT ST_TileEnvelope($1, $2, $3) AS tile,
       ST_Transform(ST_TileEnvelope($1, $2, $3, margin => 65.0 / 4096), 4326) AS window),
     drawn AS (
       SELECT a.id, a.code, a.name, s.level, ST_AsMVTGeom(ST_Transform(s.geom, 3857), bounds.tile, 4096, 64) AS geom
       FROM bounds JOIN area_shape s ON s.level = 'desa' AND s.band = $4::smallint AND s.geom && bounds.window
       JOIN area_current c ON c.area_id = s.area_id JOIN area a ON a.id = s.area_id)
     SELECT ST_AsMVT(drawn, 'area', 4096, 'geom', 'id') AS tile FROM drawn`,
    [z, x, y, bandOfZoom(z)],
  );
  return rows[0]?.tile ?? Buffer.alloc(0);
}

/** Number of features that both tiles have; throws when one side left out more than slivers. */
function sameFeatures(tile: Tile, one: Buffer, other: Buffer): number {
  const [mine, theirs] = [one, other].map(
    (body) => new Set((decodeTile(body).area ?? []).map(({ properties }) => properties.code)),
  );
  const both = [...(mine ?? [])].filter((code) => theirs?.has(code)).length;
  const most = Math.max(mine?.size ?? 0, theirs?.size ?? 0);
  if (most - both > 1 + most / 20)
    throw new Error(`tile ${tile.join('/')} differs: ${mine?.size} and ${theirs?.size} features`);
  return both;
}

function fetchTile(url: string, agent: Agent): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`${url} answered ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}

async function startPeer(file: string): Promise<{ url: string; process: ChildProcess }> {
  const program = join(import.meta.dirname, 'peers/ready-buffer.js');
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  return { url: String(line).trim(), process: child };
}

const CONNECTIONS = 32;
const ROUND_MS = 3_000;

/** Requests a second over kept connections, by a client that does next to nothing: the server is what is measured. */
async function requestsPerSecond(url: string): Promise<number> {
  const { hostname, port, pathname } = new URL(url);
  const request = `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`;
  const size = (await answerTo(request, hostname, Number(port))).length;
  let count = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect(Number(port), hostname);
      let missing = size;
      socket.on('data', (chunk) => {
        missing -= chunk.length;
        if (missing > 0) return;
        count++;
        missing += size;
        if (performance.now() - begin < ROUND_MS) socket.write(request);
        else socket.destroy();
      });
      socket.write(request);
      await once(socket, 'close');
    }),
  );
  return (count / (performance.now() - begin)) * 1_000;
}

/** The whole answer to one request, headers included: all answers to it are as long. */
async function answerTo(request: string, hostname: string, port: number): Promise<Buffer> {
  const socket = connect(port, hostname);
  socket.write(request);
  let answer = Buffer.alloc(0);
  for await (const chunk of socket) {
    answer = Buffer.concat([answer, chunk]);
    const head = answer.indexOf('\r\n\r\n');
    const length = /content-length: (\d+)/i.exec(answer.toString('latin1', 0, Math.max(head, 0)))?.[1];
    if (length && answer.length >= head + 4 + Number(length)) break;
  }
  if (!answer.toString('latin1', 0, 12).endsWith('200'))
    throw new Error(`the server answered ${answer.subarray(0, 60)}`);
  return answer;
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;
}
