import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../server/app.ts';
import { engines, freshApp } from '../support/engines.ts';

describe.each(engines())('positions on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    await app.http.inject({
      method: 'POST',
      url: '/api/units',
      payload: { callsign: 'P1', organisation: 'polri', devices: ['123456'] },
    });
  });
  afterAll(() => app?.close());

  test('a fix answered 2xx is stored', async () => {
    const answer = await app.http.inject('/api/ingest/osmand?id=123456&timestamp=1763700000&lat=-8.5&lon=116.1');
    expect(answer.statusCode).toBe(200);
    const rows = await app.database.db.selectFrom('unit_position').select('fixed_at').execute();
    expect(rows).toEqual([{ fixed_at: new Date(1763700000_000) }]);
  });

  test('an unknown device is told so', async () => {
    const answer = await app.http.inject('/api/ingest/osmand?id=nobody&lat=-8.5&lon=116.1');
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'unknown_device' });
  });
});
