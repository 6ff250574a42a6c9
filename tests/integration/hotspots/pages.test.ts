import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import type { AreaCounts, CountedPoints } from '../../../shared/schemas/hotspot.ts';
import { engines, freshApp } from '../../support/engines.ts';
import { insertDesa, insertIncidents, NEWEST } from '../../support/million.ts';

/** Two provinces of 8,500 desa. */
const DESA = 17_000;
const SPAN = `from=2026-01-01T00:00:00Z&to=${NEWEST.toISOString()}`;

describe.each(engines())('pages of hotspots on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    const { db } = app.database;
    await sql`DROP INDEX incident_text`.execute(db);
    await insertDesa(db);
    await sql`
      WITH copied AS (
        INSERT INTO area (import_id, code, level, name, parent_code, geom, label_point, area_m2, search_key, content_hash)
        SELECT import_id, '34' || substr(code, 3), level, name, '34' || substr(parent_code, 3), geom, label_point, area_m2, search_key, ''
        FROM area RETURNING id, code, level, parent_code
      )
      INSERT INTO area_current (code, area_id, level, parent_code) SELECT code, id, level, parent_code FROM copied`.execute(
      db,
    );
    await insertIncidents(db, 30_000);
  });
  afterAll(() => app?.close());

  const get = async <Body>(url: string): Promise<Body> => {
    const answer = await app.http.inject({ url: `/api/hotspots/${url}` });
    expect(answer.statusCode, answer.body.slice(0, 200)).toBe(200);
    return answer.json<Body>();
  };

  test('areas: each once, in order, with the totals of all pages on each', async () => {
    const first = await get<AreaCounts>(`areas?level=desa&${SPAN}`);
    expect(first.areas.code).toHaveLength(10_000);
    const second = await get<AreaCounts>(`areas?level=desa&${SPAN}&cursor=${first.next}`);
    expect(second.next).toBeNull();
    const codes = [...first.areas.code, ...second.areas.code];
    expect([codes.length, new Set(codes).size]).toEqual([DESA, DESA]);
    expect(codes).toEqual([...codes].sort());
    expect(second.total).toEqual(first.total);
    expect([...first.areas.count, ...second.areas.count].reduce((sum, one) => sum + one)).toBe(first.total.period);
    for (const column of Object.values(second.areas)) expect(column).toHaveLength(DESA - 10_000);
  });

  test('series: areas × steps are no more than ten million, and what is refused says which steps fit', async () => {
    const years = `from=2025-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`;
    const ask = (rest: string) => app.http.inject({ url: `/api/hotspots/series?${rest}` });
    const refused = await ask(`level=desa&stepDays=1&${years}`);
    expect(refused.statusCode).toBe(400);
    const [detail] = refused.json().details;
    expect(detail.field).toBe('query.stepDays');
    expect(detail.problem).toMatch(/^makes 730 steps for each of 17000 areas, .* at most 10,000,000 numbers; ask for steps of 2 days or longer, a shorter period, a wider level, or an area$/); // biome-ignore format: one line
    // What it says is so, and each of the others helps, too.
    for (const rest of [
      `level=desa&stepDays=2&${years}`,
      `level=desa&stepDays=1&${SPAN}`,
      `level=kecamatan&stepDays=1&${years}`,
      `level=desa&stepDays=1&area=33&${years}`,
    ])
      expect((await ask(rest)).statusCode, rest).toBe(200);
    // No step is long enough: none is named.
    const ages = await ask(`level=desa&stepDays=92&from=1800-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`);
    expect([ages.statusCode, ages.json().message]).toEqual([
      400,
      expect.stringMatching(/numbers; ask for a shorter period/),
    ]);
  });

  test('points: each once, oldest first, with the totals of all pages on each', async () => {
    const first = await get<CountedPoints>(`points?${SPAN}`);
    expect(first.points.id).toHaveLength(10_000);
    const second = await get<CountedPoints>(`points?${SPAN}&cursor=${first.next}`);
    expect(second.next).toBeNull();
    const ids = [...first.points.id, ...second.points.id];
    expect([ids.length, new Set(ids).size]).toEqual([first.total.period, ids.length]);
    const times = [...first.points.occurredAt, ...second.points.occurredAt];
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(second.total).toEqual(first.total);
  });
});
