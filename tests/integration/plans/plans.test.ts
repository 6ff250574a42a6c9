import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { App } from '../../../server/app.ts';
import { scopedDb } from '../../../server/database/scoped.ts';
import type { AuditEntry } from '../../../shared/schemas/audit.ts';
import { DEFAULT_WEIGHTS, type NewPlan, type Plan, type PlanSummary } from '../../../shared/schemas/plan.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { adding, newPlan, putWards, zoneOf } from '../../support/plans.ts';
import { signInAs, type Towns, twoTowns } from '../../support/towns.ts';

type Who = 'planner' | 'second' | 'drawn' | 'operator' | 'viewer' | 'everything' | 'wide';

describe.each(engines())('plans on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let people: Record<Who, Record<string, string>>;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    await clear();
    await putWards(app.database.db, '52.71', 116.02, -8.62);
    await putWards(app.database.db, '52.08', 116.32, -8.62);
    const { area, polygon, everything } = towns.jurisdictions;
    people = {
      planner: await signInAs(app, { role: 'planner', jurisdiction: area }),
      second: await signInAs(app, { role: 'commander', jurisdiction: area }),
      drawn: await signInAs(app, { role: 'planner', jurisdiction: polygon }),
      operator: await signInAs(app, { role: 'operator', jurisdiction: area }),
      viewer: await signInAs(app, { role: 'viewer', jurisdiction: area }),
      everything: await signInAs(app, { role: 'planner', jurisdiction: everything }),
      // Reads plans everywhere, and yet works on those of one town alone.
      wide: await signInAs(app, { role: 'analyst', jurisdiction: everything }, { role: 'planner', jurisdiction: area }),
    };
  });
  afterAll(() => app?.close());

  const clear = async () => void (await app.database.db.deleteFrom('plan').execute());
  const ask = (
    who: Who,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) => app.http.inject({ method, url, headers: { ...people[who], ...headers }, ...(payload ? { payload } : {}) });
  const make = async (who: Who, body: NewPlan) => {
    const answer = await ask(who, 'POST', '/api/plans', body);
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<Plan>();
  };
  const publish = (id: string) =>
    app.database.db.updateTable('plan').set({ state: 'published' }).where('id', '=', id).execute();
  const titles = async (who: Who, query = '') =>
    (await ask(who, 'GET', `/api/plans${query}`))
      .json<{ plans: PlanSummary[] }>()
      .plans.map(({ title }) => title)
      .sort();
  const audited = async (action: string) =>
    (await app.http.inject(`/api/audit?action=${action}`)).json<{ entries: AuditEntry[] }>().entries;

  test('what was made is read back, and sending it twice makes one', async () => {
    // The kecamatan lies in the kota: the kota is enough.
    const body = newPlan({ title: '  Rencana Oktober ', areas: ['52.71.01', '52.71'] });
    const plan = await make('planner', body);
    expect(plan).toMatchObject({
      id: body.id,
      title: 'Rencana Oktober',
      level: 'rw',
      areas: ['52.71'],
      state: 'draft',
      revision: 0,
      version: 0,
      zoneCount: 0,
      copiedFrom: null,
      publishedBy: null,
      publishedAt: null,
      mayChange: true,
      content: { zones: [], weights: DEFAULT_WEIGHTS },
    });
    const again = await ask('planner', 'POST', '/api/plans', body);
    expect([again.statusCode, again.json()]).toEqual([200, plan]);
    const other = await ask('planner', 'POST', '/api/plans', { ...body, title: 'Lain' });
    expect([other.statusCode, other.json().details[0].field]).toEqual([409, 'body.id']);
    const read = await ask('second', 'GET', `/api/plans/${body.id}`);
    expect([read.statusCode, read.headers.etag, read.json()]).toEqual([200, '"0"', plan]);
    const { content: _, ...summary } = plan;
    expect((await ask('second', 'GET', '/api/plans')).json()).toEqual({ plans: [summary], more: false });
    expect((await audited('plan.created'))[0]).toMatchObject({
      subject: `plan:${body.id}`,
      detail: { title: 'Rencana Oktober', level: 'rw', areas: ['52.71'] },
    });
    await clear();
  });

  test('a draft is renamed and deleted; who would rename what somebody renamed meanwhile is told', async () => {
    const { id } = await make('planner', newPlan({ title: 'Satu' }));
    const url = `/api/plans/${id}`;
    expect((await ask('second', 'PATCH', url, { before: 'Satu', title: 'Dua' })).json()).toMatchObject({
      title: 'Dua',
    });
    // Sent once more, it is done already.
    expect((await ask('second', 'PATCH', url, { before: 'Satu', title: 'Dua' })).statusCode).toBe(200);
    const late = await ask('planner', 'PATCH', url, { before: 'Satu', title: 'Tiga' });
    expect([late.statusCode, late.json().details[0].field, late.json().message]).toEqual([
      409,
      'body.before',
      expect.stringContaining('“Dua”'),
    ]);
    // Who edited last is not said to have named it.
    await ask('planner', 'POST', `${url}/edits`, { id: uuidv7(), edit: adding(zoneOf([1])) });
    const later = await ask('second', 'PATCH', url, { before: 'Satu', title: 'Tiga' });
    const { updatedBy } = (await ask('planner', 'GET', url)).json<Plan>();
    expect([later.statusCode, later.json().message]).toEqual([409, expect.not.stringContaining(updatedBy)]);
    expect((await ask('planner', 'DELETE', url)).statusCode).toBe(428);
    expect((await ask('planner', 'DELETE', url, undefined, { 'if-match': '"0"' })).statusCode).toBe(412);
    expect((await ask('operator', 'DELETE', url, undefined, { 'if-match': '"1"' })).statusCode).toBe(403);
    expect((await ask('planner', 'DELETE', url, undefined, { 'if-match': '"1"' })).statusCode).toBe(204);
    expect((await ask('planner', 'GET', url)).statusCode).toBe(404);
    expect((await audited('plan.deleted'))[0]).toMatchObject({ subject: `plan:${id}`, detail: { title: 'Dua' } });
    expect(await app.database.db.selectFrom('plan_edit').select('revision').execute()).toEqual([]);
  });

  test('a copy is a draft of what the plan is now; what is published stays as it is', async () => {
    const { id } = await make('planner', newPlan({ title: 'Asal' }));
    const zone = zoneOf([1, 2]);
    await ask('planner', 'POST', `/api/plans/${id}/edits`, { id: uuidv7(), edit: adding(zone) });
    await publish(id);
    for (const [method, payload] of [
      ['PATCH', { before: 'Asal', title: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      const answer = await ask('planner', method, `/api/plans/${id}`, payload, { 'if-match': '"1"' });
      expect([method, answer.statusCode, answer.json().message]).toEqual([
        method,
        409,
        expect.stringContaining('copy'),
      ]);
    }
    const frozen = await ask('planner', 'POST', `/api/plans/${id}/edits`, { id: uuidv7(), edit: adding(zoneOf([3])) });
    expect([frozen.statusCode, frozen.json().message]).toEqual([409, expect.stringContaining('published')]);
    const body = { id: uuidv7(), title: 'Salinan' };
    const copy = await ask('second', 'POST', `/api/plans/${id}/copy`, body);
    expect([copy.statusCode, copy.json()]).toEqual([
      201,
      expect.objectContaining({ ...body, state: 'draft', revision: 0, copiedFrom: { id, title: 'Asal' } }),
    ]);
    expect(copy.json().content.zones).toEqual([zone]);
    expect((await ask('second', 'POST', `/api/plans/${id}/copy`, body)).statusCode).toBe(200);
    const other = await ask('second', 'POST', `/api/plans/${id}/copy`, { ...body, title: 'Lain' });
    expect([other.statusCode, other.json().details[0].field]).toEqual([409, 'body.id']);
    expect((await audited('plan.created'))[0]).toMatchObject({ detail: { copiedFrom: id } });
    await app.database.db.deleteFrom('plan').where('id', '=', id).execute();
    expect((await ask('second', 'GET', `/api/plans/${body.id}`)).json().copiedFrom).toBeNull();
    await clear();
  });

  test('what is deleted in the same moment is not copied', async () => {
    const { id } = await make('planner', newPlan());
    const { db } = app.database;
    const waits = async () => {
      const { rows } = await sql`SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'`.execute(db);
      expect(rows).toHaveLength(1);
    };
    const copy = await db.transaction().execute(async (trx) => {
      await trx.deleteFrom('plan').where('id', '=', id).execute();
      const answer = ask('planner', 'POST', `/api/plans/${id}/copy`, { id: uuidv7(), title: 'Salinan' });
      // The embedded engine does one transaction after another.
      if (engine === 'served') await vi.waitFor(waits);
      return { answer };
    });
    expect((await copy.answer).statusCode).toBe(404);
  });

  test('drafts are seen by who works on them, the others by who reads plans; all of the areas must be reached', async () => {
    const own = await make('planner', newPlan({ title: 'konsep' }));
    const done = await make('planner', newPlan({ title: 'ditetapkan', areas: ['52.71.01'] }));
    const wide = await make('everything', newPlan({ title: 'provinsi', areas: ['52'] }));
    const both = await make('everything', newPlan({ title: 'dua kota', areas: ['52.71', '52.08'] }));
    const far = await make('everything', newPlan({ title: 'kota lain', areas: ['52.08'] }));
    for (const { id } of [done, both]) await publish(id);
    for (const who of ['planner', 'second', 'drawn'] as const)
      expect([who, await titles(who)]).toEqual([who, ['ditetapkan', 'konsep']]);
    expect(await titles('operator')).toEqual(['ditetapkan']);
    expect(await titles('everything')).toHaveLength(5);
    expect(await titles('everything', '?state=published')).toEqual(['ditetapkan', 'dua kota']);
    expect(await titles('wide')).toEqual(['ditetapkan', 'dua kota', 'konsep']);
    expect((await ask('viewer', 'GET', '/api/plans')).statusCode).toBe(403);
    const { plans } = (await ask('wide', 'GET', '/api/plans')).json<{ plans: PlanSummary[] }>();
    expect(plans.map(({ title, mayChange }) => [title, mayChange]).sort()).toEqual([
      ['ditetapkan', true],
      ['dua kota', false],
      ['konsep', true],
    ]);
    for (const [{ id }, planner, operator, mayRead] of [
      [own, 200, 404, 200],
      [done, 200, 200, 200],
      [both, 404, 404, 200],
      [wide, 404, 404, 404],
      [far, 404, 404, 404],
    ] as const) {
      for (const path of ['', '/edits']) {
        const url = `/api/plans/${id}${path}`;
        const told = [];
        for (const who of ['planner', 'operator', 'wide'] as const) told.push((await ask(who, 'GET', url)).statusCode);
        expect([url, ...told]).toEqual([url, planner, operator, mayRead]);
      }
      const edit = await ask('planner', 'POST', `/api/plans/${id}/edits`, { id: uuidv7(), edit: adding(zoneOf([1])) });
      expect([id, edit.statusCode]).toEqual([id, planner === 404 ? 404 : id === own.id ? 200 : 409]);
    }
    // Who may read it is told why he may not delete it, who may not is told that it is not there.
    const gone = async (who: Who, id: string) =>
      (await ask(who, 'DELETE', `/api/plans/${id}`, undefined, { 'if-match': '"0"' })).statusCode;
    expect([await gone('wide', both.id), await gone('planner', far.id)]).toEqual([403, 404]);
    // Who may read it is told why he may not copy it.
    const copy = await ask('wide', 'POST', `/api/plans/${both.id}/copy`, { id: uuidv7(), title: 'x' });
    expect([copy.statusCode, copy.json().message]).toEqual([403, expect.stringContaining('beyond where you work')]);

    // The second wall, where the first is forgotten.
    const { area, polygon } = towns.jurisdictions;
    const of = (codes: string[], jurisdictions: number[]) =>
      scopedDb(app.database.pool, { everything: false, codes, jurisdictions });
    const seen = async (db: ReturnType<typeof of>) => [
      (await db.selectFrom('plan').select('title').orderBy('title').execute()).map(({ title }) => title),
      (await db.selectFrom('plan_edit').select('revision').execute()).length,
    ];
    expect(await seen(of(['52.71'], [area]))).toEqual([['ditetapkan', 'konsep'], 1]);
    expect(await seen(of([], [polygon]))).toEqual([['ditetapkan', 'konsep'], 1]);
    expect(await seen(of(['52.71.01'], []))).toEqual([['ditetapkan'], 0]);
    expect(await seen(of(['52.08'], []))).toEqual([['kota lain'], 0]);
    expect(await seen(of([], []))).toEqual([[], 0]);
    const wall = of(['52.71'], [area]);
    const moved = wall
      .updateTable('plan')
      .set({ areas: ['52'] })
      .where('id', '=', own.id)
      .execute();
    await expect(moved).rejects.toThrow(/row-level security/);
    expect((await wall.deleteFrom('plan').where('id', '=', far.id).executeTakeFirst()).numDeletedRows).toBe(0n);
    const change = { actor: 'x', at: new Date(), revision: 9 };
    const edit = { ...change, plan_id: far.id, edit_id: uuidv7(), edit: '[]' };
    await expect(wall.insertInto('plan_edit').values(edit).execute()).rejects.toThrow(/row-level security/);
    const version = { ...change, plan_id: far.id, version: 9, content: '{}', reason: 'x' };
    await expect(wall.insertInto('plan_version').values(version).execute()).rejects.toThrow(/row-level security/);
    await clear();
  });

  test('areas that can’t be painted are refused by their field', async () => {
    const refused = async (who: Who, changes: Partial<NewPlan>) => {
      const answer = await ask(who, 'POST', '/api/plans', newPlan(changes));
      return [answer.statusCode, answer.json().details?.[0]?.field, answer.json().message];
    };
    for (const areas of [['52'], ['52.08'], ['52.71', '52.08'], ['52.7']])
      expect((await refused('planner', { areas }))[0], areas.join()).toBe(areas[0] === '52.7' ? 400 : 403);
    expect(await refused('wide', { areas: ['52.08'] })).toEqual([403, 'body.areas', expect.stringContaining('52.08')]);
    expect(await refused('everything', { areas: ['53'] })).toEqual([422, 'body.areas', expect.stringContaining('53')]);
    expect((await refused('planner', { areas: ['52.71.01', '52.71.99'] })).slice(0, 2)).toEqual([422, 'body.areas']);
    expect(await refused('planner', { areas: ['52.71.01.1001.RW001'], level: 'desa' })).toEqual([
      422,
      'body.areas',
      expect.stringContaining('no desa'),
    ]);
    expect((await refused('viewer', {}))[0]).toBe(403);
    expect((await refused('operator', {}))[0]).toBe(403);
  });

  test('what is wrong with a body is told by its field', async () => {
    const body = newPlan();
    const wrong: [object, number, string][] = [
      [{ ...body, id: 'x' }, 400, 'body.id'],
      [{ ...body, title: ' \t' }, 400, 'body.title'],
      [{ ...body, title: '\0' }, 422, 'body.title'],
      [{ ...body, title: 'x'.repeat(201) }, 400, 'body.title'],
      [{ ...body, level: 'kecamatan' }, 400, 'body.level'],
      [{ ...body, areas: [] }, 400, 'body.areas'],
      [{ ...body, areas: ['5271'] }, 400, 'body.areas.0'],
      [{ ...body, areas: Array(201).fill('52.71') }, 400, 'body.areas'],
      [{ ...body, suspect: 'x' }, 400, 'body.suspect'],
    ];
    for (const [payload, status, field] of wrong) {
      const answer = await ask('planner', 'POST', '/api/plans', payload);
      expect([answer.statusCode, answer.json().details[0].field]).toEqual([status, field]);
    }
    for (const url of ['/api/plans/urn:uuid:x', '/api/plans/7/edits', '/api/plans?state=old', '/api/plans?x=1'])
      expect([url, (await ask('planner', 'GET', url)).statusCode]).toEqual([url, 400]);
    expect(await titles('planner')).toEqual([]);
  });

  test('a person’s name stays what it is beside any text', async () => {
    const made = await make('planner', newPlan({ title: '=1+1 <b>\ud800 a\0b' }));
    expect(made.title).toBe('=1+1 <b>\ufffd ab');
    await clear();
  });
});
