import { type Ground, readGround } from '../../shared/plans/ground.ts';
import { DEFAULT_WEIGHTS, type PlanContent, type PlanGround } from '../../shared/schemas/plan.ts';

/** Side of an area, metres. */
export const SIDE = 1_000;

/**
 * A ground and a plan on it from a drawing: each character is a square area of a square kilometre, a letter says which
 * zone it is in, `-` that it is in none, and where there is a space there is sea.
 */
export function drawnPlan(...lines: string[]): {
  ground: Ground;
  content: PlanContent;
  area(row: number, column: number): number;
} {
  const places = lines.flatMap((line, row) =>
    [...line].flatMap((zone, column) => (zone === ' ' ? [] : [{ zone, row, column }])),
  );
  const indexAt = new Map(places.map(({ row, column }, index) => [`${row} ${column}`, index]));
  const ground = readGround(squareGround(places, indexAt));
  const letters = [...new Set(places.map(({ zone }) => zone))].filter((zone) => zone !== '-').sort();
  const zones = letters.map((letter, colour) => ({
    id: zoneId(letter),
    name: letter,
    colour: colour % 12,
    locked: false,
    codes: places.flatMap(({ zone }, index) => (zone === letter ? [ground.code[index] ?? ''] : [])),
  }));
  const area = (row: number, column: number) => indexAt.get(`${row} ${column}`) ?? -1;
  return { ground, content: { zones, weights: DEFAULT_WEIGHTS }, area };
}

export const zoneId = (letter: string): string =>
  `01920000-0000-7000-8000-00000000${letter.charCodeAt(0).toString().padStart(4, '0')}`;

function squareGround(
  places: readonly { row: number; column: number }[],
  indexAt: ReadonlyMap<string, number>,
): PlanGround {
  const start = [0];
  const neighbour: number[] = [];
  for (const { row, column } of places) {
    const beside = [
      [row - 1, column],
      [row, column - 1],
      [row, column + 1],
      [row + 1, column],
    ];
    neighbour.push(...beside.flatMap(([r, c]) => indexAt.get(`${r} ${c}`) ?? []).sort((a, b) => a - b));
    start.push(neighbour.length);
  }
  return {
    version: '1',
    code: places.map((_, index) => `98.01.01.1001.RW${String(index + 1).padStart(4, '0')}`),
    name: places.map((_, index) => `RW ${index + 1}`),
    kecamatan: places.map(() => '98.01.01'),
    kecamatanName: { '98.01.01': 'Contoh' },
    lon: places.map(({ column }) => 116 + column * 0.009),
    lat: places.map(({ row }) => -8 - row * 0.009),
    areaM2: places.map(() => SIDE * SIDE),
    outlineM: places.map(() => 4 * SIDE),
    start,
    neighbour,
    borderM: neighbour.map(() => SIDE),
  };
}
