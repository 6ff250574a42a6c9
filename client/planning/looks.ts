import { DIVERGING, PLAN_OPACITY, ZONE_HUES } from '../figure-palette.ts';
import type { Theme } from '../palette.ts';

/** Where classes of the deviation from the mean begin and end, per cent; the middle one is as even as is asked for. */
export const DEVIATION_BOUNDS = [-30, -10, 10, 30] as const;

/** The colour of a zone. @param colour as in the plan */
export function zoneColour(colour: number, theme: Theme): string {
  return ZONE_HUES[theme][colour] ?? ZONE_HUES[theme][0] ?? '';
}

/** A colour of the map as it looks there, over the ground of the theme: what a list or legend shows is what is seen. */
export function asOnMap(colour: string): string {
  return `color-mix(in srgb, ${colour} ${100 * PLAN_OPACITY}%, var(--area))`;
}

/** The colours of the classes of the deviation, from far below the mean to far above. */
export function deviationColours(theme: Theme): readonly string[] {
  const { below, middle, above } = DIVERGING[theme];
  return [below[2], below[0], middle, above[0], above[2]];
}

/** The colour of a zone by how far its workload is from the mean, per cent; empty where there is none. */
export function deviationColour(deviation: number | null | undefined, theme: Theme): string {
  if (deviation === null || deviation === undefined) return '';
  const at = DEVIATION_BOUNDS.findIndex((bound) => (bound < 0 ? deviation < bound : deviation <= bound));
  return deviationColours(theme)[at < 0 ? DEVIATION_BOUNDS.length : at] ?? '';
}
