import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../server/access/scope.ts';
import type { App } from '../../server/app.ts';
import { keptCalendars } from '../../server/calendars/queries.ts';
import { openDatabase } from '../../server/database/connection.ts';
import { migrate } from '../../server/database/migrate.ts';
import { scopedDb } from '../../server/database/scoped.ts';
import { addDays } from '../../shared/calendar/days.ts';
import { dayIn } from '../../shared/geo/zone.ts';
import type { AuditEntry } from '../../shared/schemas/audit.ts';
import type { ListedCalendar } from '../../shared/schemas/election-calendar.ts';
import { emptyConfig, engines, freshApp } from '../support/engines.ts';
import { signInAs, type Towns, twoTowns } from '../support/towns.ts';

/** By the clock of the towns, as the server reckons: after their midnight it is still yesterday elsewhere. */
const TODAY = dayIn('WITA', Date.now());
const stage = (key: string, from: number, to: number) => ({
  key,
  name: `Tahap ${key}`,
  nameEn: `Stage ${key}`,
  startsOn: addDays(TODAY, from),
  endsOn: addDays(TODAY, to),
  source: 'Perbup 1/2027',
});
const body = (changes: object = {}) => ({
  name: 'Pilkades serentak',
  nameEn: 'Village elections',
  kind: 'pilkades',
  jurisdiction: ['52.71'],
  stages: [stage('campaign', -9, -7), stage('vote', 40, 40)],
  ...changes,
});

describe.each(engines())('election calendars on %s', (engine) => {
  let app: App;
  let towns: Towns;
  let people: Record<'own' | 'polygon' | 'viewer' | 'everything', Record<string, string>>;
  beforeAll(async () => {
    app = await freshApp(engine);
    towns = await twoTowns(app);
    const { area, polygon, everything } = towns.jurisdictions;
    people = {
      own: await signInAs(app, { role: 'analyst', jurisdiction: area }),
      polygon: await signInAs(app, { role: 'analyst', jurisdiction: polygon }),
      viewer: await signInAs(app, { role: 'viewer', jurisdiction: area }),
      everything: await signInAs(app, { role: 'commander', jurisdiction: everything }),
    };
  });
  afterAll(() => app?.close());

  const ask = (
    who: keyof typeof people,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
    headers: Record<string, string> = {},
  ) => app.http.inject({ method, url, headers: { ...people[who], ...headers }, ...(payload ? { payload } : {}) });
  const listOf = async (who: keyof typeof people) => {
    const answer = await ask(who, 'GET', '/api/calendars');
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ calendars: ListedCalendar[] }>().calendars;
  };
  const make = async (who: keyof typeof people, changes: object = {}) => {
    const answer = await ask(who, 'POST', '/api/calendars', body(changes));
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<ListedCalendar>();
  };
  const remove = ({ id, version }: ListedCalendar) =>
    ask('everything', 'DELETE', `/api/calendars/${id}`, undefined, { 'if-match': `"${version}"` });
  const audited = async (action: string) =>
    (await app.http.inject(`/api/audit?action=${action}`)).json<{ entries: AuditEntry[] }>().entries;

  test('the built-in elections of the whole country are there for everybody, and nobody changes them', async () => {
    for (const who of ['own', 'polygon', 'viewer'] as const) {
      const list = await listOf(who);
      expect(list.map(({ id, origin, mayChange }) => [id, origin, mayChange])).toEqual([
        ['pilkada-2024', 'built-in', false],
        ['pemilu-2024', 'built-in', false],
        ['pemilu-2019', 'built-in', false],
      ]);
    }
    const answer = await ask('everything', 'PUT', '/api/calendars/pemilu-2024', body(), { 'if-match': '"1"' });
    expect([answer.statusCode, answer.json().message]).toEqual([403, expect.stringContaining('params.id')]);
  });

  test('an own calendar is made, read, changed and removed, by its version, and each is written down', async () => {
    const made = await make('own');
    expect(made).toMatchObject({ ...body(), origin: 'own', version: 1, mayChange: true });
    expect((await listOf('own'))[0]).toEqual(made);
    const url = `/api/calendars/${made.id}`;
    const later = body({ name: 'Pilkades', stages: [stage('vote', 50, 50)] });
    expect((await ask('own', 'PUT', url, later)).json().code).toBe('version_required');
    expect((await ask('own', 'PUT', url, later, { 'if-match': '"7"' })).statusCode).toBe(412);
    const changed = await ask('own', 'PUT', url, later, { 'if-match': '"1"' });
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"2"']);
    expect(changed.json()).toMatchObject({ ...later, version: 2 });
    expect((await ask('own', 'DELETE', url, undefined, { 'if-match': '"1"' })).statusCode).toBe(412);
    expect((await ask('own', 'DELETE', url, undefined, { 'if-match': '"2"' })).statusCode).toBe(204);
    expect((await ask('own', 'DELETE', url, undefined, { 'if-match': '"2"' })).statusCode).toBe(404);
    expect(await listOf('own')).toHaveLength(3);
    const subject = `calendar:${made.id}`;
    expect((await audited('calendar.created'))[0]).toMatchObject({ subject, detail: { jurisdiction: ['52.71'] } });
    expect((await audited('calendar.changed'))[0]).toMatchObject({ subject, detail: { name: 'Pilkades' } });
    expect((await audited('calendar.deleted'))[0]).toMatchObject({ subject, detail: { name: 'Pilkades' } });
  });

  test('only who may write there writes, and only those whom it concerns read it', async () => {
    expect((await ask('viewer', 'POST', '/api/calendars', body())).statusCode).toBe(403);
    for (const [jurisdiction, field] of [
      [['52.71', '52.08'], 'body.jurisdiction.1'],
      [['52'], 'body.jurisdiction.0'],
      ['national', 'body.jurisdiction'],
    ] as const) {
      const answer = await ask('own', 'POST', '/api/calendars', body({ jurisdiction }));
      expect([answer.statusCode, answer.json().details[0].field]).toEqual([403, field]);
    }
    const kept = [
      await make('everything', { name: 'Kota Satu' }),
      await make('everything', { name: 'Kota Dua', jurisdiction: ['52.08'] }),
      await make('everything', { name: 'Provinsi', jurisdiction: ['52'] }),
      await make('everything', { name: 'Desa', jurisdiction: ['52.71.01.1004', '52.08.01'] }),
      await make('everything', { name: 'Nasional', jurisdiction: 'national' }),
    ];
    const names = async (who: keyof typeof people) =>
      (await listOf(who)).filter(({ origin }) => origin === 'own').map(({ name, mayChange }) => `${name} ${mayChange}`);
    const sorted = (...list: string[]) => list.sort();
    expect((await names('own')).sort()).toEqual(
      sorted('Kota Satu true', 'Provinsi false', 'Desa false', 'Nasional false'),
    );
    // A drawn jurisdiction reads of the areas that it touches, which are here; of villages that nobody imported it does not.
    expect((await names('polygon')).sort()).toEqual(
      expect.arrayContaining(['Kota Satu false', 'Provinsi false', 'Nasional false']),
    );
    expect(await names('polygon')).not.toContain('Desa false');
    expect(await names('everything')).toHaveLength(5);
    const [, other, province] = kept;
    const foreign = await ask('own', 'PUT', `/api/calendars/${other?.id}`, body(), { 'if-match': '"1"' });
    expect(foreign.statusCode).toBe(404);
    const wide = await ask('own', 'DELETE', `/api/calendars/${province?.id}`, undefined, { 'if-match': '"1"' });
    expect(wide.statusCode).toBe(403);

    // The second wall says the same where the first is forgotten.
    const { area, polygon } = towns.jurisdictions;
    const db = scopedDb(app.database.pool, { everything: false, codes: ['52.71'], jurisdictions: [area] });
    const seen = await db.selectFrom('election_calendar').select('name').orderBy('name').execute();
    expect(seen.map(({ name }) => name)).toEqual(['Desa', 'Kota Satu', 'Nasional', 'Provinsi']);
    const stages = await db.selectFrom('election_calendar_stage').select('calendar_id').distinct().execute();
    expect(stages).toHaveLength(4);
    const update = await db.updateTable('election_calendar').set({ name: 'x' }).executeTakeFirst();
    expect(update.numUpdatedRows).toBe(1n);
    await expect(
      db
        .updateTable('election_calendar')
        .set({ area_codes: ['52.08'] })
        .where('name', '=', 'x')
        .execute(),
    ).rejects.toThrow(/row-level security/);
    expect((await db.deleteFrom('election_calendar').executeTakeFirst()).numDeletedRows).toBe(1n);
    const drawn = scopedDb(app.database.pool, { everything: false, codes: [], jurisdictions: [polygon] });
    expect((await drawn.deleteFrom('election_calendar').executeTakeFirst()).numDeletedRows).toBe(0n);
    for (const calendar of kept.slice(1)) expect((await remove(calendar)).statusCode).toBe(204);
  });

  test('what is wrong is told by its field', async () => {
    const wrong: [object, number, string][] = [
      [{ stages: [stage('vote', 5, 2)] }, 422, 'body.stages.0.endsOn'],
      [{ stages: [stage('vote', 5, 5), stage('vote', 6, 6)] }, 422, 'body.stages.1.key'],
      [{ stages: [stage('vote', 5, 5), stage('quiet', 1, 2)] }, 422, 'body.stages.1.startsOn'],
      [{ name: '  ' }, 422, 'body.name'],
      [{ stages: [{ ...stage('vote', 5, 5), startsOn: '0000-12-31' }] }, 400, 'body.stages.0.startsOn'],
      [{ stages: [] }, 400, 'body.stages'],
      [{ stages: [{ ...stage('vote', 1, 1), startsOn: '2027-02-30' }] }, 400, 'body.stages.0.startsOn'],
      [{ stages: [{ ...stage('vote', 1, 1), source: '' }] }, 400, 'body.stages.0.source'],
      [{ kind: 'makar' }, 400, 'body.kind'],
      [{ jurisdiction: [] }, 400, 'body.jurisdiction'],
      [{ id: 'mine' }, 400, 'body.id'],
    ];
    for (const [changes, status, field] of wrong) {
      const answer = await ask('own', 'POST', '/api/calendars', body(changes));
      expect([answer.statusCode, answer.json().details[0].field], answer.body).toEqual([status, field]);
    }
    const odd = await ask('own', 'POST', '/api/calendars', body({ name: 'a\0b\ud800' }));
    expect(odd.statusCode).toBeLessThan(500);
  });

  test('the top bar’s stages are those of the nearest election that concerns who asks', async () => {
    const near = await make('own');
    const far = await make('everything', { name: 'Jauh', stages: [stage('vote', 200, 200)] });
    const there = await make('everything', {
      name: 'Kota Dua',
      jurisdiction: ['52.08'],
      stages: [stage('vote', 0, 0)],
    });
    const stagesOf = async (headers: Record<string, string>) =>
      (await app.http.inject({ url: '/api/stages', headers })).json();
    expect(await stagesOf(people.viewer)).toEqual({
      calendar: near.name,
      stages: near.stages.map(({ source, ...one }) => one),
      source: 'Perbup 1/2027',
    });
    expect(await stagesOf(people.everything)).toMatchObject({ calendar: 'Kota Dua' });
    // Nobody knows who asks: what is of some areas alone is not told.
    expect(JSON.stringify(await stagesOf({ cookie: 'nothing=1' }))).not.toMatch(/Kota Dua|Jauh|serentak/);
    for (const calendar of [near, far, there]) await remove(calendar);
  });
});

test('the demonstration of an older version keeps its election', async () => {
  const { db, close } = await openDatabase(await emptyConfig('embedded'));
  await migrate(db, '2026-11-22-zh-incident-import');
  await sql`INSERT INTO election_stage (calendar, key, name, name_en, starts_on, ends_on, source) VALUES
    ('Pilkada Contoh', 'vote', 'Pemungutan suara', 'Vote', '2026-05-29', '2026-05-29', 'contoh'),
    ('Pilkada Contoh', 'quiet', 'Masa tenang', 'Quiet period', '2026-05-26', '2026-05-28', 'contoh')`.execute(db);
  await migrate(db);
  const [kept] = await keptCalendars(db, EVERYTHING);
  expect(kept).toMatchObject({
    origin: 'demonstration',
    calendar: { name: 'Pilkada Contoh', jurisdiction: ['98.71'] },
  });
  expect(kept?.calendar.stages.map(({ key, startsOn, endsOn }) => [key, startsOn, endsOn])).toEqual([
    ['quiet', '2026-05-26', '2026-05-28'],
    ['vote', '2026-05-29', '2026-05-29'],
  ]);
  await close();
});
