import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toColumns } from '../../../../client/incidents/columns.ts';
import { AtlasCells } from '../../../../client/map/layers/incidents/atlas-cells.ts';
import { compositionAt, donutArcs, imageKey, shortCount } from '../../../../client/map/layers/incidents/composition.ts';
import { follow, symbolAt } from '../../../../client/map/layers/incidents/symbols.ts';
import { ClusterIndex } from '../../../../client/workers/cluster-index.ts';
import { incidentPoint } from '../../../support/incident-points.ts';

describe('a donut', () => {
  const counts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 20_000 })), {
    minLength: 1,
    maxLength: 7,
  });

  test('goes round once, has a visible piece for every category that is there, and larger ones for more', () => {
    fc.assert(
      fc.property(
        counts.filter((list) => list.some((count) => count > 0)),
        (categories) => {
          const arcs = donutArcs(categories);
          expect(arcs.map(({ category }) => category)).toEqual(
            categories.flatMap((count, category) => (count > 0 ? [category] : [])),
          );
          expect(arcs[0]?.from).toBe(0);
          expect(arcs.at(-1)?.to).toBe(2 * Math.PI);
          arcs.forEach((arc, at) => {
            if (at > 0) expect(arc.from).toBe(arcs[at - 1]?.to);
            expect(arc.to - arc.from).toBeGreaterThan(0.1);
            for (const other of arcs) {
              if ((categories[arc.category] ?? 0) > (categories[other.category] ?? 0))
                expect(arc.to - arc.from).toBeGreaterThanOrEqual(other.to - other.from - 1e-9);
            }
          });
        },
      ),
    );
  });

  test('a category that is only just visible gets no smaller piece than those that are widened to be seen', () => {
    const [, second, third] = donutArcs([1000, 36, 1, 1, 1, 1, 1]).map(({ from, to }) => to - from);
    expect(second).toBeGreaterThanOrEqual((third ?? 0) - 1e-9);
  });

  test('of one category is closed', () => {
    expect(donutArcs([0, 5])).toEqual([{ category: 1, from: 0, to: 2 * Math.PI }]);
  });

  test.each([
    [7, '7', '7'],
    [999, '999', '999'],
    [1234, '1,2 rb', '1.2K'],
    [20_000, '20 rb', '20K'],
  ])('%i is written short', (count, id, en) => {
    expect(shortCount(count, 'id').replace('\u00a0', ' ')).toBe(id);
    expect(shortCount(count, 'en')).toBe(en);
  });
});

describe('symbols', () => {
  const near = incidentPoint({ id: '0' });
  const far = incidentPoint({ id: '1', lon: 107, createdAt: 1 });
  const world: [number, number, number, number] = [-180, -90, 180, 90];

  test('one that did not change is the same object; one that did keeps its image until the new one is drawn', () => {
    const index = new ClusterIndex();
    index.reset(toColumns([near, far], Number));
    const before = follow(new Map(), index.clusters(world, 10), undefined);
    for (const symbol of before.values()) symbol.cell = { number: symbol.identity, key: symbol.key };
    index.upsert(toColumns([incidentPoint({ id: '2', createdAt: 2 })], Number));
    const after = follow(before, index.clusters(world, 10), undefined);
    expect(after.get(1)).toBe(before.get(1));
    expect(after.get(0)).toMatchObject({ composition: { count: 2 }, cell: { number: 0, key: before.get(0)?.key } });
    expect(after.get(0)?.key).not.toBe(before.get(0)?.key);
  });

  test('the selected one has an image of its own', () => {
    const index = new ClusterIndex();
    index.reset(toColumns([near], Number));
    const columns = index.clusters(world, 10);
    expect(imageKey(compositionAt(columns, 0, true))).not.toBe(imageKey(compositionAt(columns, 0, false)));
  });

  test('a click meets the topmost', () => {
    const index = new ClusterIndex();
    index.reset(toColumns([near, far], Number));
    const symbols = [...follow(new Map(), index.clusters(world, 10), undefined).values()];
    for (const [at, symbol] of symbols.entries()) Object.assign(symbol, { screenX: 100 + at * 5, screenY: 100 });
    expect(symbolAt(symbols, 103, 100)?.identity).toBe(1);
    expect(symbolAt(symbols, 87, 100)?.identity).toBe(0);
    expect(symbolAt(symbols, 10, 10)).toBeUndefined();
  });
});

describe('cells of the atlas', () => {
  test('what is on the screen keeps its cell; room is made by the longest unseen', () => {
    const cells = new AtlasCells(2);
    expect(cells.allocate('a', 1)).toBe(0);
    expect(cells.allocate('b', 2)).toBe(1);
    expect(cells.allocate('c', 2)).toBeUndefined();
    cells.use(0, 3);
    cells.use(1, 5);
    expect(cells.allocate('c', 5)).toBe(0);
    expect(cells.find('a')).toBeUndefined();
    expect(cells.find('b')).toBe(1);
    expect(cells.find('c')).toBe(0);
  });
});
