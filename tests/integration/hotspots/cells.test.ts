import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import { cellsOf } from '../../../server/hotspots/queries.ts';
import { type Cell, cellAt, cellMiddle, cellRing } from '../../../shared/geo/grid.ts';
import { GRID_SHAPES, type Grid } from '../../../shared/schemas/hotspot.ts';
import { engines, freshApp } from '../../support/engines.ts';

const grids: fc.Arbitrary<Grid> = fc.record({
  shape: fc.constantFrom(...GRID_SHAPES),
  metres: fc.oneof(fc.integer({ min: 100, max: 50_000 }), fc.double({ min: 100, max: 50_000, noNaN: true })),
  lon: fc.double({ min: 95, max: 141, noNaN: true }),
  lat: fc.double({ min: -11, max: 6, noNaN: true }),
});
const offset = fc.double({ min: -8, max: 8, noNaN: true });
const cell = fc.integer({ min: -300, max: 300 });

describe.each(engines())('cells on %s', (engine) => {
  let app: App;
  beforeAll(async () => {
    app = await freshApp(engine);
  });
  afterAll(() => app?.close());

  const inDatabase = async (grid: Grid, places: [lon: number, lat: number][]) => {
    const given = sql`(SELECT number, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom
      FROM unnest(${places.map(([lon]) => lon)}::float8[], ${places.map(([, lat]) => lat)}::float8[])
        WITH ORDINALITY AS given(lon, lat, number)) given`;
    const { rows } = await sql<Cell>`SELECT q, r FROM ${cellsOf(grid, given)} ORDER BY number`.execute(app.database.db);
    return rows;
  };

  test('the database puts a place into the same cell as the page does, edges and corners of cells too', async () => {
    await fc.assert(
      fc.asyncProperty(
        grids,
        fc.array(fc.tuple(offset, offset), { minLength: 20, maxLength: 20 }),
        fc.array(fc.tuple(cell, cell), { minLength: 10, maxLength: 10 }),
        async (grid, offsets, cells) => {
          const places: [number, number][] = [
            ...offsets.map(([east, north]): [number, number] => [grid.lon + east, grid.lat + north]),
            ...cells.flatMap(([q, r]) => [cellMiddle(grid, { q, r }), ...cellRing(grid, { q, r })]),
          ];
          expect(await inDatabase(grid, places)).toEqual(places.map(([lon, lat]) => cellAt(grid, lon, lat)));
        },
      ),
      { numRuns: 60 },
    );
  });
});
