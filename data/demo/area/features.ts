import type { Random } from '../random.ts';
import { houses } from './buildings.ts';
import { fractal, ribbon, smooth } from './curves.ts';
import type { Layout } from './layout.ts';
import { ALUN_ALUN, PIERS, RESERVOIR, WOODS } from './plan/land.ts';
import { density, hilliness } from './plan/people.ts';
import type { Line } from './planar-map.ts';
import { centroid, type Point, signedArea } from './plane.ts';
import { toClosedRing, toLonLat } from './projection.ts';
import { type Run, runs } from './streets.ts';

type Position = [lon: number, lat: number];

/** One feature of the built-in base map, as table `basemap_feature` keeps it. */
export interface DemoFeature {
  kind: 'land' | 'water' | 'river' | 'street' | 'coast' | 'green' | 'building';
  class: string;
  name: string | null;
  minZoom: number;
  geometry:
    | { type: 'LineString'; coordinates: Position[] }
    | { type: 'Polygon'; coordinates: Position[][] }
    | { type: 'MultiPolygon'; coordinates: Position[][][] };
}

const STREET_ZOOM: Record<Line['class'], number> = { primary: 8, secondary: 10, residential: 12, path: 13, '': 13 };
const MARSH: readonly Point[] = [
  [-2.35, -0.78],
  [-2.62, -1.3],
  [-2.95, -1.95],
  [-3.05, -1.7],
  [-2.85, -1.1],
  [-2.55, -0.6],
];

const metres = (points: readonly Point[]): Point[] => points.map(([x, y]) => [x * 1000, y * 1000]);
const line = (points: readonly Point[]): DemoFeature['geometry'] => ({
  type: 'LineString',
  coordinates: points.map(toLonLat),
});
const polygon = (ring: readonly Point[]): DemoFeature['geometry'] => ({
  type: 'Polygon',
  coordinates: [toClosedRing(signedArea(ring) < 0 ? ring.toReversed() : ring)],
});

/** Everything the base map draws of the island, from the ground up. */
export function drawFeatures({ map, river }: Layout, streets: readonly Run[], random: Random): DemoFeature[] {
  const out: DemoFeature[] = [];
  const add = (
    kind: DemoFeature['kind'],
    cls: string,
    name: string | null,
    minZoom: number,
    geometry: DemoFeature['geometry'],
  ) => out.push({ kind, class: cls, name, minZoom, geometry });

  for (const outline of map.outline(map.faces.values())) {
    const points = outline.map((vertex) => map.point(vertex));
    add('land', '', null, 0, polygon(points));
  }
  for (const { points } of runs(map, 'coast')) add('coast', '', null, 0, line(points));
  for (const { from, to, half } of PIERS) {
    add('land', 'dermaga', null, 11, polygon(ribbon(metres([from, to]), () => half)));
  }

  for (const { name, class: cls, outline } of WOODS) add('green', cls, name, 9, polygon(patch(outline, 0.3, random)));
  add('green', 'bakau', 'Bakau Contoh', 11, polygon(patch(MARSH, 0.2, random)));
  for (const face of map.faces.values()) {
    const ring = map.ringPoints(face);
    const kind = greenOf(ring, random);
    if (kind) add('green', kind, null, kind === 'sawah' ? 12 : 13, polygon(ring));
    else {
      const footprints = houses(ring, random);
      if (footprints.length > 0) {
        const coordinates = footprints.map((house) => [toClosedRing(house)]);
        add('building', '', null, 15, { type: 'MultiPolygon', coordinates });
      }
    }
  }

  add('water', 'waduk', 'Waduk Contoh', 10, polygon(patch(RESERVOIR, 0.15, random)));
  const width = (fraction: number) => 6 + 42 * (1 - fraction) ** 2.2;
  add('water', 'sungai', 'Kali Contoh', 12, polygon(ribbon(smooth(river, false, 30), width)));
  add('river', 'sungai', 'Kali Contoh', 8, line(river));
  for (const { line: street, points } of streets) {
    add('street', street.class, street.name, STREET_ZOOM[street.class], line(points));
  }
  return out;
}

/** A natural outline from a rough one in kilometres. */
function patch(outline: readonly Point[], roughness: number, random: Random): Point[] {
  return fractal(smooth(metres(outline), true, 260), true, () => roughness, 40, random);
}

/** Rice fields on the villages' plain, parks and pitches in town; the rest is built on or bare. */
function greenOf(ring: readonly Point[], random: Random): string | undefined {
  const middle = centroid(ring);
  const dense = density(middle);
  const area = signedArea(ring);
  if (dense < 420) {
    const wave = Math.sin(middle[0] / 610 + 1.3) + Math.sin(middle[1] / 470 - 0.6) + random.between(-0.7, 0.7);
    return hilliness(middle) < 0.3 && wave > -0.75 && area < 160_000 ? 'sawah' : undefined;
  }
  const [ax, ay] = ALUN_ALUN;
  if (Math.hypot(middle[0] - ax * 1000, middle[1] - ay * 1000) < 55) return 'taman';
  return area > 3_500 && random.next() < 0.035 ? random.pick(['taman', 'lapangan', 'makam']) : undefined;
}
