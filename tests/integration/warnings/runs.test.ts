import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { App } from '../../../server/app.ts';
import type { FamilyCounts } from '../../../server/warnings/family.ts';
import { judgeFamily } from '../../../server/warnings/family.ts';
import type { Judges } from '../../../server/warnings/judges.ts';
import { Runner } from '../../../server/warnings/runner.ts';
import type { AuditEntry } from '../../../shared/schemas/audit.ts';
import type { EarlyWarning, WarningRun } from '../../../shared/schemas/warning.ts';
import { engines, freshConfig, openApp } from '../../support/engines.ts';
import { NOON, putIncidents, putTowns, steady } from '../../support/rising-town.ts';

/** Judges within this thread, so that a test can hold them up. */
const here = (before: () => Promise<void> = async () => {}): Judges => ({
  async judge(counts: FamilyCounts) {
    await before();
    return judgeFamily(counts);
  },
  async close() {},
});

describe.each(engines())('runs of early warning on %s', (engine) => {
  let app: App;
  let other: App;
  const clock = { now: NOON };
  beforeAll(async () => {
    const config = await freshConfig(engine);
    app = await openApp(config, { now: () => clock.now, nights: false });
    // The embedded engine has one server only; there the second one is another runner on the same database.
    other = engine === 'served' ? await openApp({ ...config, dataDir: `${config.dataDir}-2` }, { nights: false }) : app;
    await putTowns(app.database.db);
    await putIncidents(app.database.db, [
      { code: '52.71.01.1001', weeks: steady(30, 3, [9, 11, 12]) },
      { code: '52.71.01.1002', weeks: steady(30, 3) },
      { code: '52.08.01.1001', weeks: steady(30, 3, [8, 10, 13]) },
      // What is not counted would raise a warning of its own.
      { code: '52.08.01.1002', weeks: steady(30, 3) },
      { code: '52.08.01.1002', weeks: [30, 30], source: 'patrol' },
      ...['new', 'false', 'duplicate', 'unverifiable'].map((status) => ({
        code: '52.08.01.1002',
        weeks: [30, 30],
        status,
      })),
    ]);
  });
  afterAll(async () => {
    await app?.close();
    if (other !== app) await other?.close();
  });

  const runner = (on: App, judges: () => Judges, silentMs = 60_000) =>
    new Runner({
      db: on.database.db,
      bus: on.bus,
      now: () => clock.now,
      judges,
      silentMs,
      onFailure: (error) => {
        throw error;
      },
    });
  const list = async (query = '') =>
    (await app.http.inject(`/api/warnings${query}`)).json<{ warnings: EarlyWarning[] }>().warnings;
  const told = (warnings: EarlyWarning[]) => warnings.map(({ area, rule }) => `${area.code} ${rule}`).sort();
  const events = async () => {
    const rows = await app.database.db.selectFrom('event').select(['kind', 'scope_codes']).orderBy('seq').execute();
    return rows.filter(({ kind }) => kind.startsWith('warning.'));
  };

  test('a run that dies in its middle leaves nothing, and another server does it anew', async () => {
    let reached = () => {};
    const middle = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const dead = runner(app, () =>
      here(() => {
        reached();
        return new Promise(() => {});
      }),
    );
    void dead.look();
    await middle;
    expect(await list()).toEqual([]);
    expect(await events()).toEqual([]);
    // It may still live: nobody else begins.
    expect(await runner(other, here).look()).toEqual([]);
    await app.database.db
      .updateTable('early_warning_run')
      .set({ beat_at: new Date(0) })
      .execute();
    expect(await runner(other, here).look()).toEqual(['WITA']);
    expect(told(await list())).toEqual([
      '52.08.01.1001 cusum',
      '52.08.01.1001 ewma',
      '52.71.01.1001 cusum',
      '52.71.01.1001 ewma',
    ]);
  });

  test('of two servers that look in the same moment one does the night, and no second time', async () => {
    const before = (await events()).length;
    clock.now += 24 * 3_600_000;
    await putIncidents(app.database.db, [{ code: '52.71.01.1001', weeks: [2] }], clock.now);
    const done = await Promise.all([runner(app, here).look(), runner(other, here).look()]);
    expect(done.flat()).toEqual(['WITA']);
    expect(await runner(other, here).look()).toEqual([]);
    // The same four go on, each told of once.
    const warnings = await list();
    expect(warnings).toHaveLength(4);
    for (const { version, lastDay, state } of warnings)
      expect([version, lastDay, state]).toEqual([2, '2026-11-22', 'open']);
    expect((await events()).slice(before).map(({ kind }) => kind)).toEqual(Array(4).fill('warning.changed'));
  });

  test('before the quiet hour of the zone nothing is done, after it the day is', async () => {
    clock.now = Date.parse('2026-11-23T18:59:00Z');
    expect(await runner(app, here).look()).toEqual([]);
    clock.now = Date.parse('2026-11-23T19:00:00Z');
    expect(await runner(app, here).look()).toEqual(['WITA']);
  });

  test('what is no longer found ends, and comes back as another warning', async () => {
    const { db } = app.database;
    await sql`DELETE FROM incident WHERE occurred_at > '2026-11-03' AND '52.08' = ANY(area_codes)`.execute(db);
    clock.now += 24 * 3_600_000;
    expect(await runner(app, here).look()).toEqual(['WITA']);
    expect(told(await list('?state=open'))).toEqual(['52.71.01.1001 cusum', '52.71.01.1001 ewma']);
    const ended = await list('?state=ended');
    expect(told(ended)).toEqual(['52.08.01.1001 cusum', '52.08.01.1001 ewma']);
    expect(ended.map(({ endReason }) => endReason)).toEqual(['over', 'over']);
    await putIncidents(db, [{ code: '52.08.01.1001', weeks: [9, 14, 16] }], clock.now);
    clock.now += 24 * 3_600_000;
    expect(await runner(app, here).look()).toEqual(['WITA']);
    expect(told(await list('?area=52.08'))).toHaveLength(4);
    expect(told(await list('?area=52.08&state=open'))).toHaveLength(2);
    expect(await list('?categories=bencana')).toEqual([]);
  });

  test('asked for, the thread does it; the same counts have the same version and the same figures', async () => {
    const before = await list('?state=open');
    const asked = await app.http.inject({ method: 'POST', url: '/api/warnings/runs', payload: {} });
    expect(asked.statusCode, asked.body).toBe(202);
    const { id } = asked.json<WarningRun>();
    await vi.waitFor(async () => {
      const { runs } = (await app.http.inject('/api/warnings/runs')).json<{ runs: WarningRun[] }>();
      expect(runs[0]).toMatchObject({ id, cause: 'asked', state: 'finished', done: 102, total: 102, tooShort: false });
    }, 20_000);
    const after = await list('?state=open');
    const figures = ({ run, version, ...rest }: EarlyWarning) => rest;
    expect(after.map(figures)).toEqual(before.map(figures));
    expect(after.every(({ run }) => run === id)).toBe(true);
  });

  test('who asks again and again keeps nobody from his run: the same places rest for as long as they took', async () => {
    const ask = () => app.http.inject({ method: 'POST', url: '/api/warnings/runs', payload: {} });
    const runs = () => app.database.db.selectFrom('early_warning_run').select('id').execute();
    const before = await runs();
    clock.now += 40_000;
    const soon = await ask();
    expect([soon.statusCode, soon.headers['retry-after'], soon.json().code]).toEqual([429, '20', 'too_many_requests']);
    expect(await runs()).toEqual(before);
    // A long one rests as long as it took; the night's is not kept from anything.
    const long = new Date(clock.now - 600_000);
    await app.database.db
      .updateTable('early_warning_run')
      .set({ started_at: long })
      .where('id', '=', before.at(-1)?.id ?? 0)
      .execute();
    clock.now += 60_000;
    expect(Number((await ask()).headers['retry-after'])).toBe(460);
    clock.now += 24 * 3_600_000;
    expect(await runner(app, here).look()).toEqual(['WITA']);
    const later = await ask();
    expect(later.statusCode, later.body).toBe(202);
    // While it is under way it is told of.
    await vi.waitFor(async () => {
      const { runs } = (await app.http.inject('/api/warnings/runs')).json<{ runs: WarningRun[] }>();
      expect(runs[0]).toMatchObject({ id: later.json().id, state: 'finished' });
    }, 20_000);
    clock.now += 60_000;
  });

  test('the version of a warning is that of the counts of its own kota', async () => {
    const versions = async (kota: string) => (await list(`?state=open&area=${kota}`)).map((one) => one.dataVersion);
    const [own, other] = [await versions('52.71'), await versions('52.08')];
    expect([own.length, other.length]).toEqual([2, 2]);
    await putIncidents(app.database.db, [{ code: '52.08.01.1002', weeks: [1] }], clock.now);
    const asked = await app.http.inject({ method: 'POST', url: '/api/warnings/runs', payload: {} });
    const { id } = asked.json<WarningRun>();
    await vi.waitFor(async () => expect((await list('?state=open')).every(({ run }) => run === id)).toBe(true), 20_000);
    expect(await versions('52.71')).toEqual(own);
    for (const version of await versions('52.08')) expect(other).not.toContain(version);
  });

  test('each warning says since when, how far over its bound and how sure, with the weeks behind it', async () => {
    const [{ id } = { id: '' }] = await list('?state=open&area=52.71');
    const answer = await app.http.inject(`/api/warnings/${id}`);
    expect(answer.headers.etag).toMatch(/^"\d+"$/);
    const warning = answer.json();
    expect(warning.area).toEqual({ code: '52.71.01.1001', name: 'Desa Satu 52.71', level: 'desa' });
    expect(warning.statistic).toBeGreaterThan(warning.upperBound);
    expect(warning.p).toBeLessThan(0.01);
    const { series } = warning;
    expect(series.counts).toHaveLength(series.startsOn.length);
    expect(series.bound).toHaveLength(series.counts.length - series.judgedFrom);
    expect(series.counts.at(-1)).toBe(warning.observed);
    // It keeps the beginning that was seen first, whatever later runs take for it.
    expect(warning.since >= series.startsOn[series.judgedFrom] && warning.since < warning.lastDay).toBe(true);
    expect((await app.http.inject('/api/warnings/01890000-0000-7000-8000-000000000000')).statusCode).toBe(404);
    for (const query of ['cursor=x', 'categories=x', 'state=x', 'limit=0', 'area=x'])
      expect([query, (await app.http.inject(`/api/warnings?${query}`)).statusCode]).toEqual([query, 400]);
  });

  test('the warnings of a kota that is no longer in force end, and say why', async () => {
    const { db } = app.database;
    const before = (await events()).length;
    const open = await list('?state=open&area=52.08');
    expect(open).toHaveLength(2);
    await sql`DELETE FROM area_current WHERE code LIKE '52.08%'`.execute(db);
    expect(await runner(app, here).look()).toEqual([]);
    expect(await list('?state=open&area=52.08')).toEqual([]);
    const ids = new Set(open.map(({ id }) => id));
    const ended = (await list('?state=ended&area=52.08')).filter(({ id }) => ids.has(id));
    expect(ended.map(({ endReason, endedAt }) => [endReason, endedAt])).toEqual(
      Array(2).fill(['not-in-force', new Date(clock.now).toISOString()]),
    );
    expect((await events()).slice(before)).toEqual(
      Array(2).fill({ kind: 'warning.changed', scope_codes: expect.arrayContaining(['52.08']) }),
    );
    // Those of the other go on, and nothing is told twice.
    expect(await list('?state=open&area=52.71')).toHaveLength(2);
    expect(await runner(app, here).look()).toEqual([]);
    expect(await events()).toHaveLength(before + 2);
  });

  test('pages follow one another without gap', async () => {
    const all = await list();
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { warnings: EarlyWarning[]; next: string | null } = (
        await app.http.inject(`/api/warnings?limit=1${cursor && `&cursor=${cursor}`}`)
      ).json();
      seen.push(...page.warnings.map(({ id }) => id));
      cursor = page.next;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  test('an outcome is recorded once for a version, and makes the precision of its rule', async () => {
    const patch = (id: string, version: number | undefined, payload: object) =>
      app.http.inject({
        method: 'PATCH',
        url: `/api/warnings/${id}`,
        headers: version === undefined ? {} : { 'if-match': `"${version}"` },
        payload,
      });
    const [one, two] = (await list('?state=ended')).filter(({ rule }) => rule === 'cusum').concat(await list());
    if (!one || !two) throw new Error('no warnings');
    expect((await patch(one.id, undefined, { outcome: 'true' })).statusCode).toBe(428);
    expect((await patch(one.id, 99, { outcome: 'true' })).statusCode).toBe(412);
    expect((await patch(one.id, one.version, { outcome: 'maybe' })).statusCode).toBe(400);
    const stored = await patch(one.id, one.version, { outcome: 'true', note: 'Hubungi 081234567890' });
    expect(stored.statusCode, stored.body).toBe(200);
    expect(stored.json()).toMatchObject({
      outcome: { verdict: 'true', note: 'Hubungi 081234567890' },
      version: one.version + 1,
      warnings: [{ field: 'body.note' }],
    });
    expect((await patch(one.id, one.version, { outcome: 'false' })).statusCode).toBe(412);
    const { rules } = (await app.http.inject('/api/warnings/precision')).json();
    const cusum = rules.find(({ rule }: { rule: string }) => rule === 'cusum');
    // Wilson's interval of one of one: 1/(1 + z²) to 1.
    expect(cusum).toMatchObject({ true: 1, false: 0, unclear: 0, precision: 1, high: 1 });
    expect(cusum.low).toBeCloseTo(0.2065, 4);
    const taken = await patch(one.id, one.version + 1, { outcome: null });
    expect(taken.json().outcome).toBeNull();
    const { entries } = (await app.http.inject('/api/audit?action=warning.judged')).json<{ entries: AuditEntry[] }>();
    expect(entries.map(({ subject, detail }) => [subject, detail])).toEqual([
      [`warning:${one.id}`, { outcome: null }],
      [`warning:${one.id}`, { outcome: 'true' }],
    ]);
  });

  test('an outcome that cannot be written down is not recorded', async () => {
    const { db } = app.database;
    const [one] = await list();
    if (!one) throw new Error('no warnings');
    await sql`ALTER TABLE audit RENAME TO audit_away`.execute(db);
    const answer = await app.http.inject({
      method: 'PATCH',
      url: `/api/warnings/${one.id}`,
      headers: { 'if-match': `"${one.version}"` },
      payload: { outcome: 'true' },
    });
    await sql`ALTER TABLE audit_away RENAME TO audit`.execute(db);
    expect(answer.statusCode).toBe(500);
    expect((await app.http.inject(`/api/warnings/${one.id}`)).json()).toMatchObject({
      outcome: null,
      version: one.version,
    });
  });
});
