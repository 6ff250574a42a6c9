import type { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendExport } from '../../server/access/exports.ts';
import { findPrincipal, PART_ZONE } from '../../server/access/principal.queries.ts';
import { TOKEN_PRINCIPAL } from '../../server/access/principal.ts';
import { hashOf } from '../../server/access/principals.ts';
import { EVERYTHING, type Scope, scopeOf } from '../../server/access/scope.ts';
import type { App } from '../../server/app.ts';
import { ZONE_NAMES, zoneOf } from '../../shared/geo/zone.ts';
import type { AuditEntry } from '../../shared/schemas/audit.ts';
import type { Incident } from '../../shared/schemas/incident.ts';
import { corpusLines } from '../support/corpora.ts';
import { engines, freshApp } from '../support/engines.ts';
import { signInAs, type Towns, twoTowns } from '../support/towns.ts';

const reopen = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true });

describe.each(engines())('exports of %s', (engine) => {
  let app: App;
  let towns: Towns;
  let analyst: Record<string, string>;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    analyst = await signInAs(app, { role: 'analyst', jurisdiction: towns.jurisdictions.area });
  });
  afterAll(() => app?.close());

  const get = (url: string, headers?: Record<string, string>) =>
    app.http.inject({ url, ...(headers ? { headers } : {}) });
  const report = async (fields: object) => {
    const payload = {
      id: uuidv7(),
      category: 'kamtibmas',
      severity: 'low',
      source: 'radio',
      title: 'Laporan',
      occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
      location: { lon: towns.own.lon, lat: towns.own.lat },
      ...fields,
    };
    const answer = await app.http.inject({ method: 'POST', url: '/api/incidents', payload });
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<Incident>();
  };
  const audited = async (action: string) =>
    (await get(`/api/audit?action=${action}`)).json<{ entries: AuditEntry[] }>().entries;
  const nameOf = async (headers: Record<string, string>) => {
    const { username } = await app.database.db
      .selectFrom('session')
      .innerJoin('account', 'account.id', 'account_id')
      .select('username')
      .where('id_hash', '=', hashOf((headers.cookie ?? '').replace('ronda=', '')))
      .executeTakeFirstOrThrow();
    return username;
  };

  test('the list as a file: within the jurisdiction, marked with who took it and when, and written down', async () => {
    const answer = await get('/api/incidents.csv?severities=serious', analyst);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="ronda-kejadian-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows = reopen(answer.body);
    const { incident, lon, lat, word, code } = towns.own;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      id: incident,
      title: `${word} laporan`,
      severity: 'serious',
      lon: String(lon),
      lat: String(lat),
      areaCode: code,
      areas: 'Kota Satu, Provinsi',
    });
    const actor = await nameOf(analyst);
    expect(rows[0]?.exportedBy).toBe(actor);
    expect(Math.abs(Date.parse(rows[0]?.dataAsOf ?? '') - Date.now())).toBeLessThan(60_000);
    expect((await audited('incidents.exported'))[0]).toMatchObject({
      actor,
      at: rows[0]?.dataAsOf,
      detail: { filter: { severities: 'serious' }, rows: 1 },
    });
    // Whoever may see everything finds the other town’s as well.
    const all = reopen((await get('/api/incidents.csv')).body).map(({ id }) => id);
    expect(all).toContain(towns.other.incident);
  });

  test('without the permission nothing, without a proof nothing, and nothing is written down of it', async () => {
    const before = (await audited('incidents.exported')).length;
    for (const role of ['viewer', 'operator', 'dispatcher', 'administrator'] as const) {
      const headers = await signInAs(app, { role, jurisdiction: towns.jurisdictions.everything });
      expect((await get('/api/incidents.csv', headers)).json()).toMatchObject({ code: 'forbidden' });
    }
    const idle = await signInAs(app, { role: 'analyst', jurisdiction: towns.jurisdictions.area });
    await app.database.db
      .updateTable('account')
      .set({ password_hash: 'one' })
      .where('username', '=', await nameOf(idle))
      .execute();
    await app.database.db
      .updateTable('session')
      .set({ stepped_up_at: new Date(Date.now() - 11 * 60_000) })
      .where('id_hash', '=', hashOf((idle.cookie ?? '').replace('ronda=', '')))
      .execute();
    const answer = await get('/api/incidents.csv', idle);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'step_up_required']);
    expect((await get('/api/incidents.csv?severities=none', analyst)).statusCode).toBe(400);
    expect((await get('/api/incidents.csv?limit=5', analyst)).statusCode).toBe(400);
    expect((await app.http.inject({ method: 'HEAD', url: '/api/incidents.csv', headers: analyst })).statusCode).toBe(
      404,
    );
    expect(await audited('incidents.exported')).toHaveLength(before);
  });

  test('S6: text that begins like a formula is reopened as text, wherever it stood', async () => {
    const texts = [...new Set([...corpusLines('homemade/csv-formula.txt'), '=1+1', '@SUM(1)', '-1+1', '\t=1', '\r=1'])];
    const sent = new Map<string, Incident>();
    for (const text of texts) {
      const incident = await report({ category: 'sar', title: `${text}`, description: text, place: text });
      sent.set(incident.id, incident);
    }
    const rows = reopen((await get('/api/incidents.csv?categories=sar', analyst)).body);
    expect(rows).toHaveLength(texts.length);
    let guarded = 0;
    for (const row of rows) {
      const incident = sent.get(row.id ?? '');
      for (const name of ['title', 'description', 'place'] as const) {
        const [was = '', is = ''] = [incident?.[name], row[name]];
        expect(is).not.toMatch(/^[=+\-@\t\r]/);
        expect(is.replace(/(^|[;\r\n])'/g, '$1')).toBe(was);
        if (is !== was) guarded++;
      }
      expect(Number(row.lat)).toBe(towns.own.lat);
    }
    expect(guarded).toBeGreaterThanOrEqual(15);
    console.log(`S6 (${engine}): ${texts.length} texts in 3 columns, ${guarded} cells guarded, all read back`);
  });

  test('longer than a page: every row once, in the order of the list', async () => {
    // Three at each time: the order between them is by their ids.
    await app.database.pool.query(
      `INSERT INTO incident (id, category, severity, status, source, title, occurred_at, time_precision, reported_at, geom,
         area_codes, area_match, request_hash)
       SELECT gen_random_uuid(), 'narkotika', severity, status, source, title, occurred_at - n / 3 * interval '1 minute',
         time_precision, reported_at, geom, area_codes, area_match, request_hash
       FROM incident, generate_series(1, 1203) AS n WHERE id = $1`,
      [towns.own.incident],
    );
    const rows = reopen((await get('/api/incidents.csv?categories=narkotika', analyst)).body);
    expect(rows).toHaveLength(1_203);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1_203);
    const times = rows.map(({ occurredAt }) => occurredAt ?? '');
    expect(times).toEqual([...times].sort().reverse());
    expect((await audited('incidents.exported'))[0]).toMatchObject({ detail: { rows: 1_203 } });
  });

  test('S9: a file on its way breaks off when the right to it is taken back', async () => {
    const { db } = app.database;
    const headers = await signInAs(app, { role: 'analyst', jurisdiction: towns.jurisdictions.area });
    const idHash = hashOf((headers.cookie ?? '').replace('ronda=', ''));
    const { principal } = (await findPrincipal(db, idHash, Date.now())) ?? expect.unreachable();
    const scope = scopeOf(principal, 'export', Date.now());
    async function* pages() {
      for (let page = 1; page <= 3; page++) {
        if (page === 2) {
          const { numUpdatedRows } = await db
            .updateTable('access_grant')
            .set({ revoked_at: new Date() })
            .where('account_id', '=', principal.accountId)
            .executeTakeFirstOrThrow();
          expect(numUpdatedRows).toBe(1n);
        }
        yield [[`halaman ${page}`]];
      }
    }
    const sent: Readable[] = [];
    const reply = { type: () => reply, header: () => reply, send: (file: Readable) => sent.push(file) };
    const request = { principal, scope, routeOptions: { config: { access: 'export' } } };
    await sendExport({ db, now: Date.now }, request as unknown as FastifyRequest, reply as unknown as FastifyReply, {
      action: 'incidents.exported',
      file: 'uji',
      filter: {},
      columns: ['a'],
      count: async () => 3,
      pages,
    });
    let text = '';
    const reading = async () => {
      for await (const piece of sent[0] ?? []) text += piece;
    };
    await expect(reading()).rejects.toThrow(/taken back/);
    expect(text).toContain('halaman 1');
    expect(text).not.toContain('halaman 2');
  });

  test.each([
    ['2026-11-22T15:59:59Z', '2026-11-22'],
    ['2026-11-22T16:00:00Z', '2026-11-23'],
  ])('a file of %s bears the day that it is where the asker’s jurisdiction lies: %s', async (time, day) => {
    const { db } = app.database;
    const { area, polygon } = towns.jurisdictions;
    const reaches: Scope[] = [
      { key: 'area', everything: false, codes: [towns.own.code], jurisdictions: [area], drawn: [], within: [] },
      { key: 'drawn', everything: false, codes: [], jurisdictions: [polygon], drawn: [polygon], within: [] },
      EVERYTHING,
    ];
    for (const scope of reaches) {
      const headers: Record<string, string> = {};
      const reply = {
        type: () => reply,
        header: (name: string, value: string) => {
          headers[name] = value;
          return reply;
        },
        send: () => reply,
      };
      const request = { principal: TOKEN_PRINCIPAL, scope, routeOptions: { config: { access: 'export' } } };
      const table = { action: 'test.exported', file: 'uji', filter: {}, columns: ['a'], count: async () => 0 };
      await sendExport(
        { db, now: () => Date.parse(time) },
        request as unknown as FastifyRequest,
        reply as unknown as FastifyReply,
        { ...table, async *pages() {} },
      );
      expect([scope.key, headers['content-disposition']]).toEqual([
        scope.key,
        `attachment; filename="ronda-uji-${day}.csv"`,
      ]);
    }
  });

  test('the database finds the same zone of a jurisdiction’s part as page and server do', async () => {
    const codes = Array.from({ length: 90 }, (_, index) => ({ code: `${index + 10}.01`, lon: null }));
    const places = [95, 114.4, 114.5, 126.9, 127, 141].map((lon) => ({ code: null, lon }));
    const parts = [...codes, ...places];
    const { rows } = await sql<{ zone: string }>`
      SELECT ${PART_ZONE} AS zone FROM (
        SELECT code AS area_code, ST_MakePoint(lon, -5) AS geom
        FROM unnest(${parts.map(({ code }) => code)}::text[], ${parts.map(({ lon }) => lon)}::float8[])
          WITH ORDINALITY AS given (code, lon, place) ORDER BY place
      ) AS p`.execute(app.database.db);
    expect(rows.map(({ zone }) => zone)).toEqual(
      parts.map(({ code, lon }) => ZONE_NAMES[zoneOf(code ?? '', lon ?? undefined)]),
    );
  });

  test('the audit log as a file: of the scope, and itself written down', async () => {
    const commander = await signInAs(app, { role: 'commander', jurisdiction: towns.jurisdictions.area });
    await get('/api/incidents.csv', commander);
    const answer = await get('/api/audit.csv', commander);
    expect(answer.statusCode, answer.body).toBe(200);
    const rows = reopen(answer.body);
    const own = [await nameOf(analyst), await nameOf(commander)];
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) {
      expect(own).toContain(row.actor);
      expect(row.exportedBy).toBe(own[1]);
      expect(JSON.parse(row.detail ?? '')).toBeTypeOf('object');
    }
    expect(answer.body).not.toContain('ADMIN_TOKEN');
    expect((await audited('audit.exported'))[0]).toMatchObject({ actor: own[1], detail: { filter: {} } });
    const everything = reopen((await get('/api/audit.csv?action=audit.exported')).body);
    expect(everything).toHaveLength(1);
    expect((await get('/api/audit.csv', analyst)).statusCode).toBe(403);
  });
});
