import type { Assignment } from './assignment.ts';
import type { Ground } from './ground.ts';

/** How compact zones are, and how much of the borders between areas lies between zones. */
export interface Compactness {
  /**
   * Of each zone, 4πA / P² (D. D. Polsby, R. D. Popper, "The third criterion: compactness as a procedural safeguard against
   * partisan gerrymandering", Yale Law & Policy Review 9, 1991): 1 for a circle, 0.785 for a square, near 0 for what
   * straggles. Null for a zone without areas. Outlines count as they are drawn, coasts and all.
   */
  polsbyPopper: (number | null)[];
  /** Pairs of neighbouring areas that are in two different zones. */
  cutEdges: number;
  /** Length of the borders between them, kilometres. */
  cutKm: number;
}

/** See `Compactness`. */
export function compactnessOf(ground: Ground, { zones, zoneOf }: Pick<Assignment, 'zones' | 'zoneOf'>): Compactness {
  const area = new Float64Array(zones.length);
  const outline = new Float64Array(zones.length);
  let cutEdges = 0;
  let cutM = 0;
  for (let one = 0; one < ground.size; one++) {
    const zone = zoneOf[one] ?? -1;
    if (zone < 0) continue;
    area[zone] = (area[zone] ?? 0) + (ground.areaM2[one] ?? 0);
    let open = ground.outlineM[one] ?? 0;
    for (let entry = ground.starts[one] ?? 0; entry < (ground.starts[one + 1] ?? 0); entry++) {
      const other = ground.neighbours[entry] ?? 0;
      const border = ground.borderM[entry] ?? 0;
      const beyond = zoneOf[other] ?? -1;
      if (beyond === zone) open -= border;
      else if (beyond >= 0 && one < other) {
        cutEdges++;
        cutM += border;
      }
    }
    outline[zone] = (outline[zone] ?? 0) + open;
  }
  const polsbyPopper = zones.map((_, zone) => {
    const length = outline[zone] ?? 0;
    return length > 0 ? Math.min(1, (4 * Math.PI * (area[zone] ?? 0)) / length ** 2) : null;
  });
  return { polsbyPopper, cutEdges, cutKm: cutM / 1_000 };
}
