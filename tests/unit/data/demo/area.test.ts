import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEMO_SEED, type DemoArea, generateArea } from '../../../../data/demo/area/generate.ts';
import { levelOfCode } from '../../../../shared/area-code.ts';

type Ring = [number, number][];

/** Twice the signed area in units of the 1e-7 degrees that positions are rounded to: whole numbers, so sums are exact. */
function doubledArea(ring: Ring): bigint {
  const whole = ring.map(([x, y]): [bigint, bigint] => [BigInt(Math.round(x * 1e7)), BigInt(Math.round(y * 1e7))]);
  return whole.reduce((sum, [x, y], i) => {
    const [nx, ny] = whole[(i + 1) % whole.length] ?? [x, y];
    return sum + x * ny - nx * y;
  }, 0n);
}

describe('the demonstration area', { timeout: 60_000 }, () => {
  let area: DemoArea;
  beforeAll(() => {
    area = generateArea(DEMO_SEED);
  }, 60_000);

  const text = ({ areas, features, places, streets }: DemoArea) => JSON.stringify({ areas, features, places, streets });

  test('is the same for the same seed, another for another', () => {
    expect(text(generateArea(DEMO_SEED))).toBe(text(area));
    expect(text(generateArea(7))).not.toBe(text(area));
  });

  // Whoever changes the plan or a generator on purpose puts the new digest here.
  test('is the one that ships, to the byte', () => {
    expect(createHash('sha256').update(text(area)).digest('hex')).toBe(
      '52d7356546ffc737c9ee6f09f8a97cda740ca556ac3d9c881cc7a0d7c74c26a6',
    );
  });

  test('has a kota of 4 kecamatan, 24 desa and kelurahan, 180 RW, with well-formed codes', () => {
    const count = (level: string) => area.areas.filter((one) => one.level === level).length;
    expect(['provinsi', 'kabkota', 'kecamatan', 'desa', 'rw'].map(count)).toEqual([1, 1, 4, 24, 180]);
    for (const { code, level, parentCode } of area.areas) {
      expect(levelOfCode(code)).toBe(level);
      expect(code.startsWith('98')).toBe(true);
      if (parentCode) expect(area.areas.some((one) => one.code === parentCode)).toBe(true);
    }
    expect(new Set(area.areas.map(({ code }) => code)).size).toBe(area.areas.length);
    const desa = area.areas.filter((one) => one.level === 'desa').map(({ code }) => code.split('.')[3]?.[0]);
    expect(new Set(desa)).toEqual(new Set(['1', '2']));
  });

  test('children tile their parents exactly: every border is shared vertex by vertex', () => {
    for (const parent of area.areas) {
      const children = area.areas.filter((one) => one.parentCode === parent.code);
      if (children.length === 0) continue;
      const doubled = (geometry: Ring[][]) => geometry.flat().reduce((sum, ring) => sum + doubledArea(ring), 0n);
      expect(children.reduce((sum, child) => sum + doubled(child.geometry), 0n)).toBe(doubled(parent.geometry));

      // Every directed edge of a child runs back along a sibling, or is the parent's own.
      const own = new Set(parent.geometry.flat().flatMap(edges));
      const all = new Set(children.flatMap((child) => child.geometry.flat().flatMap(edges)));
      for (const edge of all) {
        const [from, to] = edge.split('>');
        expect(all.has(`${to}>${from}`) || own.has(edge)).toBe(true);
      }
    }
  });

  test('every RW is one piece of land and none is a sliver', () => {
    for (const { level, geometry } of area.areas) {
      if (level !== 'rw') continue;
      expect(geometry.length).toBe(1);
      const [ring = []] = geometry[0] ?? [];
      const squareMetres = (Number(doubledArea(ring)) / 2e14) * 111_000 ** 2;
      expect(squareMetres).toBeGreaterThan(8_000);
    }
  });

  test('its streets are one connected network over most of the land', () => {
    const next = new Map<string, string[]>();
    for (const { coordinates } of area.streets) {
      for (let i = 0; i + 1 < coordinates.length; i++) {
        const [a, b] = [String(coordinates[i]), String(coordinates[i + 1])];
        next.set(a, [...(next.get(a) ?? []), b]);
        next.set(b, [...(next.get(b) ?? []), a]);
      }
    }
    const [start = ''] = next.keys();
    const reached = new Set([start]);
    for (const vertex of reached) for (const to of next.get(vertex) ?? []) reached.add(to);
    expect(reached.size).toBe(next.size);
    expect(area.streets.length).toBeGreaterThan(1000);
    expect(new Set(area.streets.map((street) => street.class))).toEqual(
      new Set(['primary', 'secondary', 'residential', 'path']),
    );
  });

  test('has its posts, stations, polling places and offices, each in an area of its own', () => {
    const count = (kind: string) => area.places.filter((place) => place.kind === kind).length;
    expect(count('pos_kamling')).toBe(90);
    expect(count('polsek')).toBe(4);
    expect(count('polres')).toBe(1);
    expect(count('posko')).toBe(2);
    expect(count('kantor_desa')).toBe(24);
    expect(count('tps')).toBeGreaterThan(100);
    const codes = new Set(area.areas.map(({ code }) => code));
    for (const place of area.places) expect(codes.has(place.areaCode)).toBe(true);
    expect(new Set(area.places.map(({ id }) => id)).size).toBe(area.places.length);
  });
});

function edges(ring: Ring): string[] {
  return ring.slice(0, -1).map((position, i) => `${position}>${ring[i + 1]}`);
}
