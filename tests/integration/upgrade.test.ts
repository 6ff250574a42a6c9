import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { verifyAudit } from '../../server/access/audit.queries.ts';
import type { App } from '../../server/app.ts';
import type { Config } from '../../server/config.ts';
import { openDatabase } from '../../server/database/connection.ts';
import type { Incident } from '../../shared/schemas/incident.ts';
import type { Unit } from '../../shared/schemas/unit.ts';
import { fillAsEarlier, OLD_DEVICE, OLD_SESSION, readAll } from '../support/earlier-releases.ts';
import { emptyConfig, engines, openApp } from '../support/engines.ts';

const TITLES = ['Spanduk roboh', 'Curanmor di pasar', 'Tabrakan'];

type Rows = Record<string, unknown>[];

/** Columns that a later migration moved to a table of their own. */
const MOVED: Record<string, string[]> = { analysis: ['about_geom'] };

/** All but the number that tells of jurisdictions' shapes: every start makes them anew. */
const settled = (all: Map<string, Rows>) =>
  new Map(all).set('publication', all.get('publication')?.filter(({ topic }) => topic !== 'jurisdictions') ?? []);

/** Tables of numbers that only grow. */
const GROWN = ['publication', 'event_counter', 'audit_head'];

/** Whether a row is one of those by which a duty gets its end, and ends. */
const isOfEndedDuty = ({ callsign, kind, actor }: Record<string, unknown>) =>
  ['LAMA-1', 'LAMA-4'].includes(String(callsign)) || kind === 'unit.changed' || actor === 'waktu';

/** Rows with these columns alone, in one order. */
const only = (rows: Rows, columns: readonly string[]) =>
  rows.map((row) => JSON.stringify(columns.map((name) => row[name]))).sort();

describe.each(engines())('an upgrade on %s, of a folder that earlier releases filled', (engine) => {
  let config: Config;
  let before: Map<string, Rows>;
  let upgraded: Map<string, Rows>;
  let app: App;
  beforeAll(async () => {
    config = await emptyConfig(engine);
    const old = await openDatabase(config);
    await fillAsEarlier(old.db);
    before = await readAll(old.db);
    await old.close();
    app = await openApp(config, { nights: false });
    // Whose duty is over is switched off by the clock: once, soon after the start.
    const over = async () => (await get('/api/units/1')).status === 'off_duty';
    await vi.waitUntil(over, { timeout: 20_000, interval: 250 });
    upgraded = await readAll(app.database.db);
    // An embedded database that begins with nothing takes as long as both starts after it.
  }, 120_000);
  afterAll(() => app?.close());

  const get = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await app.http.inject({ url, headers });
    expect(answer.statusCode, `${url} ${answer.body.slice(0, 200)}`).toBe(200);
    return answer.json();
  };

  test('every row of every table is there as it was', () => {
    // A table that is forgotten in the filling would be compared without a row.
    expect([...before].filter(([, rows]) => rows.length === 0).map(([name]) => name)).toEqual([]);
    for (const [table, rows] of before) {
      // Numbers that only grow: what is made anew at a start is told.
      if (GROWN.includes(table)) continue;
      const columns = Object.keys(rows[0] ?? {}).filter((name) => !MOVED[table]?.includes(name));
      const after = (upgraded.get(table) ?? []).filter((row) => !isOfEndedDuty(row));
      const same = rows.filter((row) => !isOfEndedDuty(row));
      expect(only(after, columns), table).toEqual(only(same, columns));
    }
    const versions = (all: Map<string, Rows>) => all.get('publication')?.map(({ topic, version }) => [topic, version]);
    const grown = Object.fromEntries(versions(upgraded) ?? []);
    for (const [topic, version] of versions(before) ?? [])
      expect(grown[String(topic)]).toBeGreaterThanOrEqual(version as number);
    const drawn = before.get('analysis')?.flatMap(({ about_geom }) => about_geom ?? []);
    expect(upgraded.get('analysis_place')?.map(({ geom }) => geom)).toEqual(drawn);
  });

  test('a second start changes nothing, and the audit log is whole', async () => {
    await app.close();
    app = await openApp(config, { nights: false });
    expect(settled(await readAll(app.database.db))).toEqual(settled(upgraded));
    const { faults, entries } = await verifyAudit(app.database.db);
    expect([faults, entries]).toEqual([[], 5]);
  });

  test('a duty from before every duty had an end is over after twelve hours, or at once; one that shall last lasts', async () => {
    const duty = (callsign: string) => {
      const unit = upgraded.get('unit')?.find((row) => row.callsign === callsign) ?? {};
      const hours = (Date.parse(String(unit.duty_until)) - Date.parse(String(unit.duty_since))) / 3_600_000;
      return [unit.status, unit.duty_until === null ? null : hours];
    };
    expect(duty('LAMA-1')).toEqual(['off_duty', null]);
    expect(duty('LAMA-3')).toEqual(['available', null]);
    expect(duty('LAMA-4')).toEqual(['available', 12]);
    const { entries } = await get('/api/audit?action=unit.off-duty');
    expect(entries).toMatchObject([{ actor: 'waktu', subject: 'unit:1' }]);
  });

  test('who was signed in still is, and sees what was hers', async () => {
    const own = { cookie: `ronda=${OLD_SESSION}` };
    expect(await get('/api/access/me', own)).toMatchObject({
      account: { username: 'kapolsek', passkeys: [{ label: 'Kunci' }] },
    });
    expect((await get('/api/incidents', own)).incidents.map(({ title }: Incident) => title)).toEqual(TITLES);
    expect((await get('/api/analyses', own)).analyses).toHaveLength(2);
    expect((await get('/api/warnings', own)).warnings).toHaveLength(2);
  });

  test('every room answers with what it had', async () => {
    expect((await get('/api/incidents')).incidents.map(({ title }: Incident) => title)).toEqual(TITLES);
    expect((await get('/api/incidents/01890000-0000-7000-8000-000000000001/log')).entries).toHaveLength(2);
    const { units } = await get('/api/units');
    expect(units.map(({ callsign }: Unit) => callsign)).toEqual(['LAMA-1', 'LAMA-2', 'LAMA-3', 'LAMA-4']);
    expect(await get('/api/units/1')).toMatchObject({ position: { lon: 116.105, lat: -8.585 } });
    expect((await get('/api/devices')).devices).toHaveLength(2);
    expect((await get('/api/places')).places).toHaveLength(2);
    expect((await get('/api/areas?q=ampenan')).areas.length).toBeGreaterThan(1);
    expect((await get('/api/quarantine')).fixes).toHaveLength(1);
    expect((await get('/api/accounts')).accounts).toMatchObject([{ username: 'kapolsek' }, { username: 'operator' }]);
    expect((await get('/api/jurisdictions')).jurisdictions).toHaveLength(3);
    expect((await get('/api/audit')).entries).toHaveLength(5);
    const calendars = JSON.stringify(await get('/api/calendars'));
    for (const name of ['Pilkada Mataram', 'Pilkades Ampenan']) expect(calendars).toContain(name);
    const span = 'from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z&unverified=true';
    expect((await get(`/api/hotspots/areas?level=desa&${span}`)).areas).toMatchObject({ tps: [1], count: [3] });
  });

  test('a phone goes on sending with what it was enrolled with', async () => {
    const url = `/api/ingest/osmand?id=${OLD_DEVICE}&lat=-8.58&lon=116.11`;
    const sent = await app.http.inject({ url, headers: { cookie: '' } });
    expect(sent.statusCode, sent.body).toBe(200);
    expect(await get('/api/units/2')).toMatchObject({ position: { lon: 116.11, lat: -8.58 } });
  });
});
