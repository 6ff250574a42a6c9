import fc from 'fast-check';
import { sql } from 'kysely';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import { lastEdits } from '../../../server/plans/edits.queries.ts';
import { inverseOf } from '../../../shared/plans/edits.ts';
import {
  DEFAULT_WEIGHTS,
  type DonePlanEdit,
  MOST_ZONES,
  type Plan,
  type PlanEdit,
} from '../../../shared/schemas/plan.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { adding, moving, newPlan, putWards, rwOf, zoneOf } from '../../support/plans.ts';
import { signInAs, type Towns, twoTowns } from '../../support/towns.ts';

describe.each(engines())('edits of plans on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let people: Record<'one' | 'two', Record<string, string>>;
  let plan: string;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    await putWards(app.database.db, '52.71', 116.02, -8.62);
    await putWards(app.database.db, '52.08', 116.32, -8.62);
    const jurisdiction = towns.jurisdictions.area;
    people = {
      one: await signInAs(app, { role: 'planner', jurisdiction }),
      two: await signInAs(app, { role: 'commander', jurisdiction }),
    };
  });
  beforeEach(async () => {
    const body = newPlan();
    plan = body.id;
    await app.http.inject({ method: 'POST', url: '/api/plans', payload: body, headers: people.one });
  });
  afterAll(() => app?.close());

  const send = (who: 'one' | 'two', edit: unknown, id = uuidv7()) =>
    app.http.inject({ method: 'POST', url: `/api/plans/${plan}/edits`, payload: { id, edit }, headers: people[who] });
  const done = async (who: 'one' | 'two', edit: PlanEdit) => {
    const answer = await send(who, edit);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<DonePlanEdit>();
  };
  const content = async () =>
    (await app.http.inject({ url: `/api/plans/${plan}`, headers: people.one })).json<Plan>().content;
  const edits = async (query = '') =>
    (await app.http.inject({ url: `/api/plans/${plan}/edits${query}`, headers: people.one })).json<{
      edits: DonePlanEdit[];
      more: boolean;
    }>();

  test('edits are done in order, read back by revision, and undone by their inverse', async () => {
    const [north, south] = [zoneOf([1, 2], { name: 'Utara' }), zoneOf([5], { name: 'Selatan', colour: 3 })];
    const weights = { ...DEFAULT_WEIGHTS, streetKm: 2 };
    const all: PlanEdit[] = [
      adding(north),
      adding(south),
      moving(null, south, [6, 7]),
      moving(north, south, [2]),
      [
        { kind: 'change', zone: north.id, before: { name: 'Utara' }, after: { name: 'Pelabuhan' } },
        { kind: 'weights', before: DEFAULT_WEIGHTS, after: weights },
      ],
      [{ kind: 'remove', zone: { ...north, name: 'Pelabuhan', codes: [rwOf('52.71', 1)] }, at: 1 }],
    ];
    const told = [];
    for (const [at, edit] of all.entries()) told.push(await done(at % 2 ? 'two' : 'one', edit));
    expect(told.map(({ revision, edit }) => [revision, edit])).toEqual(all.map((edit, at) => [at + 1, edit]));
    expect(new Set(told.map(({ actor }) => actor)).size).toBe(2);
    const painted = { ...south, codes: [2, 5, 6, 7].map((number) => rwOf('52.71', number)) };
    expect(await content()).toEqual({ zones: [painted], weights });
    expect(await edits()).toEqual({ edits: told, more: false });
    expect(await edits('?after=4')).toEqual({ edits: told.slice(4), more: false });
    for (const edit of all.toReversed()) await done('one', inverseOf(edit));
    expect(await content()).toEqual({ zones: [], weights: DEFAULT_WEIGHTS });
  });

  test('an edit that is sent twice is done once; its id with another edit is refused', async () => {
    const id = uuidv7();
    const edit = adding(zoneOf([1]));
    const first = await send('one', edit, id);
    const again = await send('one', edit, id);
    expect([again.statusCode, again.json()]).toEqual([200, first.json()]);
    const other = await send('one', adding(zoneOf([2])), id);
    expect([other.statusCode, other.json().details[0].field]).toEqual([409, 'body.id']);
    expect((await edits()).edits).toHaveLength(1);
    await app.database.db.updateTable('plan').set({ state: 'published' }).where('id', '=', plan).execute();
    expect((await send('one', edit, id)).json()).toEqual(first.json());
  });

  test('who comes too late is told what is in the way, by whom and since when, and nothing is stored', async () => {
    const zone = zoneOf([1, 2], { name: 'Utara' });
    const made = await done('one', adding(zone));
    await done('two', moving(null, zone, [9]));
    const painted = await done('two', moving(zone, null, [2]));
    const locked = zoneOf([5], { name: 'Kunci', locked: true });
    const added = await done('one', adding(locked));
    const changed = await done('two', [
      { kind: 'weights', before: DEFAULT_WEIGHTS, after: { ...DEFAULT_WEIGHTS, tps: 1 } },
    ]);
    const other = zoneOf([10], { name: 'Bebas' });
    await done('one', adding(other));
    const shut = await done('two', [
      { kind: 'change', zone: other.id, before: { locked: false }, after: { locked: true } },
    ]);
    // Who renames it afterwards is not who locked it.
    await done('one', [{ kind: 'change', zone: other.id, before: { name: 'Bebas' }, after: { name: 'Tutup' } }]);
    const gone = zoneOf([7], { name: 'Hilang' });
    await done('one', adding(gone));
    const removed = await done('two', [{ kind: 'remove', zone: gone, at: 0 }]);
    const before = await content();
    const conflicts: [PlanEdit, string, DonePlanEdit, string][] = [
      [moving(zone, null, [1, 2]), 'areas-moved', painted, rwOf('52.71', 2)],
      [adding(zoneOf([1])), 'areas-moved', made, rwOf('52.71', 1)],
      [[{ kind: 'remove', zone, at: 0 }], 'zone-changed', painted, 'Utara'],
      [adding({ ...zoneOf([3]), id: zone.id }), 'zone-there', painted, 'Utara'],
      [moving(null, locked, [6]), 'zone-locked', added, 'Kunci'],
      [moving(null, other, [6]), 'zone-locked', shut, 'Tutup'],
      [moving(null, gone, [6]), 'zone-gone', removed, 'Hilang'],
      [[{ kind: 'weights', before: DEFAULT_WEIGHTS, after: DEFAULT_WEIGHTS }], 'weights-changed', changed, ''],
      // The first step could be done, and is not without the second.
      [[...adding(zoneOf([11])), ...moving(zone, null, [2])], 'areas-moved', painted, ''],
    ];
    for (const [edit, reason, by, word] of conflicts) {
      const answer = await send('one', edit);
      const { code, message, details } = answer.json();
      expect([reason, answer.statusCode, code, details[0].field]).toEqual([reason, 409, 'conflict', 'body.edit']);
      expect(details[0].problem.startsWith(`${reason}: `)).toBe(true);
      for (const part of [by.actor, by.at, word]) expect(message, reason).toContain(part);
    }
    expect(await content()).toEqual(before);
    expect((await edits()).edits).toHaveLength(removed.revision);
  });

  test('what is wrong in itself is refused by its field', async () => {
    const zone = zoneOf([1]);
    await done('one', adding(zone));
    const foreign = { ...zoneOf([2]), codes: [rwOf('52.08', 1)] };
    const wrong: [unknown, number, string][] = [
      [[], 400, 'body.edit'],
      [[{ kind: 'draw' }], 400, 'body.edit.0'],
      [adding({ ...zoneOf([2]), codes: ['5271'] }), 400, 'body.edit.0'],
      [adding({ ...zoneOf([2]), codes: [rwOf('52.71', 2), rwOf('52.71', 2)] }), 400, 'body.edit.0'],
      [adding({ ...zoneOf([2]), colour: 12 }), 400, 'body.edit.0'],
      [adding({ ...zoneOf([2]), codes: [rwOf('52.71', 3), rwOf('52.71', 2)] }), 422, 'body.edit.0.zone.codes'],
      [adding({ ...zoneOf([2]), name: 'a\0' }), 422, 'body.edit.0.zone.name'],
      [
        [...adding(zoneOf([2])), { kind: 'change', zone: zone.id, before: { name: 'Zona' }, after: { colour: 2 } }],
        422,
        'body.edit.1.before',
      ],
      [
        [{ kind: 'change', zone: zone.id, before: { name: 'Zona' }, after: { name: '\ud800' } }],
        422,
        'body.edit.0.after.name',
      ],
      [adding(foreign), 422, 'body.edit'],
      [moving(null, zone, [17]), 422, 'body.edit'],
      [adding({ ...zoneOf([]), codes: ['52.71.01.1001'] }), 422, 'body.edit'],
    ];
    for (const [edit, status, field] of wrong) {
      const answer = await send('one', edit);
      expect([JSON.stringify(edit), answer.statusCode, answer.json().details?.[0].field]).toEqual([
        JSON.stringify(edit),
        status,
        expect.stringMatching(new RegExp(`^${field.replaceAll('.', '\\.')}`)),
      ]);
    }
    expect((await content()).zones).toEqual([zone]);
    expect((await app.http.inject({ url: `/api/plans/${plan}/edits?after=-1`, headers: people.one })).statusCode).toBe(
      400,
    );
  });

  test('areas that are no more may leave their zone, and come into none', async () => {
    const zone = zoneOf([1, 2]);
    await done('one', adding(zone));
    const { db } = app.database;
    const old = await db.deleteFrom('area_current').where('code', '=', rwOf('52.71', 2)).returningAll().execute();
    await done('one', moving(zone, null, [2]));
    expect((await send('one', moving(null, zone, [2]))).statusCode).toBe(422);
    await db.insertInto('area_current').values(old).execute();
    await done('one', moving(null, zone, [2]));
  });

  test('a plan has no more zones than a plan may have', async () => {
    const zones = Array.from({ length: MOST_ZONES }, () => zoneOf([]));
    const edit: PlanEdit = zones.map((zone, at) => ({ kind: 'add', zone, at }));
    await done('one', edit);
    const answer = await send('one', adding(zoneOf([1])));
    expect([answer.statusCode, answer.json().message]).toEqual([422, expect.stringContaining('501 zones')]);
  });

  test('large edits are read some at a time, and one at least', async () => {
    // Of half a megabyte each.
    await sql`INSERT INTO plan_edit SELECT ${plan}::uuid, n, gen_random_uuid(), 'x', now(), to_jsonb(ARRAY[repeat('x', 500000)])
      FROM generate_series(1, 5) n`.execute(app.database.db);
    await app.database.db.updateTable('plan').set({ revision: 5 }).where('id', '=', plan).execute();
    const read = async (query: string) => {
      const answer = await edits(query);
      return [answer.edits.map(({ revision }) => revision), answer.more];
    };
    expect(await read('')).toEqual([[1, 2, 3], true]);
    expect(await read('?after=3')).toEqual([[4, 5], false]);
    expect(await read('?after=5')).toEqual([[], false]);
    expect((await lastEdits(app.database.db, plan, 500)).map(({ revision }) => revision)).toEqual([5, 4, 3]);
  });

  test('edits that are sent at once are each done, or told of what was before them', async () => {
    const zones = Array.from({ length: 16 }, (_, at) => zoneOf([at + 1]));
    const answers = await Promise.all(zones.map((zone, at) => send(at % 2 ? 'one' : 'two', adding(zone))));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(zones.map(() => 200));
    expect(answers.map((answer) => answer.json().revision).sort((a, b) => a - b)).toEqual(zones.map((_, at) => at + 1));
    const same = await Promise.all(
      ['one', 'two'].map((who) => send(who as 'one', moving(zones[0] ?? null, null, [1]))),
    );
    expect(same.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    expect((await content()).zones).toHaveLength(16);
  });

  test('whatever an edit is, it is answered, and the plan stays whole', async () => {
    const zone = zoneOf([1, 2]);
    await done('one', adding(zone));
    const id = fc.constantFrom(zone.id, uuidv7(), 'x', null, '__proto__');
    const text = fc.constantFrom('Zona', '', ' ', '\0', '\ud800', 'x'.repeat(81), '<b>');
    const code = fc.constantFrom(rwOf('52.71', 1), rwOf('52.71', 3), rwOf('52.08', 1), '52.71', '__proto__', '');
    const codes = fc.array(code, { maxLength: 3 });
    const number = fc.constantFrom(0, 1, -1, 1.5, 501, Number.MAX_VALUE);
    const made = fc.record(
      { id, name: text, colour: number, locked: fc.boolean(), codes },
      { requiredKeys: ['id', 'codes'] },
    );
    const properties = fc.record({ name: text, colour: number, locked: fc.boolean() }, { requiredKeys: [] });
    const weights = fc.constantFrom(
      DEFAULT_WEIGHTS,
      { ...DEFAULT_WEIGHTS, tps: -1 },
      {},
      { ...DEFAULT_WEIGHTS, tps: 3 },
    );
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('assign'),
        moves: fc.array(fc.record({ from: id, to: id, codes }), { maxLength: 3 }),
      }),
      fc.record({ kind: fc.constantFrom('add', 'remove'), zone: made, at: number }),
      fc.record({ kind: fc.constant('change'), zone: id, before: properties, after: properties }),
      fc.record({ kind: fc.constant('weights'), before: weights, after: weights }),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 3 }), async (edit) => {
        const { statusCode, body } = await send('one', edit);
        expect([200, 400, 409, 422], `${JSON.stringify(edit)} ${body}`).toContain(statusCode);
      }),
      { numRuns: 150 },
    );
    const { zones } = await content();
    const all = zones.flatMap((each) => each.codes);
    expect(new Set(all).size).toBe(all.length);
    expect(zones.every((each) => each.codes.join() === [...each.codes].sort().join())).toBe(true);
    expect(all.every((each) => each.startsWith('52.71.01.1001.RW'))).toBe(true);
  });
});
