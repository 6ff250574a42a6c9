import type { PlanBorders } from '../../shared/schemas/plan.ts';
import type { BorderLines } from '../map/layers/plan-borders.ts';
import { absolute } from './paint/area-finder.ts';

/** The borders of an answer as lines for the map. */
export function borderLines(borders: PlanBorders): BorderLines {
  const { lon, lat } = absolute(borders);
  const lines = borders.a.map((_, border) => {
    const [start, end] = [borders.start[border] ?? 0, borders.start[border + 1] ?? lon.length];
    return Array.from({ length: end - start }, (_, at): [number, number] => [
      lon[start + at] ?? 0,
      lat[start + at] ?? 0,
    ]);
  });
  return { a: borders.a, b: borders.b, lines };
}
