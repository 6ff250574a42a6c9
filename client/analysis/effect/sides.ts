import type { AreaCounts } from '../../../shared/schemas/hotspot.ts';
import { studyWindow } from '../../../shared/stats/density/window.ts';
import type { Neighbours } from '../../../shared/stats/weights.ts';

/** Kinds of areas that a before-and-after comparison knows. */
export const SIDES = ['treated', 'control', 'surroundings', 'controlSurroundings'] as const;
export type SideName = (typeof SIDES)[number];

/** The areas of each side, by their index; no area is on two. */
export type Sides = Record<SideName, number[]>;

/**
 * Puts the areas on their sides. Those that touch the treated ones are where events may have moved to; those that touch the
 * control are what to hold these against. What is chosen as treated and as control is treated.
 *
 * @param codes of all areas @param neighbours of them; left out where surroundings are not asked for
 */
export function sidesOf(
  codes: readonly string[],
  chosen: { treated: readonly string[]; control: readonly string[] },
  neighbours?: Neighbours,
): Sides {
  const index = new Map(codes.map((code, at) => [code, at]));
  const taken = new Set<number>();
  const take = (areas: Iterable<number | undefined>) => {
    const side: number[] = [];
    for (const area of areas) {
      if (area === undefined || taken.has(area)) continue;
      taken.add(area);
      side.push(area);
    }
    return side;
  };
  const treated = take(chosen.treated.map((code) => index.get(code)));
  const control = take(chosen.control.map((code) => index.get(code)));
  const around = (side: number[]) =>
    side.flatMap((area) =>
      neighbours ? [...neighbours.neighbours.subarray(neighbours.starts[area], neighbours.starts[area + 1])] : [],
    );
  const surroundings = take(around(treated));
  return { treated, control, surroundings, controlSurroundings: take(around(control)) };
}

/** Areas, by code, that a click or a name stands for: itself, those within a wider one, or the one that a finer one lies in. */
export function codesFor(code: string, codes: readonly string[]): string[] {
  return codes.filter((one) => one === code || one.startsWith(`${code}.`) || code.startsWith(`${one}.`));
}

/** Areas whose label lies within a polygon drawn by hand: rings in degrees. Empty where the polygon is none. */
export function codesWithin(areas: Pick<AreaCounts['areas'], 'code' | 'lon' | 'lat'>, rings: number[][][]): string[] {
  const drawn = studyWindow(rings.map((ring) => ring.map(([lon = 0, lat = 0]) => [lon, lat] as const)));
  if (!drawn.ok) return [];
  return areas.code.filter((_, at) => drawn.value.contains(areas.lon[at] ?? 0, areas.lat[at] ?? 0));
}
