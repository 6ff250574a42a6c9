import type { Position } from 'geojson';
import { multiPolygonArea } from '../../../shared/geo/area.ts';
import type { Geos } from './geos.ts';

/** Share of its area that a repair may change. */
const TOLERANCE = 0.001;

export type Verdict =
  | { kind: 'valid' }
  | { kind: 'repaired'; polygons: Position[][][]; note: string }
  | { kind: 'refused'; reason: string };

/**
 * Judges polygons and repairs invalid ones. Each polygon is repaired by itself and measured before and after, in both
 * cases as shells less holes, so that a part that its ring runs round backwards or twice shows as a difference; then those
 * that overlap are united. More than 0.1 % of difference refuses the whole.
 */
export function judge(geos: Geos, polygons: Position[][][]): Verdict {
  const fault = geos.fault(polygons);
  if (!fault) return { kind: 'valid' };
  const where = `${fault.reason} at ${fault.at.map((value) => value.toFixed(5)).join(', ')}`;
  let before = 0;
  let change = 0;
  const parts = polygons.flatMap((polygon) => {
    const drawn = multiPolygonArea([polygon]);
    before += drawn;
    if (!geos.fault([polygon])) return [polygon];
    const repaired = geos.repair([polygon]);
    change += Math.abs(multiPolygonArea(repaired) - drawn);
    return repaired;
  });
  const apart = geos.fault(parts) ? geos.union(parts) : parts;
  if (apart.length === 0 || change > TOLERANCE * Math.abs(before)) {
    return {
      kind: 'refused',
      reason: `${where}; drawn it has ${square(before)}, repaired ${square(multiPolygonArea(apart))}, more than 0.1 % apart: correct it in the file`,
    };
  }
  if (geos.fault(apart)) return { kind: 'refused', reason: `${where}; it cannot be repaired` };
  const note = apart === parts ? '' : ', overlapping parts united';
  return {
    kind: 'repaired',
    polygons: apart,
    note: `${where}: repaired${note}, ${square(before)} became ${square(multiPolygonArea(apart))}`,
  };
}

/** Unites polygons of several features, which are valid each. */
export function unite(geos: Geos, polygons: Position[][][]): Verdict {
  const united = geos.union(polygons);
  if (united.length === 0 || geos.fault(united)) return { kind: 'refused', reason: 'its parts cannot be united' };
  return { kind: 'repaired', polygons: united, note: 'its parts were united' };
}

function square(metres: number): string {
  return Math.abs(metres) < 10_000 ? `${metres.toFixed(1)} m²` : `${(metres / 1e6).toFixed(4)} km²`;
}
