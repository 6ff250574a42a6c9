import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import type { Jurisdiction } from '../../../shared/schemas/jurisdiction.ts';
import { engines, freshApp } from '../../support/engines.ts';

type Position = [number, number];
const FOLDER = join(inject('sharedDir'), 'corpora/homemade');

/** A ring that is valid and has the most vertices: a comb, through all of whose teeth each cut goes. */
function comb(): Position[] {
  const teeth = Array.from({ length: 998 }, (_, n): Position[] => [
    [116, -9 + n / 1000],
    [117, -9 + (n + 0.5) / 1000],
  ]);
  const ring: Position[] = [[115.9, -9], ...teeth.flat(), [116, -8], [115.9, -8]];
  return [...ring, [115.9, -9]];
}

describe.each(engines())('polygons drawn to do harm (%s)', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
  });
  afterAll(() => app?.close());

  const draw = async (name: string, polygon: unknown) => {
    const answer = await app.http.inject({
      method: 'POST',
      url: '/api/jurisdictions',
      payload: { name, kind: 'khusus', parts: [{ polygon }] },
    });
    return { status: answer.statusCode, body: answer.json() };
  };

  /** Asks for the units all the time until the work is done; gives the longest wait, milliseconds. */
  async function meanwhile(work: () => Promise<unknown>): Promise<number> {
    let working = true;
    let longest = 0;
    const done = work().finally(() => {
      working = false;
    });
    while (working) {
      const begin = performance.now();
      expect((await app.http.inject('/api/units')).statusCode).toBe(200);
      longest = Math.max(longest, performance.now() - begin);
    }
    await done;
    return longest;
  }

  test.skipIf(!inject('sharedDir'))(
    'R12: self-crossing and oversized ones are refused with the place, and nobody waits',
    async () => {
      const files = readdirSync(FOLDER).filter((name) => /^(bomb-star|slow-valid)-.*\.geojson$/.test(name));
      expect(files.length).toBeGreaterThan(7);
      const counts = { refused: 0, tooLarge: 0, accepted: 0 };
      const longest = await meanwhile(async () => {
        for (const name of files) {
          const geometry = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
          const { type, coordinates } = geometry.geometry ?? geometry;
          const { status, body } = await draw(name, type === 'Polygon' ? [coordinates] : coordinates);
          if (status === 201) counts.accepted++;
          else if (status === 422) {
            counts.refused++;
            expect(body.details[0].problem).toMatch(/\(at -?\d+\.\d{6}, -?\d+\.\d{6}\)/);
          } else {
            counts.tooLarge++;
            expect([400, 413]).toContain(status);
          }
          expect(name.startsWith('bomb') && status === 201).toBe(false);
        }
      });
      console.log(
        `R12 (${engine}): ${files.length} files: ${JSON.stringify(counts)}, others waited ${longest.toFixed(0)} ms at most`,
      );
      expect(longest).toBeLessThan(5_000);
    },
  );

  test('R12: the slowest that is taken is cut to pieces soon', async () => {
    let id = 0;
    const begin = performance.now();
    const longest = await meanwhile(async () => {
      const { status, body } = await draw('sisir', [[comb()]]);
      expect(status, JSON.stringify(body)).toBe(201);
      id = (body as Jurisdiction).id;
      const pieces = () =>
        app.database.db.selectFrom('jurisdiction_shape').select('origin').where('jurisdiction_id', '=', id).execute();
      await expect.poll(async () => (await pieces()).length, { timeout: 50_000 }).toBeGreaterThan(10);
    });
    const took = performance.now() - begin;
    console.log(`R12 (${engine}): cut after ${took.toFixed(0)} ms, others waited ${longest.toFixed(0)} ms at most`);
    expect(took).toBeLessThan(30_000);
  });
});
