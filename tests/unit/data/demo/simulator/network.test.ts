import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../../../data/demo/random.ts';
import { type StreetLine, StreetNetwork } from '../../../../../data/demo/simulator/network.ts';
import { RouteQueue } from '../../../../../data/demo/simulator/route-queue.ts';

/** A grid of streets a hundredth of a degree apart, with a lonely street beside it. */
function grid(size: number): StreetLine[] {
  const line = (count: number) => Array.from({ length: count }, (_, i) => i);
  return [
    ...line(size).map((i) => ({
      class: i === 0 ? 'primary' : 'residential',
      coordinates: line(size).map((j): [number, number] => [118 + j / 100, -3.5 + i / 100]),
    })),
    ...line(size).map((j) => ({
      class: 'residential',
      coordinates: line(size).map((i): [number, number] => [118 + j / 100, -3.5 + i / 100]),
    })),
    {
      class: 'path',
      coordinates: [
        [119, -3],
        [119.001, -3],
      ],
    },
  ];
}

test('joins lines where they share a position, and leaves out what cannot be reached', () => {
  expect(new StreetNetwork(grid(5)).nodes).toHaveLength(25);
  expect(() => new StreetNetwork([])).toThrow(RangeError);
});

test('routes along streets, and by the main street when that is quicker', () => {
  const network = new StreetNetwork(grid(6));
  const from = network.nearest([118, -3.49]);
  const to = network.nearest([118.05, -3.49]);
  const way = network.route(from, to);
  expect(way[0]).toBe(from);
  expect(way.at(-1)).toBe(to);
  expect(way.filter((node) => network.node(node)[1] === -3.5)).toHaveLength(6);
  for (let i = 0; i + 1 < way.length; i++) {
    expect(network.metres(network.node(way[i] ?? 0), network.node(way[i + 1] ?? 0))).toBeLessThan(1_150);
  }
  expect(network.route(from, from)).toEqual([from]);
});

test('finds the nearest crossing of any position', () => {
  const network = new StreetNetwork(grid(7));
  fc.assert(
    fc.property(
      fc.double({ min: 117.9, max: 118.2, noNaN: true }),
      fc.double({ min: -3.6, max: -3.3, noNaN: true }),
      (lon, lat) => {
        const far = (node: number) => network.metres(network.node(node), [lon, lat]);
        const least = Math.min(...network.nodes.map((_, node) => far(node)));
        expect(far(network.nearest([lon, lat]))).toBeCloseTo(least, 6);
      },
    ),
  );
});

test('measures directions clockwise from north, and moves by metres', () => {
  const network = new StreetNetwork(grid(3));
  const at: [number, number] = [118, -3.5];
  for (const [east, north, heading] of [
    [0, 100, 0],
    [100, 0, 90],
    [0, -100, 180],
    [-100, 0, 270],
  ] as const) {
    const to = network.moved(at, east, north);
    expect(network.metres(at, to)).toBeCloseTo(100, 3);
    expect(network.heading(at, to)).toBeCloseTo(heading, 3);
  }
});

test('the queue gives the cheapest first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000)), (costs) => {
      const queue = new RouteQueue();
      costs.forEach((cost, item) => {
        queue.push(item, cost);
      });
      const out = costs.map(() => costs[queue.pop() ?? -1]);
      expect(out).toEqual([...costs].sort((a, b) => a - b));
      expect(queue.pop()).toBeUndefined();
    }),
  );
});

test('somewhere near is near', () => {
  const network = new StreetNetwork(grid(10));
  const random = seededRandom(3);
  for (let i = 0; i < 50; i++) {
    const node = network.somewhere([118.04, -3.46], 1500, random);
    expect(network.metres(network.node(node), [118.04, -3.46])).toBeLessThan(2400);
  }
});
