import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import { box, putAreas } from '../../support/areas.ts';
import { engines, freshApp } from '../../support/engines.ts';

describe.each(engines())('grids and neighbours in the same moment, on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
    await putAreas(app.database.db, [
      box('52.71', 'Kota', [116, -9, 117, -8]),
      box('52.08', 'Lain', [117, -9, 118, -8]),
    ]);
  });
  afterAll(() => app?.close());

  const cells = (metres: number) =>
    app.http.inject(
      `/api/hotspots/cells?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z&shape=square&metres=${metres}`,
    );

  test('more than may wait are told when to try again, and the others are answered', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, at) => cells(2_000 + at)));
    const refused = answers.filter(({ statusCode }) => statusCode !== 200);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(22);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect([answer.statusCode, answer.headers['retry-after'], answer.json().code]).toEqual([503, '5', 'overloaded']);
      expect(answer.json().message).toContain('grids and neighbours');
    }
    // What was refused is answered when there is room.
    const at = answers.findIndex(({ statusCode }) => statusCode !== 200);
    const again = await cells(2_000 + at);
    expect(again.statusCode, again.body).toBe(200);
    const neighbours = await app.http.inject('/api/hotspots/neighbours?level=kabkota');
    expect(neighbours.json()).toMatchObject({ code: ['52.08', '52.71'], neighbour: [1, 0] });
  });
});
