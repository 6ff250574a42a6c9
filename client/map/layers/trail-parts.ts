import type { Feature, FeatureCollection, LineString } from 'geojson';
import type { TrailPoint } from '../../api/map-data.ts';

/** A way longer silent than this was not seen: no line is drawn across it. */
const GAP_MS = 5 * 60_000;
const PARTS = 8;
const SPAN_MS = 30 * 60_000;

/** Adds the newest fix and lets go of what is older than `span` ms; the same array when the fix is not newer. */
export function extendTrail(points: TrailPoint[], fix: TrailPoint, span: number): TrailPoint[] {
  const last = points.at(-1);
  if (last && last[2] >= fix[2]) return points;
  return [...points.filter((point) => point[2] >= fix[2] - span), fix];
}

/** The way as lines of equal age, the older the fainter; broken where the unit was silent. */
export function byAge(points: readonly TrailPoint[], now: number): FeatureCollection<LineString> {
  const features: Feature<LineString>[] = [];
  let line: [number, number][] = [];
  let part = -1;
  const end = () => {
    if (line.length > 1) {
      features.push({
        type: 'Feature',
        properties: { opacity: 0.85 * (1 - part / PARTS) },
        geometry: { type: 'LineString', coordinates: line },
      });
    }
  };
  let before: TrailPoint | undefined;
  for (const point of points) {
    const partNow = Math.min(PARTS - 1, Math.max(0, Math.floor(((now - point[2]) / SPAN_MS) * PARTS)));
    const broken = before !== undefined && point[2] - before[2] > GAP_MS;
    if (before === undefined || broken || partNow !== part) {
      end();
      line = before && !broken ? [[before[0], before[1]]] : [];
      part = partNow;
    }
    line.push([point[0], point[1]]);
    before = point;
  }
  end();
  return { type: 'FeatureCollection', features };
}
