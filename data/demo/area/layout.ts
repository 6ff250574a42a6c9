import { type Random, seededRandom } from '../random.ts';
import { fractal, smooth } from './curves.ts';
import { streetNames } from './names.ts';
import { COAST, ISLET, PIERS, RIVER, RIVER_BORDER_POINTS } from './plan/land.ts';
import { COUNTS, density, KECAMATAN, QUARTERS, quarterAt } from './plan/people.ts';
import { FIRST_STREETS, type PlannedStreet, STREETS } from './plan/streets.ts';
import { type Face, type Line, PlanarMap } from './planar-map.ts';
import { centroid, cyclic, distance, type Point, signedArea } from './plane.ts';
import { divide } from './subdivide.ts';

/** Which kecamatan, desa and RW a piece of land belongs to, as running numbers. */
export interface Belongs {
  kecamatan: number;
  desa: number;
  rw: number;
}

/** The island cut into blocks, and the river above the part that is a border. */
export interface Layout {
  map: PlanarMap<Belongs>;
  river: Point[];
  random: Random;
}

const metres = (points: readonly Point[]): Point[] => points.map(([x, y]) => [x * 1000, y * 1000]);

/** Households on a face, by the density at points within it. */
function households(ring: readonly Point[]): number {
  const middle = centroid(ring);
  const samples = ring.filter((_, i) => i % Math.ceil(ring.length / 8) === 0);
  const inner = samples.map((point): Point => [(point[0] + middle[0]) / 2, (point[1] + middle[1]) / 2]);
  const mean = [middle, ...inner].reduce((sum, point) => sum + density(point), 0) / (inner.length + 1);
  return (mean * signedArea(ring)) / 1e6;
}

/** Draws the island: coast, river, planned streets, then ever finer cuts down to blocks. The same seed gives the same island. */
export function layOut(seed: number): Layout {
  const random = seededRandom(seed);
  const map = new PlanarMap<Belongs>();
  const river = drawGround(map, random.fork('ground'));
  const name = streetNames(random.fork('names'));
  makeDesa(map, random.fork('desa'), name);
  makeRw(map, random.fork('rw'), name);
  makeBlocks(map, random.fork('blocks'), name);
  return { map, river, random };
}

function drawGround(map: PlanarMap<Belongs>, random: Random): Point[] {
  const coast = map.addLine({ kind: 'coast', class: '', name: '' });
  const rough = ([x, y]: Point) => {
    if (x > 700 && x < 1700 && y > -2600 && y < -1200) return 0.02;
    return x < -2600 || y > 1500 ? 0.34 : 0.22;
  };
  const shore = (outline: readonly Point[]) => fractal(smooth(metres(outline), true, 800), true, rough, 50, random);
  const island = map.addFace(shore(COAST), coast, { kecamatan: -1, desa: 0, rw: 0 });
  const islet = map.addFace(shore(ISLET), coast, { kecamatan: 0, desa: 0, rw: 0 });
  islet.data.desa = islet.id;
  island.data.desa = island.id;

  const river = fractal(smooth(metres(RIVER), false, 120), false, () => 0.12, 45, random);
  const border = metres(RIVER).slice(0, RIVER_BORDER_POINTS).at(-1) ?? [0, 0];
  const last = river.reduce(
    (best, point, i) => (distance(point, border) < distance(cyclic(river, best), border) ? i : best),
    0,
  );
  const draw = (street: PlannedStreet) => {
    const wobbled = metres(street.through).map(([x, y]): Point => [x + random.normal() * 18, y + random.normal() * 18]);
    map.cut(smooth(wobbled, false, 90), map.addLine({ kind: 'street', class: street.class, name: street.name }), 5);
  };
  const [ring, ...others] = FIRST_STREETS;
  if (ring) draw(ring);
  map.cut(river.slice(0, last + 1), map.addLine({ kind: 'river', class: '', name: 'Kali Contoh' }), 5);
  others.forEach(draw);
  KECAMATAN.forEach(({ inside }, kecamatan) => {
    const face = map.faceAt([inside[0] * 1000, inside[1] * 1000]);
    if (face) face.data.kecamatan = kecamatan;
  });
  for (const face of map.faces.values()) {
    if (face.data.kecamatan < 0) face.data.kecamatan = neighbourOf(map, face)?.data.kecamatan ?? 0;
  }
  STREETS.forEach(draw);
  const mouth = river.findIndex((point) => map.faceAt(point));
  return river.slice(Math.max(0, mouth - 1));
}

/** The neighbour with the longest shared border, among those that pass the test. */
function neighbourOf(
  map: PlanarMap<Belongs>,
  face: Face<Belongs>,
  passes: (other: Face<Belongs>) => boolean = (other) => other.data.kecamatan >= 0,
): Face<Belongs> | undefined {
  const shared = new Map<Face<Belongs>, number>();
  face.ring.forEach((a, i) => {
    const b = cyclic(face.ring, i + 1);
    const other = map.faceAlong(b, a);
    if (!other || other === face || !passes(other)) return;
    const border = map.lineOf(a, b)?.kind === 'river' ? 0.1 : 1;
    shared.set(other, (shared.get(other) ?? 0) + distance(map.point(a), map.point(b)) * border);
  });
  return [...shared].reduce<[Face<Belongs>, number] | undefined>(
    (best, entry) => (!best || entry[1] > best[1] ? entry : best),
    undefined,
  )?.[0];
}

type Naming = (prefix: 'Jalan' | 'Gang') => string;
type Weigh = (ring: readonly Point[]) => number;

/** Cuts the heaviest face again and again until there are `count` units. Faces that no good cut exists for are left. */
function cutHeaviest(
  map: PlanarMap<Belongs>,
  count: number,
  weigh: Weigh,
  line: (ring: readonly Point[]) => () => Line,
  unit: 'desa' | 'rw',
  random: Random,
): void {
  const weights = new Map<number, number>();
  const weightOf = (face: Face<Belongs>) => {
    const weight = weights.get(face.id) ?? weigh(map.ringPoints(face));
    weights.set(face.id, weight);
    return weight;
  };
  const number = (face: Face<Belongs>) => face.data[unit];
  for (const face of map.faces.values()) face.data[unit] = face.id;
  absorbTiny(map, weightOf, unit);
  for (;;) {
    const faces = [...map.faces.values()];
    if (new Set(faces.map(number)).size >= count) return;
    const heaviest = faces.reduce((best, face) => (weightOf(face) > weightOf(best) ? face : best));
    const parts = divide(map, heaviest, line(map.ringPoints(heaviest)), random);
    if (parts) parts[1].data[unit] = parts[1].id;
    else weights.set(heaviest.id, 0);
  }
}

/** Pieces too small to be a unit of their own join the neighbour they share most border with. */
function absorbTiny(map: PlanarMap<Belongs>, weightOf: (face: Face<Belongs>) => number, unit: 'desa' | 'rw'): void {
  const limit = unit === 'desa' ? 120 : 25;
  for (const face of map.faces.values()) {
    if (weightOf(face) >= limit) continue;
    const isIslet = face.ring.every((a, i) => !map.faceAlong(cyclic(face.ring, i + 1), a));
    if (isIslet) continue;
    const host = neighbourOf(
      map,
      face,
      (other) =>
        other.data.kecamatan === face.data.kecamatan && (unit === 'desa' || other.data.desa === face.data.desa),
    );
    if (host) face.data[unit] = host.data[unit];
  }
}

function makeDesa(map: PlanarMap<Belongs>, random: Random, name: Naming): void {
  const weigh: Weigh = (ring) => households(ring) + (signedArea(ring) / 1e6) * 90;
  const line = () => () => map.addLine({ kind: 'street', class: 'secondary', name: name('Jalan') });
  // The islet becomes a ward of the harbour's kelurahan afterwards, so it is one more here.
  cutHeaviest(map, COUNTS.desa + 1, weigh, line, 'desa', random);
  const islet = [...map.faces.values()].find((face) =>
    face.ring.every((a, i) => !map.faceAlong(cyclic(face.ring, i + 1), a)),
  );
  const quay = metres(PIERS.map(({ from }) => from))[0] ?? [0, 0];
  const harbour = [...map.faces.values()]
    .filter((face) => face.data.kecamatan === islet?.data.kecamatan && face !== islet)
    .reduce((best, face) => {
      const far = (one: Face<Belongs>) => Math.min(...map.ringPoints(one).map((point) => distance(point, quay)));
      return far(face) < far(best) ? face : best;
    });
  if (islet) islet.data.desa = harbour.data.desa;
}

function makeRw(map: PlanarMap<Belongs>, random: Random, name: Naming): void {
  const weigh: Weigh = (ring) => households(ring) + (signedArea(ring) / 1e6) * 60;
  const line = (ring: readonly Point[]) => () => {
    const wild = density(centroid(ring)) < 170;
    return map.addLine({ kind: 'street', class: wild ? 'path' : 'residential', name: name(wild ? 'Gang' : 'Jalan') });
  };
  cutHeaviest(map, COUNTS.rw, weigh, line, 'rw', random);
}

function makeBlocks(map: PlanarMap<Belongs>, random: Random, name: Naming): void {
  const open = [...map.faces.values()];
  for (let face = open.pop(); face; face = open.pop()) {
    const ring = map.ringPoints(face);
    const middle = centroid(ring);
    const quarter = quarterAt(middle);
    const wild = density(middle) < 420;
    const area = signedArea(ring);
    if (area < QUARTERS[quarter].block * random.between(0.8, 1.6) * (wild ? 1.4 : 1)) continue;
    const line = () => {
      if (wild) return map.addLine({ kind: 'field', class: '', name: '' });
      const narrow = quarter === 'old' ? area < 30_000 : quarter === 'village' && area < 130_000;
      return map.addLine({
        kind: 'street',
        class: narrow ? 'path' : 'residential',
        name: name(narrow ? 'Gang' : 'Jalan'),
      });
    };
    const parts = divide(map, face, line, random);
    if (parts) open.push(...parts);
  }
}
