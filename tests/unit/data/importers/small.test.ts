import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { hasCrossing } from '../../../../data/importers/boundaries/crossings.ts';
import { isGone, thisOwner } from '../../../../data/importers/owner.ts';
import { Pace } from '../../../../data/importers/pacing.ts';
import { nestRings } from '../../../../data/importers/read/shp.ts';
import { streetClass } from '../../../../data/importers/streets/street-class.ts';
import { Terminal } from '../../../../data/importers/terminal.ts';

test('an import is gone with its process; one elsewhere when it has been silent long', () => {
  expect(isGone(thisOwner(), 1)).toBe(false);
  expect(isGone(`${hostname()} ${process.pid} of-an-earlier-start`, 1)).toBe(true);
  expect(isGone(`${hostname()} 999999999 x`, 1)).toBe(true);
  expect(isGone('elsewhere 1 x', 1)).toBe(false);
  expect(isGone('elsewhere 1 x', 600)).toBe(true);
});

test('batches grow step by step while they are quick, and count', async () => {
  const pace = new Pace(10, 100);
  for (let i = 0; i < 20; i++) await pace.run(pace.size, async () => {});
  expect(pace.size).toBe(100);
});

test.each([
  ['motorway_link', 'primary'],
  ['Tertiary', 'secondary'],
  ['living_street', 'residential'],
  ['footway', 'path'],
  ['construction', 'none'],
  ['spaceway', undefined],
])('OpenStreetMap %s is %s', (highway, expected) => {
  expect(streetClass(highway)).toBe(expected);
});

test('rings of a shapefile: holes go to the smallest shell around them, a lone hole stands as land', () => {
  const ring = (x: number, size: number, clockwise: boolean) => {
    const points = [[x, x], [x, x + size], [x + size, x + size], [x + size, x], [x, x]]; // biome-ignore format: one ring, one line
    return clockwise ? points : points.reverse();
  };
  const [shell, inner, hole, lone] = [ring(0, 10, true), ring(2, 5, true), ring(3, 1, false), ring(50, 1, false)];
  expect(nestRings([shell, inner, hole, lone])).toEqual([[shell], [inner, hole], [lone]]);
  const reversed = ring(0, 10, false);
  expect(nestRings([reversed])).toEqual([[reversed]]);
});

test('edges that cross or lie on one another are found; shared corners are none', () => {
  const bowTie = [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]; // biome-ignore format: one ring, one line
  const spike = [[[0, 0], [2, 0], [1, 0], [1, 1], [0, 0]]]; // biome-ignore format: one ring, one line
  const square = [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]; // biome-ignore format: one ring, one line
  const corner = [[[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]]; // biome-ignore format: one ring, one line
  expect([hasCrossing([bowTie]), hasCrossing([spike]), hasCrossing([square]), hasCrossing([square, corner])]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('progress is a line for each tenth, and on a terminal a bar that is drawn over', () => {
  let text = '';
  const write = (part: string) => (text += part);
  const lines = new Terminal({ write });
  for (let i = 0; i <= 1000; i++) lines.progress('writing', i, 1000);
  expect(text.split('\n')).toHaveLength(12);
  text = '';
  const bar = new Terminal({ write, isTTY: true });
  bar.progress('writing', 5, 10);
  bar.say('done');
  expect(text).toContain('█'.repeat(15));
  expect(text.endsWith('\r\u001b[2Kdone\n')).toBe(true);
});
