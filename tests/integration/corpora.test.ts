import { mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { basename, join } from 'node:path';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { attackStrings, corpora, corpusFiles, corpusLines, hasCorpora, naughtyStrings, readCorpus } from '../support/corpora.ts'; // biome-ignore format: one line
import { engines, freshApp } from '../support/engines.ts';
import { runImport } from '../support/imports.ts';
import { rounds } from '../support/long.ts';
import { addressOf, type DescribedRoute, describedRoutes, isFreeText, type Parameter, sample } from '../support/route-inputs.ts'; // biome-ignore format: one line
import { StallWatch, Tally } from '../support/tally.ts';
import { geometriesOf, placedAt } from '../support/wkt.ts';

/** Which kind of input each file is, by its path; the first that fits. */
const KINDS: [pattern: RegExp, kind: string][] = [
  [/(README|LICENSE|COPYING|_copyright|\.md$|\.doc\.txt$|cases\.tsv$|cli-output-json$)/, 'documentation'],
  [/^JSONTestSuite\//, 'JSON'],
  [/^(blns\/|homemade\/csv-formula)/, 'text'],
  [/proto-pollution|deep-geometrycollection|fuzzdb\/attack\/json\//, 'JSON'],
  [/homemade\/tile-params/, 'addresses'],
  [/homemade\/content-type/, 'content types'],
  [/homemade\/points/, 'points'],
  [/homemade\/(cot-|.*\.kml$)|\.xxe$|fuzzdb\/attack\/xml\//, 'XML'],
  [/\.(zip|kmz|shp)$/, 'archives'],
  [/(\.geojson|^check-geojson\/)/, 'GeoJSON'],
  [/^geos-xmltester\/.*\.xml$/, 'geometries'],
  [/^fuzzdb\/attack\/.*\.txt$/, 'attacks'],
];

/** What the doors that take more than 256 KiB take, bytes. */
const LARGEST: Record<string, number> = {
  '/api/ingest/positions': 1024 * 1024,
  '/api/plans/{id}/edits': 2 * 1024 * 1024,
};
/** Doors that are still to be built, and the kinds of files that wait for them. */
const DOORS_TO_COME = ['CoT over TCP, UDP and TLS: XML', 'KML and GPX: XML'];

describe.skipIf(!hasCorpora)('hostile input through every door', { timeout: 600_000 }, () => {
  const tally = new Tally();
  const files = corpusFiles();
  const ofKind = (kind: string) => files.filter((file) => kindOf(file) === kind);
  let app: App;
  let routes: DescribedRoute[];
  let watch: StallWatch;

  beforeAll(async () => {
    app = await freshApp(engines().at(-1) ?? 'embedded');
    routes = describedRoutes(app.http);
    const unit = { callsign: 'P1', organisation: 'polri', devices: ['one'] };
    await app.http.inject({ method: 'POST', url: '/api/units', payload: unit });
    watch = new StallWatch(() => app.http.inject('/api/areas?q=a'));
  });
  afterAll(async () => {
    const stalls = await watch?.stalls();
    console.log(
      [
        `hostile input: ${files.length} files, ${tally.total(/./)} inputs; accepted ${tally.total(/^accepted/)}, refused ${tally.total(/^refused/)}, ` +
          `server errors ${tally.total(/^error/)}; others waited ${watch?.p99().toFixed(0)} ms at most in 99 of 100 of ${watch?.waits.length} questions, stalls ${stalls?.length}`,
        ...tally.lines(),
        ...DOORS_TO_COME.map((door) => `  no door yet – ${door}`),
      ].join('\n'),
    );
    await app?.close();
    expect(stalls).toEqual([]);
  });

  interface Put {
    kind: string;
    /** Of the input, for messages. */
    name: string;
    method: DescribedRoute['method'];
    url: string;
    /** How the door is called in the counts. */
    door?: string;
    body?: string | Buffer | undefined;
    headers?: Record<string, string>;
  }

  /** Puts an input through a door. Returns the status; a server's own error fails the test. */
  async function put({ kind, name, method, url, door = `${method} ${url}`, body, headers = {} }: Put): Promise<number> {
    const answer = await watch.during(`${name} → ${door}`, () =>
      app.http.inject({
        method,
        url,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { payload: body }),
      }),
    );
    const { statusCode } = answer;
    const code = statusCode < 400 ? '' : ` ${statusCode}`;
    tally.add(kind, door, `${statusCode < 400 ? 'accepted' : statusCode < 500 ? 'refused' : 'error'}${code}`);
    expect([name, door, statusCode >= 500 ? answer.body : '']).toEqual([name, door, '']);
    return statusCode;
  }

  const bodyDoors = () => routes.filter(({ method, body }) => body || (method !== 'GET' && method !== 'DELETE'));
  const plainAddress = (route: DescribedRoute) =>
    addressOf(route, ({ in: place, schema }) => (place === 'path' ? String(sample(schema, '1')) : undefined));

  test('no file is forgotten', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(files.filter((file) => kindOf(file) === undefined)).toEqual([]);
    for (const file of files) tally.add(kindOf(file) ?? '', 'files', 'files');
  });

  test('S1: what is no JSON, or too deep, or too large, is refused by every door that reads JSON', async () => {
    const texts = ofKind('JSON').flatMap((file) => inputsOf(file));
    for (const route of bodyDoors()) {
      for (const { name, body } of texts) {
        const status = await put({
          kind: 'JSON',
          name,
          method: route.method,
          url: plainAddress(route),
          door: 'bodies',
          body,
        });
        if (/^n_/.test(basename(name))) expect([name, route.url, status]).toEqual([name, route.url, 400]);
      }
      const url = plainAddress(route);
      const limit = LARGEST[route.url] ?? 256 * 1024;
      const limits: [name: string, body: string, status: number][] = [
        ['33 deep', `{"x":${'['.repeat(32)}${']'.repeat(32)}}`, 400],
        ['a text of 16 KiB and one', JSON.stringify({ x: 'x'.repeat(16 * 1024 + 1) }), 400],
        ['not UTF-8', Buffer.from('{"x":"\xff"}', 'latin1').toString('latin1'), 400],
        ['too large', `{"x":"${' '.repeat(limit)}"}`, 413],
      ];
      for (const [name, body, status] of limits) {
        const payload = name === 'not UTF-8' ? Buffer.from(body, 'latin1') : body;
        expect([name, url, await put({ kind: 'limits', name, method: route.method, url, door: 'bodies', body: payload })]).toEqual([name, url, status]); // biome-ignore format: one line
      }
    }
    const fixes = (count: number) => JSON.stringify({ fixes: Array.from({ length: count }, () => ({})) });
    const batch = { kind: 'limits', method: 'POST', url: '/api/ingest/positions' } as const;
    expect(await put({ ...batch, name: '1,001 fixes', body: fixes(1_001) })).toBe(400);
    expect(await put({ ...batch, name: '1,000 fixes', body: fixes(1_000) })).toBe(200);
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  test('S1: naughty strings are kept as text or refused, wherever a body takes text', async () => {
    const texts = [...new Set([...naughtyStrings(), ...corpusLines('homemade/csv-formula.txt')])];
    for (const route of bodyDoors()) {
      const schema = route.body;
      if (!schema) continue;
      // Passwords are hashed slowly on purpose.
      const step = /sign-in|password|accept/.test(route.url) ? rounds(60, 8) : rounds(4, 1);
      for (let i = route.url.length % step; i < texts.length; i += step) {
        const text = texts[i] ?? '';
        const filled = sample(schema, text) as Record<string, unknown>;
        if (typeof filled === 'object' && 'id' in filled && route.url === '/api/incidents') filled.id = uuidv7();
        const body = JSON.stringify(filled);
        await put({ kind: 'text', name: text, method: route.method, url: plainAddress(route), door: 'bodies', body });
      }
    }
  });

  test('S4 S5: attacks in every parameter of every route', async () => {
    const texts = attackStrings();
    let turn = 0;
    for (const route of routes) {
      const body = route.body && JSON.stringify(sample(route.body, 'x'));
      for (const target of route.parameters) {
        const step = isFreeText(target.schema) ? rounds(12, 1) : rounds(60, 6);
        for (let i = turn++ % step; i < texts.length; i += step) {
          const text = texts[i] ?? '';
          const fill = (parameter: Parameter) => {
            if (parameter === target) return parameter.in === 'header' ? undefined : text;
            return parameter.in === 'path' ? String(sample(parameter.schema, '1')) : undefined;
          };
          const headers = target.in === 'header' ? { [target.name]: text.replace(/[^ -~]/g, '?') } : {};
          const url = addressOf(route, fill);
          await put({ kind: 'attacks', name: `${target.name}=${text}`, method: route.method, url, door: 'parameters', body, headers }); // biome-ignore format: one line
        }
      }
      // An array, or the same name twice, where one value is meant.
      for (const { name, in: place } of route.parameters) {
        if (place !== 'query') continue;
        const address = plainAddress(route);
        for (const query of [`${name}[]=a`, `${name}=1&${name}=2`, `${name}[x]=1`, `__proto__[x]=1&${name}=%00`]) {
          await put({ kind: 'attacks', name: query, method: route.method, url: `${address}?${query}`, door: 'parameters', body }); // biome-ignore format: one line
        }
      }
    }
    for (const text of texts) {
      await put({ kind: 'attacks', name: text, method: 'GET', url: `/api/ingest/osmand?id=one&lat=-8&lon=116&alarm=${encodeURIComponent(Buffer.from(text).toString())}`, door: 'OsmAnd' }); // biome-ignore format: one line
    }
  });

  test('S5: addresses with hidden separators, and tiles off the grid', async () => {
    const { port } = new URL(await app.http.listen({ port: 0, host: '127.0.0.1' }));
    for (const line of corpusLines('homemade/tile-params.txt')) {
      const tile = `${line.split('?')[0]}.mvt`.replace('/incidents', '/base');
      for (const path of [line, line.replace('/incidents', '/areas'), tile].map((url) => url.replaceAll(' ', '%20'))) {
        // As it is written: a client in between would tidy it up.
        const status = await watch.during(`${path} → addresses`, () => statusOf(Number(port), path));
        tally.add(
          'addresses',
          'addresses',
          status < 400 ? 'accepted' : `${status < 500 ? 'refused' : 'error'} ${status}`,
        );
        expect([path, status]).toEqual([path, /%(2f|5c|00)/i.test(path) ? 400 : expect.toSatisfy((code: number) => code < 500)]); // biome-ignore format: one line
        if (!path.endsWith('.mvt')) expect([path, status >= 400]).toEqual([path, true]);
      }
    }
  });

  test('S1: a body is read as what its content type says, and nothing else', async () => {
    const allowed = /^\s*application\/json\s*(;|$)/i;
    const types = readCorpus('homemade/content-type-bypass.txt').toString().split('\n');
    for (const type of types) {
      const put_ = { kind: 'content types', name: type, method: 'POST', url: '/api/incidents', body: '{"__proto__":1}' } as const; // biome-ignore format: one line
      const status = await put({ ...put_, headers: { 'content-type': type } }).catch((error: Error) => {
        // What no header may hold does not arrive.
        if (!/invalid.*header|Invalid character/i.test(error.message)) throw error;
        return 400;
      });
      expect([type, status]).toEqual([type, allowed.test(type) ? 400 : expect.toBeOneOf([400, 415])]);
    }
  });

  test('S2: no door takes XML: whatever is sent as such is refused before it is read', async () => {
    const types = ['application/xml', 'text/xml; charset=utf-8', 'application/vnd.google-earth.kml+xml'];
    for (const file of ofKind('XML')) {
      const body = readCorpus(file);
      for (const [index, route] of bodyDoors().entries()) {
        const type = types[index % types.length] ?? '';
        const at = { kind: 'XML', name: file, method: route.method, url: plainAddress(route), door: 'bodies' };
        expect([file, route.url, await put({ ...at, body, headers: { 'content-type': type } })]).toEqual([file, route.url, 415]); // biome-ignore format: one line
      }
    }
  });

  test('R11: points are places on earth, or refused, at every door of devices', async () => {
    for (const line of corpusLines('homemade/points.jsonl')) {
      const { name, body } = JSON.parse(line) as { name: string; body: string };
      const [lon, lat] = readPair(body);
      const usable =
        typeof JSON.parse(lon) === 'number' &&
        typeof JSON.parse(lat) === 'number' &&
        Math.abs(Number(lon)) <= 180 &&
        Math.abs(Number(lat)) <= 90 &&
        !(Number(lon) === 0 && Number(lat) === 0);
      const fixes = `{"fixes":[{"device":"one","lon":${lon},"lat":${lat}}]}`;
      const batch = await app.http.inject({ method: 'POST', url: '/api/ingest/positions', payload: fixes, headers: { 'content-type': 'application/json' } }); // biome-ignore format: one line
      const verdict = batch.json<{ verdicts: { verdict: string; reason?: string }[] }>().verdicts[0];
      tally.add('points', 'POST /api/ingest/positions', usable ? 'accepted' : `refused ${verdict?.reason}`);
      expect([name, verdict?.verdict]).toEqual([name, usable ? expect.toBeOneOf(['stored', 'duplicate']) : expect.toBeOneOf(['quarantined', 'refused'])]); // biome-ignore format: one line
      const query = new URLSearchParams({ id: 'one', lon: lon.replaceAll('"', ''), lat: lat.replaceAll('"', '') });
      const status = await put({ kind: 'points', name, method: 'GET', url: `/api/ingest/osmand?${query}`, door: 'GET /api/ingest/osmand' }); // biome-ignore format: one line
      expect([name, status]).toEqual([name, expect.toBeOneOf([200, 400])]);
    }
    // The second wall: the table itself.
    const beyond = `INSERT INTO position (device_id, unit_id, fixed_at, own_time, received_at, geom)
      SELECT device_id, unit_id, fixed_at, own_time, received_at, ST_SetSRID(ST_MakePoint(116, $1::float), 4326)
      FROM position LIMIT 1`;
    for (const lat of [95, 'NaN', 'Infinity']) {
      await expect(app.database.pool.query(beyond, [lat])).rejects.toMatchObject({ code: '23514' });
    }
  });

  test('R12: polygons drawn for a jurisdiction: at once valid, or refused with the place of the fault', async () => {
    const shapes: [name: string, type: string, coordinates: unknown][] = ofKind('GeoJSON')
      .filter((file) => file.startsWith('homemade/'))
      .map((file) => {
        const { type, coordinates } = JSON.parse(readCorpus(file).toString()) as { type: string; coordinates: unknown };
        return [file, type, coordinates];
      });
    for (const file of ofKind('geometries')) {
      for (const [i, { type, coordinates }] of geometriesOf(readCorpus(file).toString()).entries()) {
        if (!/Polygon/.test(type) || !coordinates || i % rounds(5, 1) > 0) continue;
        shapes.push([`${file} ${i}`, type, placedAt(coordinates, [116, -8.5])]);
      }
    }
    const problems = new Map<string, string>();
    for (const [i, [name, type, coordinates]] of shapes.entries()) {
      const polygon = type === 'Polygon' ? [coordinates] : coordinates;
      const payload = { name: `Khusus ${i}`, kind: 'khusus', parts: [{ polygon }] };
      const answer = await watch.during(`${name} → jurisdictions`, () =>
        app.http.inject({ method: 'POST', url: '/api/jurisdictions', payload }),
      );
      const { statusCode } = answer;
      expect([name, statusCode]).toEqual([name, expect.toBeOneOf([201, 400, 413, 422])]);
      const { message = '' } = statusCode === 201 ? {} : answer.json<{ message?: string }>();
      problems.set(name, `${statusCode} ${message}`);
      const code = statusCode === 422 ? reasonOf(message.replace(/^[^:]*: /, '')) : `${statusCode}`;
      tally.add('shapes', 'POST /api/jurisdictions', statusCode === 201 ? 'accepted' : `refused ${code}`);
      // All together they are more than a country has; only one at a time is asked about here.
      if (statusCode === 201)
        await app.http.inject({ method: 'DELETE', url: `/api/jurisdictions/${answer.json().id}` });
    }
    for (const [name, problem] of problems) {
      if (/bomb-star|bowtie/.test(name))
        expect([name, problem]).toEqual([name, expect.stringMatching(/^422 .*-?\d+\.\d/)]);
    }
    expect(watch.p99()).toBeLessThan(500);
  });

  test('S3 R12: files through the importer: refused with a reason, nothing stalls, nothing becomes visible', async () => {
    const plain = [...ofKind('GeoJSON'), ...ofKind('archives'), ...ofKind('XML'), ...ofKind('JSON')];
    for (const file of plain) await importFile(kindOf(file) ?? '', join(corpora, file), file);
    // What is only a geometry has no code: given one, it is judged by its shape.
    const folder = mkdtempSync(join(inject('scratch'), 'corpora-'));
    const shapes = ofKind('GeoJSON').filter((file) => file.startsWith('homemade/'));
    for (const file of shapes) {
      const path = join(folder, basename(file));
      const geometry = JSON.parse(readCorpus(file).toString()) as object;
      writeFileSync(path, JSON.stringify({ type: 'Feature', properties: { kode: '52.71.01.1004', nama: 'x' }, geometry })); // biome-ignore format: one line
      await importFile('shapes', path, file);
    }
    const features = ofKind('geometries').flatMap((file) =>
      geometriesOf(readCorpus(file).toString()).map(({ type, coordinates = [] }) => ({ type, coordinates })),
    );
    const path = join(folder, 'geometries.geojson');
    writeFileSync(
      path,
      JSON.stringify({
        type: 'FeatureCollection',
        features: features.map(({ type, coordinates }, i) => ({
          type: 'Feature',
          properties: { kode: `52.${10 + Math.floor(i / 9000)}.01.${1001 + (i % 9000)}`, nama: `x${i}` },
          geometry: { type, coordinates: /Polygon/.test(type) ? placedAt(coordinates, [116, -8.5]) : coordinates },
        })),
      }),
    );
    await importFile('geometries', path, 'geos-xmltester');
    expect(await app.database.db.selectFrom('area_current').selectAll().execute()).toEqual([]);
    expect(watch.p99()).toBeLessThan(500);
  });

  async function importFile(kind: string, path: string, name: string): Promise<void> {
    const run = () => runImport(app.database.db, [path], { dryRun: true });
    const outcome = await watch.during(`${name} → importer`, run).catch((error: Error) => error);
    if (outcome instanceof Error) {
      expect([name, outcome.name]).toEqual([name, 'ImportError']);
      expect(outcome.message).not.toMatch(/TypeError|undefined/);
      tally.add(kind, 'importer', 'refused file');
      return;
    }
    const [report] = outcome.reports;
    const refused = report?.entries.filter((entry) => entry.kind === 'refused' || entry.kind === 'unmatched') ?? [];
    for (const { note } of refused) tally.add(kind, 'importer', `refused ${reasonOf(note)}`);
    const { repaired = 0 } = report?.counts ?? {};
    for (let i = refused.length; i < (report?.features ?? 0); i++) {
      tally.add(kind, 'importer', i - refused.length < repaired ? 'accepted repaired' : 'accepted');
    }
    // Who draws again must know where.
    for (const { note } of refused)
      if (/intersection|crossing/i.test(note)) expect(note).toMatch(/at -?\d+\.\d+, -?\d/);
  }
});

/** Status of the answer to a GET of exactly this path. */
function statusOf(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, path, host: '127.0.0.1', agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}

function kindOf(file: string): string | undefined {
  return KINDS.find(([pattern]) => pattern.test(file))?.[1];
}

/** The bodies that a file of JSON holds: itself, or a body a line. */
function inputsOf(file: string): { name: string; body: Buffer | string }[] {
  if (!/\.(jsonl|txt)$/.test(file)) return [{ name: file, body: readCorpus(file) }];
  return corpusLines(file).map((body, i) => ({ name: `${file}:${i + 1}`, body }));
}

/** The two texts of `"coordinates":[lon,lat]`. */
function readPair(body: string): [lon: string, lat: string] {
  const inner = /"coordinates":\[(.*)\]/.exec(body)?.[1] ?? '';
  const [lon = '', lat = ''] = inner.split(/,(?![^[]*\])/);
  return [lon || 'null', lat || 'null'];
}

/** A reason without what differs from input to input. */
function reasonOf(note: string): string {
  return note
    .replace(/ at -?\d.*/, '')
    .replace(/[-\d.]+/g, 'n')
    .slice(0, 60);
}
