import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { scopedDb } from '../../server/database/scoped.ts';
import type { AuditEntry } from '../../shared/schemas/audit.ts';
import type { AnalysisSummary, NewAnalysis, SavedAnalysis } from '../../shared/schemas/saved-analysis.ts';
import { newAnalysis } from '../support/analysis.ts';
import { engines, freshApp } from '../support/engines.ts';
import { signInAs, type Towns, twoTowns } from '../support/towns.ts';

type Who = 'own' | 'second' | 'polygon' | 'viewer' | 'everything' | 'wide';

describe.each(engines())('saved analyses on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let people: Record<Who, Record<string, string>>;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    await clear();
    const { area, polygon, everything } = towns.jurisdictions;
    people = {
      own: await signInAs(app, { role: 'analyst', jurisdiction: area }),
      second: await signInAs(app, { role: 'planner', jurisdiction: area }),
      polygon: await signInAs(app, { role: 'analyst', jurisdiction: polygon }),
      viewer: await signInAs(app, { role: 'viewer', jurisdiction: area }),
      everything: await signInAs(app, { role: 'commander', jurisdiction: everything }),
      // Sees everything, and yet saves analyses of one town alone.
      wide: await signInAs(app, { role: 'viewer', jurisdiction: everything }, { role: 'analyst', jurisdiction: area }),
    };
  });
  afterAll(() => app?.close());

  const clear = async () => void (await app.database.db.deleteFrom('analysis').execute());
  const ask = (
    who: Who,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) => app.http.inject({ method, url, headers: { ...people[who], ...headers }, ...(payload ? { payload } : {}) });
  const save = async (who: Who, body: NewAnalysis) => {
    const answer = await ask(who, 'POST', '/api/analyses', body);
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<SavedAnalysis>();
  };
  const titles = async (who: Who) =>
    (await ask(who, 'GET', '/api/analyses')).json<{ analyses: AnalysisSummary[] }>().analyses.map(({ title }) => title);
  const audited = async (action: string) =>
    (await app.http.inject(`/api/audit?action=${action}`)).json<{ entries: AuditEntry[] }>().entries;

  test('who was given a place that is drawn and no longer in force saves nothing that would be about no place', async () => {
    const { rows } = await sql<{ id: number }>`
      WITH made AS (INSERT INTO jurisdiction (name, kind) VALUES ('Posko lama', 'khusus') RETURNING id)
      INSERT INTO jurisdiction_part (jurisdiction_id, geom, valid_to)
      SELECT id, ST_Multi(ST_MakeEnvelope(116, -8.6, 116.2, -8.5, 4326)), '2020-01-01' FROM made
      RETURNING jurisdiction_id AS id`.execute(app.database.db);
    const headers = await signInAs(app, { role: 'analyst', jurisdiction: rows[0]?.id ?? 0 });
    const answer = await app.http.inject({ method: 'POST', url: '/api/analyses', payload: newAnalysis(null), headers });
    expect([answer.statusCode, answer.json().message]).toEqual([403, expect.stringMatching(/^body\.spec\.area/)]);
  });

  test('what was saved is read back whole, and sending it twice stores it once', async () => {
    const body = newAnalysis(null);
    const made = await save('own', body);
    expect(made).toMatchObject({ ...body, version: 1, mayChange: true });
    const again = await ask('own', 'POST', '/api/analyses', body);
    expect([again.statusCode, again.json()]).toEqual([200, made]);
    const read = await ask('viewer', 'GET', `/api/analyses/${body.id}`);
    expect([read.statusCode, read.headers.etag]).toEqual([200, '"1"']);
    expect(read.json()).toEqual({ ...made, mayChange: false });
    const other = await ask('own', 'POST', '/api/analyses', { ...body, dataVersion: 'b2' });
    expect([other.statusCode, other.json().details[0].field]).toEqual([409, 'body.id']);
    const { analyses, more } = (await ask('second', 'GET', '/api/analyses')).json();
    const { note, camera, figures, ...summary } = made;
    expect([analyses, more]).toEqual([[summary], false]);
    expect((await audited('analysis.created'))[0]).toMatchObject({
      subject: `analysis:${body.id}`,
      detail: { title: body.title, areas: ['52.71'] },
    });
    await clear();
  });

  test('it is renamed, saved anew and deleted by its version; each is written down', async () => {
    const body = newAnalysis('52.71');
    await save('own', body);
    const url = `/api/analyses/${body.id}`;
    expect((await ask('second', 'PATCH', url, { title: 'x' })).statusCode).toBe(428);
    expect((await ask('second', 'PATCH', url, { title: 'x' }, { 'if-match': '"2"' })).statusCode).toBe(412);
    expect((await ask('second', 'PATCH', url, {}, { 'if-match': '"1"' })).statusCode).toBe(400);
    const blank = await ask('second', 'PATCH', url, { title: ' \t ' }, { 'if-match': '"1"' });
    expect([blank.statusCode, blank.json().details[0].field]).toEqual([422, 'body.title']);
    const renamed = await ask('second', 'PATCH', url, { title: 'Curanmor' }, { 'if-match': '"1"' });
    expect([renamed.statusCode, renamed.headers.etag]).toEqual([200, '"2"']);
    expect(renamed.json()).toMatchObject({ title: 'Curanmor', note: body.note, figures: body.figures, version: 2 });
    const { id, ...content } = newAnalysis('52.71.01', { dataVersion: 'c3', camera: null });
    const anew = await ask('own', 'PUT', url, content, { 'if-match': '"2"' });
    expect([anew.statusCode, anew.json()]).toEqual([
      200,
      expect.objectContaining({ ...content, id: body.id, version: 3 }),
    ]);
    expect((await ask('viewer', 'DELETE', url, undefined, { 'if-match': '"3"' })).statusCode).toBe(403);
    expect((await ask('own', 'DELETE', url, undefined, { 'if-match': '"2"' })).statusCode).toBe(412);
    expect((await ask('own', 'DELETE', url, undefined, { 'if-match': '"3"' })).statusCode).toBe(204);
    expect((await ask('own', 'DELETE', url, undefined, { 'if-match': '"3"' })).statusCode).toBe(404);
    const subject = `analysis:${body.id}`;
    const changes = (await audited('analysis.changed')).filter((entry) => entry.subject === subject);
    expect(changes.map(({ detail }) => (detail as { fields: string[] }).fields)).toEqual([
      expect.arrayContaining(['spec', 'figures']),
      ['title'],
    ]);
    expect((await audited('analysis.deleted'))[0]).toMatchObject({ subject, detail: { title: content.title } });
  });

  test('only who may see all the places it is about sees it', async () => {
    await save('own', newAnalysis(null, { title: 'kota' }));
    await save('everything', newAnalysis('52.71.01', { title: 'kecamatan' }));
    await save('everything', newAnalysis('52.08', { title: 'kota lain' }));
    await save('everything', newAnalysis('52', { title: 'provinsi' }));
    await save('everything', newAnalysis(null, { title: 'semua' }));
    // The surroundings of what was treated may lie beyond the area that is asked for.
    await save('everything', newAnalysis('52.71', { title: 'dampak', view: 'effect' }));
    await save('polygon', newAnalysis(null, { title: 'pelabuhan' }));
    // The town’s border is that of what was drawn: its people see all of it.
    for (const who of ['own', 'second', 'viewer'] as const)
      expect([who, ...(await titles(who))].sort()).toEqual([who, 'kecamatan', 'kota', 'pelabuhan'].sort());
    expect(await titles('polygon')).toEqual(['pelabuhan']);
    expect(await titles('everything')).toHaveLength(7);
    const all = await app.database.db.selectFrom('analysis').select(['id', 'title']).execute();
    for (const { id, title } of all) {
      const seen = ['kecamatan', 'kota', 'pelabuhan'].includes(title);
      expect([title, (await ask('own', 'GET', `/api/analyses/${id}`)).statusCode]).toEqual([title, seen ? 200 : 404]);
      const change = await ask('own', 'PATCH', `/api/analyses/${id}`, { note: '' }, { 'if-match': '"1"' });
      expect([title, change.statusCode]).toEqual([title, seen ? 200 : 404]);
    }
    // Whose id it is, is not told beyond that it is taken.
    const [hidden] = all.filter(({ title }) => title === 'semua');
    const taken = await ask('own', 'POST', '/api/analyses', newAnalysis(null, { id: hidden?.id ?? '' }));
    expect([taken.statusCode, taken.body.includes('semua')]).toEqual([409, false]);

    // The second wall, where the first is forgotten.
    const { area, polygon } = towns.jurisdictions;
    const of = (codes: string[], jurisdictions: number[]) =>
      scopedDb(app.database.pool, { everything: false, codes, jurisdictions });
    const rows = async (db: ReturnType<typeof of>) =>
      (await db.selectFrom('analysis').select('title').orderBy('title').execute()).map(({ title }) => title);
    expect(await rows(of(['52.71'], [area]))).toEqual(['kecamatan', 'kota', 'pelabuhan']);
    expect(await rows(of([], [polygon]))).toEqual(['pelabuhan']);
    expect(await rows(of([], []))).toEqual([]);
    const wall = of(['52.71'], [area]);
    await expect(
      wall
        .updateTable('analysis')
        .set({ about_codes: ['52'] })
        .execute(),
    ).rejects.toThrow(/row-level security/);
    expect((await of(['52.08'], []).deleteFrom('analysis').executeTakeFirst()).numDeletedRows).toBe(1n);
    await clear();
  });

  test('figures of more than where somebody may save are not saved', async () => {
    for (const area of [null, '52', '52.08']) {
      const answer = await ask('wide', 'POST', '/api/analyses', newAnalysis(area));
      expect([area, answer.statusCode, answer.json().details?.[0].field]).toEqual([area, 403, 'body.spec.area']);
    }
    await save('wide', newAnalysis('52.71'));
    const outside = await ask('own', 'POST', '/api/analyses', newAnalysis('52.08'));
    expect([outside.statusCode, outside.json().details[0].field]).toEqual([403, 'body.spec.area']);
    // Of a province, who sees one town of it has counted that town.
    await save('own', newAnalysis('52', { title: 'sebagian' }));
    expect(await titles('viewer')).toContain('sebagian');
    expect((await ask('viewer', 'POST', '/api/analyses', newAnalysis('52.71'))).statusCode).toBe(403);
    await clear();
  });

  test('the analyst’s text is looked through for personal data, any text is kept as text', async () => {
    const warned = await ask('own', 'POST', '/api/analyses', newAnalysis('52.71', { note: 'Hubungi 0812-3456-7890.' }));
    expect([warned.statusCode, warned.json().warnings]).toEqual([
      201,
      [{ field: 'body.note', problem: expect.stringContaining('a phone number') }],
    ]);
    const odd = newAnalysis('52.71', { title: '=1+1 <b>\ud800', note: 'a\0b' });
    odd.figures.top[0] = { place: 'x\ud800', name: 'n\0', count: 1, baselineCount: 0, value: null, p: null };
    const answer = await ask('own', 'POST', '/api/analyses', odd);
    expect([answer.statusCode, answer.json()]).toEqual([
      201,
      expect.objectContaining({ title: '=1+1 <b>\ufffd', note: 'ab' }),
    ]);
    await clear();
  });

  test('what is wrong is told by its field; too much is refused', async () => {
    const body = newAnalysis('52.71');
    const top = body.figures.top[0];
    const wrong: [object, number][] = [
      [{ ...body, id: 'x' }, 400],
      [{ ...body, spec: { ...body.spec, alpha: 7 } }, 400],
      [{ ...body, spec: { ...body.spec, suspect: 'x' } }, 400],
      [{ ...body, view: 'none' }, 400],
      [{ ...body, camera: { ...body.camera, lat: 91 } }, 400],
      [{ ...body, figures: { ...body.figures, top: Array.from({ length: 301 }, () => top) } }, 400],
      [{ ...body, figures: { ...body.figures, more: {} } }, 400],
      [{ ...body, note: 'x'.repeat(20_001) }, 400],
      [{ ...body, note: 'x'.repeat(300_000) }, 413],
    ];
    for (const [changed, status] of wrong)
      expect((await ask('own', 'POST', '/api/analyses', changed)).statusCode).toBe(status);
    expect((await ask('own', 'GET', `/api/analyses/${uuidv7()}`)).statusCode).toBe(404);
    expect((await ask('own', 'GET', '/api/analyses/7')).statusCode).toBe(400);
    expect(await titles('own')).toEqual([]);
  });

  test('who loses part of a jurisdiction loses the analyses of it', async () => {
    const { db } = app.database;
    await save('polygon', newAnalysis(null, { title: 'pelabuhan' }));
    expect(await titles('polygon')).toEqual(['pelabuhan']);
    const { polygon } = towns.jurisdictions;
    const shapes = await db
      .selectFrom('jurisdiction_shape')
      .selectAll()
      .where('jurisdiction_id', '=', polygon)
      .execute();
    await db.deleteFrom('jurisdiction_shape').where('jurisdiction_id', '=', polygon).execute();
    expect(await titles('polygon')).toEqual([]);
    await db.insertInto('jurisdiction_shape').values(shapes).execute();
    expect(await titles('polygon')).toEqual(['pelabuhan']);
    await clear();
  });
});
