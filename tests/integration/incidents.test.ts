import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../server/access/scope.ts';
import type { App } from '../../server/app.ts';
import { Cursors } from '../../server/database/cursors.ts';
import { eventHead } from '../../server/database/event-log.ts';
import type { StoredEvent } from '../../server/events.ts';
import { engines, freshApp } from '../support/engines.ts';

const NOW = Date.UTC(2026, 10, 21, 9);

const report = (changes: object = {}) => ({
  id: uuidv7(),
  category: 'kamtibmas',
  severity: 'moderate',
  source: 'resident',
  title: 'Tawuran di simpang tiga',
  occurredAt: '2026-11-21T08:30:00Z',
  location: { lon: 116.1, lat: -8.58 },
  ...changes,
});

describe.each(engines())('incidents on %s', (engine) => {
  let app: App;
  const events: StoredEvent[] = [];
  beforeAll(async () => {
    app = await freshApp(engine, { now: () => NOW });
    app.bus.on('events.appended', (appended) => events.push(...appended));
  });
  afterAll(() => app?.close());

  const post = (payload: object) => app.http.inject({ method: 'POST', url: '/api/incidents', payload });
  const patch = (id: string, payload: object, headers: Record<string, string> = {}) =>
    app.http.inject({ method: 'PATCH', url: `/api/incidents/${id}`, payload, headers });
  const get = (url: string) => app.http.inject(url);

  test('a report is stored once, however often it is sent', async () => {
    const body = report();
    const first = await post(body);
    expect(first.statusCode).toBe(201);
    expect(first.headers.etag).toBe('"1"');
    expect(first.json()).toMatchObject({ id: body.id, status: 'new', timePrecision: 'minute', version: 1, areas: [] });
    const { id, title, ...rest } = body;
    const again = await post({ title, ...rest, id });
    expect([again.statusCode, again.json()]).toEqual([200, first.json()]);
    const other = await post({ ...body, title: 'Kebakaran' });
    expect([other.statusCode, other.json().code]).toEqual([409, 'conflict']);
    expect((await get(`/api/incidents/${id}`)).json()).toEqual(first.json());
  });

  test('sent eight times at once it is still one', async () => {
    const body = report();
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(body)));
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(events.filter((event) => event.subject === body.id)).toHaveLength(1);
  });

  test('a change needs the version it was made for, and is kept in the history', async () => {
    const { id } = (await post(report())).json();
    expect((await patch(id, { status: 'verified' })).statusCode).toBe(428);
    expect((await patch(id, { status: 'verified' }, { 'if-match': 'one' })).statusCode).toBe(400);
    const changed = await patch(id, { status: 'verified', severity: 'critical', note: 'dicek' }, { 'if-match': '"1"' });
    expect([changed.statusCode, changed.headers.etag]).toEqual([200, '"2"']);
    expect(changed.json()).toMatchObject({ status: 'verified', severity: 'critical', version: 2 });
    const late = await patch(id, { status: 'false' }, { 'if-match': '"1"' });
    expect([late.statusCode, late.json()]).toEqual([
      412,
      expect.objectContaining({
        code: 'version_conflict',
        details: [{ field: 'headers.if-match', problem: 'is not the current version "2"' }],
      }),
    ]);
    const { entries } = (await get(`/api/incidents/${id}/log`)).json();
    expect(entries).toMatchObject([
      { version: 1, changes: { title: { before: null, after: 'Tawuran di simpang tiga' } } },
      {
        version: 2,
        note: 'dicek',
        changes: { status: { before: 'new', after: 'verified' }, severity: { before: 'moderate', after: 'critical' } },
      },
    ]);
    expect(Object.keys(entries[1].changes)).toHaveLength(2);
    expect(events.filter((event) => event.subject === id).map((event) => event.kind)).toEqual([
      'incident.created',
      'incident.changed',
    ]);
  });

  test('of two changes at once one wins', async () => {
    const { id } = (await post(report())).json();
    const answers = await Promise.all(
      ['verified', 'false'].map((status) => patch(id, { status }, { 'if-match': '"1"' })),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 412]);
  });

  test('a change that changes nothing makes no version', async () => {
    const { id } = (await post(report())).json();
    const same = await patch(id, { status: 'new' }, { 'if-match': '"1"' });
    expect([same.statusCode, same.json().version]).toEqual([200, 1]);
  });

  test('events are numbered without gaps, in the order of their commits', async () => {
    await Promise.all(Array.from({ length: 12 }, () => post(report())));
    const stored = await app.database.db.selectFrom('event').select('seq').orderBy('seq').execute();
    expect(stored.map((row) => Number(row.seq))).toEqual(stored.map((_, index) => index + 1));
    expect(events.map((event) => event.seq).sort((left, right) => left - right)).toEqual(
      stored.map((row) => Number(row.seq)),
    );
  });

  test.each([
    ['id', { id: '5f0c3d1e-8a4b-4c1d-9e2f-1a2b3c4d5e6f' }, 422],
    ['id', { id: 'one' }, 400],
    ['category', { category: 'hilang' }, 400],
    ['title', { title: '' }, 400],
    ['title', { title: '  ' }, 422],
    ['title', { title: 'a\0b' }, 422],
    ['occurredAt', { occurredAt: '2026-11-21T09:06:00Z' }, 422],
    ['occurredAt', { occurredAt: '2026-06-30T23:59:60Z' }, 400],
    ['occurredAt', { occurredAt: '0001-01-01T00:00:00Z' }, 422],
    ['occurredAt', { occurredAt: 'kemarin' }, 400],
    ['occurredUntil', { occurredUntil: '2026-11-21T08:00:00Z' }, 422],
    ['timePrecision', { timePrecision: 'second' }, 400],
    ['location', { location: { lon: 0, lat: 0 } }, 422],
    ['location.lat', { location: { lon: 116, lat: 95 } }, 400],
    ['location.lon', { location: { lon: null, lat: 0 } }, 400],
    ['location.lon', { location: { lon: '116', lat: -8 } }, 400],
    ['suspect', { suspect: 'nobody' }, 400],
    ['description', { description: 'x'.repeat(4001) }, 400],
  ])('refuses a wrong %s: %j', async (field, wrong, status) => {
    const answer = await post(report(wrong));
    expect(answer.statusCode).toBe(status);
    expect(answer.json().details[0].field).toBe(`body.${field}`);
  });

  test('half a surrogate pair becomes a replacement character', async () => {
    const answer = await post(report({ title: 'rusak \ud800', place: '\udc00' }));
    expect([answer.statusCode, answer.json().title]).toEqual([201, 'rusak \ufffd']);
  });
});

describe.each(engines())('the list of incidents on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine, { now: () => NOW });
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        app.http.inject({
          method: 'POST',
          url: '/api/incidents',
          payload: report({
            title: index === 7 ? '100%_\\ palsu' : `Laporan ${index}`,
            category: index % 2 ? 'bencana' : 'pemilu',
            severity: index % 3 ? 'low' : 'critical',
            // Ten moments, three incidents each: the order among equals must be stable too.
            occurredAt: new Date(NOW - (index % 10) * 3_600_000).toISOString(),
            location: { lon: 116 + index / 100, lat: -8.5 },
          }),
        }),
      ),
    );
  });
  afterAll(() => app?.close());
  const list = async (query: string) => {
    const answer = await app.http.inject(`/api/incidents?${query}`);
    return { status: answer.statusCode, ...answer.json() };
  };

  test('pages follow one another without gap or repetition, newest first', async () => {
    const seen: { id: string; occurredAt: string }[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`limit=7${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.incidents);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(30);
    expect(seen.map(({ occurredAt }) => occurredAt)).toEqual(
      seen
        .map(({ occurredAt }) => occurredAt)
        .sort()
        .reverse(),
    );
  });

  test.each([
    ['categories=bencana', 15],
    ['categories=bencana,pemilu&severities=critical', 10],
    ['statuses=new&sources=resident', 30],
    ['statuses=resolved', 0],
    ['bbox=116.0,-9,116.045,-8', 5],
    ['bbox=179,-9,-179,-8', 0],
    [`from=${new Date(NOW - 3_600_000).toISOString()}`, 6],
    [`to=${new Date(NOW - 3_600_000).toISOString()}`, 24],
    ['area=52.71', 0],
    ['q=laporan%201', 11],
    ['q=100%25_%5C', 1],
    ['q=%25', 1],
  ])('%s finds %i', async (query, count) => {
    const { status, incidents } = await list(`limit=500&${query}`);
    expect([status, incidents.length]).toEqual([200, count]);
  });

  test.each([
    'bbox=1,2,3',
    'bbox=1,2,3,x',
    'bbox=0,50,0,-50',
    'bbox=0,0,500,0',
    'categories=x',
    'from=x',
    'from=2026-06-30T23:59:60Z',
    'limit=0',
    'limit=x',
    'cursor=x',
    'area=x',
    'q=%00',
    'unknown=1',
    'statuses=new,',
  ])('refuses %s', async (query) => {
    expect((await list(query)).status).toBe(400);
  });

  test('the points carry what the map needs, and the cursor of the event log', async () => {
    const answer = await app.http.inject('/api/incidents/points');
    expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
    const { points, cursor, truncated } = answer.json();
    expect([points.length, truncated]).toEqual([30, false]);
    const cursors = new Cursors(await eventHead(app.database.db));
    expect(cursors.read(cursor, EVERYTHING.key)).toBe(30);
    const { data } = await app.database.db
      .selectFrom('event')
      .select('data')
      .where('subject', '=', points[0].id)
      .executeTakeFirstOrThrow();
    expect(points[0]).toEqual(data);
    const part = await app.http.inject(`/api/incidents/points?from=${new Date(NOW - 1).toISOString()}`);
    expect(part.json().points).toHaveLength(3);
  });
});
