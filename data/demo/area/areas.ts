import { type AreaLevel, parentOfCode } from '../../../shared/area-code.ts';
import { groupBy } from '../group-by.ts';
import type { Random } from '../random.ts';
import type { Belongs } from './layout.ts';
import { DESA_NAMES } from './names.ts';
import { density, KECAMATAN } from './plan/people.ts';
import type { Face, PlanarMap } from './planar-map.ts';
import { centroid, distance, insideRing, type Point, signedArea } from './plane.ts';
import { toClosedRing } from './projection.ts';

export interface DemoAreaRecord {
  code: string;
  level: AreaLevel;
  name: string;
  parentCode: string | null;
  /** MultiPolygon coordinates, longitude first. */
  geometry: [number, number][][][];
}

/** An RW with the blocks it is made of, in metres. */
export interface Ward {
  code: string;
  blocks: Face<Belongs>[];
  households: number;
}

export const KOTA = '98.71';

/** Kelurahan that are named for what lies in them, kilometres. */
const NAMED: readonly { name: string; at: Point }[] = [
  { name: 'Alun-Alun', at: [0.62, 0.0] },
  { name: 'Pelabuhan', at: [1.2, -1.55] },
  { name: 'Kampung Nelayan', at: [0.15, -0.35] },
  { name: 'Pasar Lama', at: [0.1, 0.8] },
];

/** Gives the land its codes and names: every level from province to RW, each level tiling the one above exactly. */
export function nameAreas(map: PlanarMap<Belongs>, random: Random): { areas: DemoAreaRecord[]; wards: Ward[] } {
  const codes = codeDesa(map, random);
  const wards = codeWards(map, codes);
  const areas: DemoAreaRecord[] = [];
  const add = (code: string, level: AreaLevel, name: string, faces: Iterable<Face<Belongs>>) => {
    areas.push({ code, level, name, parentCode: parentOfCode(code) ?? null, geometry: geometryOf(map, faces) });
  };
  const all = [...map.faces.values()];
  add('98', 'provinsi', 'Contoh', all);
  add(KOTA, 'kabkota', 'Kota Contoh Bahari', all);
  KECAMATAN.forEach(({ name }, index) => {
    add(
      kecamatanCode(index),
      'kecamatan',
      name,
      all.filter((face) => face.data.kecamatan === index),
    );
  });
  for (const [desa, { code, name }] of codes)
    add(
      code,
      'desa',
      name,
      all.filter((face) => face.data.desa === desa),
    );
  for (const { code, blocks } of wards) add(code, 'rw', code.slice(-5).replace('RW', 'RW '), blocks);
  return { areas, wards };
}

const kecamatanCode = (index: number) => `${KOTA}.${String(index + 1).padStart(2, '0')}`;

function codeDesa(map: PlanarMap<Belongs>, random: Random): Map<number, { code: string; name: string }> {
  const groups = groupBy(map.faces.values(), (face) => face.data.desa);
  const words = { kelurahan: shuffled(DESA_NAMES.kelurahan, random), desa: shuffled(DESA_NAMES.desa, random) };
  const named = new Set(NAMED.map(({ name }) => name));
  words.kelurahan = words.kelurahan.filter((name) => !named.has(name));
  const counters = new Map<string, number>();
  const out = new Map<number, { code: string; name: string }>();
  const centres = [...groups].map(([desa, faces]) => ({ desa, faces, at: middleOf(map, faces) }));
  centres.sort((a, b) => b.at[1] - a.at[1] || a.at[0] - b.at[0]);
  for (const { desa, faces } of centres) {
    const kecamatan = kecamatanCode(faces[0]?.data.kecamatan ?? 0);
    const kind = meanDensity(map, faces) > 700 ? 'kelurahan' : 'desa';
    const key = `${kecamatan}.${kind}`;
    const number = (counters.get(key) ?? 0) + 1;
    counters.set(key, number);
    const own = NAMED.find(({ at }) =>
      faces.some((face) => insideRing(map.ringPoints(face), [at[0] * 1000, at[1] * 1000])),
    );
    const name = own && kind === 'kelurahan' ? own.name : (words[kind].shift() ?? `${kind} ${number}`);
    out.set(desa, { code: `${kecamatan}.${(kind === 'kelurahan' ? 1000 : 2000) + number}`, name });
  }
  return out;
}

function codeWards(map: PlanarMap<Belongs>, codes: Map<number, { code: string }>): Ward[] {
  const wards: Ward[] = [];
  const groups = groupBy(map.faces.values(), (face) => face.data.rw);
  const byDesa = groupBy(groups.values(), (faces) => faces[0]?.data.desa ?? 0);
  for (const [desa, rws] of byDesa) {
    const ordered = rws
      .map((blocks) => ({ blocks, at: middleOf(map, blocks) }))
      .sort((a, b) => Math.round((b.at[1] - a.at[1]) / 500) || a.at[0] - b.at[0]);
    ordered.forEach(({ blocks }, index) => {
      const households = blocks.reduce((sum, face) => {
        const ring = map.ringPoints(face);
        return sum + (density(centroid(ring)) * signedArea(ring)) / 1e6;
      }, 0);
      const code = `${codes.get(desa)?.code}.RW${String(index + 1).padStart(3, '0')}`;
      wards.push({ code, blocks, households: Math.round(households) });
    });
  }
  return wards.sort((a, b) => (a.code < b.code ? -1 : 1));
}

function geometryOf(map: PlanarMap<Belongs>, faces: Iterable<Face<Belongs>>): [number, number][][][] {
  const rings = map.outline(faces).map((ring) => ring.map((vertex) => map.point(vertex)));
  const shells = rings.filter((ring) => signedArea(ring) > 0);
  const holes = rings.filter((ring) => signedArea(ring) < 0);
  return shells
    .sort((a, b) => signedArea(b) - signedArea(a))
    .map((shell) => {
      const within = holes.filter((hole) => {
        const [a, b] = hole;
        return a && b && insideRing(shell, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      });
      return [shell, ...within].map(toClosedRing);
    });
}

function middleOf(map: PlanarMap<Belongs>, faces: readonly Face<Belongs>[]): Point {
  const largest = faces
    .map((face) => map.ringPoints(face))
    .reduce((best, ring) => (signedArea(ring) > signedArea(best) ? ring : best));
  const start = centroid(largest);
  let [x, y, sum] = [0, 0, 0];
  for (const face of faces) {
    const ring = map.ringPoints(face);
    const at = centroid(ring);
    // The islet's ward is ordered last, not averaged in.
    if (faces.length > 3 && distance(at, start) > 2500) continue;
    const area = signedArea(ring);
    x += at[0] * area;
    y += at[1] * area;
    sum += area;
  }
  return [x / sum, y / sum];
}

function meanDensity(map: PlanarMap<Belongs>, faces: readonly Face<Belongs>[]): number {
  let [households, area] = [0, 0];
  for (const face of faces) {
    const ring = map.ringPoints(face);
    households += density(centroid(ring)) * signedArea(ring);
    area += signedArea(ring);
  }
  return households / area;
}

function shuffled(items: readonly string[], random: Random): string[] {
  return items
    .map((item) => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
