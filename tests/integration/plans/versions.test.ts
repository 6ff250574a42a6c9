import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import type { AuditEntry } from '../../../shared/schemas/audit.ts';
import type { Plan, PlanEdit, PlanVersion } from '../../../shared/schemas/plan.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { adding, moving, newPlan, putWards, rwOf, zoneOf } from '../../support/plans.ts';
import { signInAs, type Towns, twoTowns } from '../../support/towns.ts';

describe.each(engines())('versions of plans on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let people: Record<'one' | 'two' | 'operator' | 'elsewhere', Record<string, string>>;
  let plan: string;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    await putWards(app.database.db, '52.71', 116.02, -8.62);
    await putWards(app.database.db, '52.08', 116.32, -8.62);
    const { area, everything } = towns.jurisdictions;
    people = {
      one: await signInAs(app, { role: 'planner', jurisdiction: area }),
      two: await signInAs(app, { role: 'commander', jurisdiction: area }),
      operator: await signInAs(app, { role: 'operator', jurisdiction: area }),
      elsewhere: await signInAs(app, { role: 'planner', jurisdiction: everything }),
    };
  });
  beforeEach(async () => {
    const body = newPlan();
    plan = body.id;
    await send('one', '', body, '/api/plans');
  });
  afterAll(() => app?.close());

  type Who = keyof typeof people;
  const send = (who: Who, path: string, payload: object, url = `/api/plans/${plan}${path}`) =>
    app.http.inject({ method: 'POST', url, payload, headers: people[who] });
  const get = (who: Who, path: string) => app.http.inject({ url: `/api/plans/${plan}${path}`, headers: people[who] });
  const edit = async (of: PlanEdit) =>
    expect((await send('one', '/edits', { id: uuidv7(), edit: of })).statusCode).toBe(200);
  const audited = async (action: string) =>
    (await app.http.inject(`/api/audit?action=${action}`)).json<{ entries: AuditEntry[] }>().entries[0];
  const [west, east] = [[1, 2, 5, 6, 9, 10, 13, 14], [3, 4, 7, 8, 11, 12, 15, 16]]; // biome-ignore format: one line

  test('versions keep what the plan was, by whom and why', async () => {
    const zone = zoneOf([1], { name: 'Barat' });
    await edit(adding(zone));
    const first = await send('one', '/versions', { reason: ' Usul pertama ' });
    expect([first.statusCode, first.json()]).toEqual([
      200,
      {
        version: 1,
        revision: 1,
        actor: expect.any(String),
        at: expect.any(String),
        reason: 'Usul pertama',
        zoneCount: 1,
      },
    ]);
    expect((await send('one', '/versions', { reason: 'Usul pertama' })).json()).toEqual(first.json());
    await edit(moving(null, zone, [2]));
    const second = (await send('two', '/versions', { reason: 'Usul kedua' })).json<PlanVersion>();
    expect(second).toMatchObject({ version: 2, revision: 2 });
    expect((await get('two', '/versions')).json()).toEqual({ versions: [second, first.json()] });
    expect((await get('one', '/versions/1')).json()).toMatchObject({ ...first.json(), content: { zones: [zone] } });
    expect((await get('one', '/versions/2')).json().content.zones[0].codes).toHaveLength(2);
    expect((await get('one', '')).json<Plan>()).toMatchObject({ version: 2, revision: 2 });
    expect((await get('one', '/versions/3')).statusCode).toBe(404);
    expect((await get('one', '/versions/0')).statusCode).toBe(400);
    for (const path of ['/versions', '/versions/1'])
      expect([path, (await get('operator', path)).statusCode]).toEqual([path, 404]);
  });

  test('who does not reach the plan reads no version of it', async () => {
    const far = newPlan({ areas: ['52.08'] });
    await send('elsewhere', '', far, '/api/plans');
    plan = far.id;
    expect((await send('elsewhere', '/versions', { reason: 'x' })).statusCode).toBe(200);
    expect((await get('elsewhere', '/versions/1')).statusCode).toBe(200);
    for (const path of ['/versions', '/versions/1'])
      expect([path, (await get('one', path)).statusCode]).toEqual([path, 404]);
    for (const path of ['/versions', '/publish', '/archive'])
      expect([path, (await send('one', path, { reason: 'x' })).statusCode]).toEqual([path, 404]);
  });

  test('what has a gap, an empty zone or areas that are gone is not published, and it is told what', async () => {
    const zone = zoneOf(west, { name: 'Barat' });
    await edit(adding(zone));
    await edit(adding(zoneOf([], { name: 'Kosong' })));
    const answer = await send('one', '/publish', { reason: 'Mulai' });
    const { code, message, details } = answer.json();
    expect([answer.statusCode, code, message]).toEqual([422, 'unprocessable', expect.stringContaining('gap')]);
    expect(details.map(({ problem }: { problem: string }) => problem)).toEqual([
      expect.stringMatching(/^gap: .*RW003.* and 3 more/),
      expect.stringMatching(/^empty: .*Kosong/),
    ]);
    const { db } = app.database;
    const old = await db.deleteFrom('area_current').where('code', '=', rwOf('52.71', 1)).returningAll().execute();
    await db
      .updateTable('publication')
      .set((is) => ({ version: is('version', '+', 1) }))
      .where('topic', '=', 'areas')
      .execute();
    const gone = (await send('one', '/publish', { reason: 'Mulai' })).json();
    expect(JSON.stringify(gone.details)).toMatch(/unknown: zone “Barat” .*RW001/);
    await db.insertInto('area_current').values(old).execute();
    await db
      .updateTable('publication')
      .set((is) => ({ version: is('version', '+', 1) }))
      .where('topic', '=', 'areas')
      .execute();
    expect((await get('one', '')).json<Plan>()).toMatchObject({ state: 'draft', version: 0 });
  });

  test('a sound plan is published, stays as it is, is seen by who reads plans, and is archived', async () => {
    await edit([...adding(zoneOf(west)), ...adding(zoneOf(east))]);
    expect((await send('one', '/archive', { reason: 'x' })).statusCode).toBe(409);
    expect((await get('operator', '')).statusCode).toBe(404);
    const published = await send('two', '/publish', { reason: 'Sprin 12' });
    expect([published.statusCode, published.json()]).toEqual([
      200,
      expect.objectContaining({ state: 'published', version: 1, publishedBy: expect.any(String), mayChange: true }),
    ]);
    expect((await get('operator', '/versions/1')).json()).toMatchObject({
      reason: 'Sprin 12',
      revision: 1,
      zoneCount: 2,
    });
    expect(await audited('plan.published')).toMatchObject({
      subject: `plan:${plan}`,
      detail: { version: 1, reason: 'Sprin 12' },
    });
    for (const path of ['/publish', '/versions'])
      expect([path, (await send('one', path, { reason: 'x' })).statusCode]).toEqual([path, 409]);
    expect((await send('operator', '/archive', { reason: 'x' })).statusCode).toBe(403);
    const archived = await send('one', '/archive', { reason: 'Diganti' });
    expect([archived.statusCode, archived.json().state]).toEqual([200, 'archived']);
    expect(await audited('plan.archived')).toMatchObject({ subject: `plan:${plan}`, detail: { reason: 'Diganti' } });
    expect((await send('one', '/archive', { reason: 'Diganti' })).statusCode).toBe(409);
    expect((await get('operator', '')).json<Plan>()).toMatchObject({ state: 'archived', mayChange: false });
  });

  test('a reason is asked for', async () => {
    for (const path of ['/versions', '/publish', '/archive']) {
      for (const [payload, status] of [
        [{}, 400],
        [{ reason: ' ' }, 400],
        [{ reason: 'x'.repeat(501) }, 400],
        [{ reason: '\0' }, 422],
      ] as const)
        expect([path, (await send('one', path, payload)).statusCode]).toEqual([path, status]);
    }
  });
});
