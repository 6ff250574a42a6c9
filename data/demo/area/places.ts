import type { PlaceKind } from '../../../shared/schemas/place.ts';
import type { Random } from '../random.ts';
import { type DemoAreaRecord, KOTA, type Ward } from './areas.ts';
import type { Belongs } from './layout.ts';
import { ALUN_ALUN } from './plan/land.ts';
import { density } from './plan/people.ts';
import type { Face, PlanarMap } from './planar-map.ts';
import { between, cyclic, distance, insideRing, type Point } from './plane.ts';
import { toLonLat } from './projection.ts';

export interface DemoPlace {
  id: string;
  kind: PlaceKind;
  name: string;
  areaCode: string;
  lon: number;
  lat: number;
}

/** A spot just inside a block, beside one of its streets, with that street's name; `undefined` when there is none. */
export function besideStreet(
  map: PlanarMap<Belongs>,
  face: Face<Belongs>,
  random: Random,
  aside = 9,
): { at: Point; street: string } | undefined {
  const sides = face.ring
    .map((a, i): [number, number] => [a, cyclic(face.ring, i + 1)])
    .filter(([a, b]) => map.lineOf(a, b)?.kind === 'street' && distance(map.point(a), map.point(b)) > 12);
  if (sides.length === 0) return undefined;
  const [from, to] = random.pick(sides);
  const [a, b] = [map.point(from), map.point(to)];
  const length = distance(a, b);
  const on = between(a, b, random.between(0.25, 0.75));
  const at: Point = [on[0] - ((b[1] - a[1]) / length) * aside, on[1] + ((b[0] - a[0]) / length) * aside];
  return insideRing(map.ringPoints(face), at) ? { at, street: map.lineOf(from, to)?.name ?? '' } : undefined;
}

/** Guard posts, polling stations, offices. All fictional, and named so. */
export function placePlaces(
  map: PlanarMap<Belongs>,
  areas: readonly DemoAreaRecord[],
  wards: readonly Ward[],
  random: Random,
): DemoPlace[] {
  const out: DemoPlace[] = [];
  const add = (kind: PlaceKind, id: string, name: string, areaCode: string, at: Point) => {
    const [lon, lat] = toLonLat(at);
    out.push({ id: `contoh:${kind}:${id}`, kind, name, areaCode, lon, lat });
  };
  const somewhere = (blocks: readonly Face<Belongs>[]): Point | undefined => {
    for (let attempt = 0; attempt < 12; attempt++) {
      const spot = besideStreet(map, random.pick(blocks), random);
      if (spot) return spot.at;
    }
    return undefined;
  };
  const centralBlock = (own: readonly Ward[], central: (at: Point) => number): Point | undefined =>
    own
      .flatMap(({ blocks }) => blocks)
      .map((face) => besideStreet(map, face, random, 14)?.at)
      .filter((spot) => spot !== undefined)
      .sort((a, b) => central(b) - central(a))[0];
  const within = (code: string) => wards.filter((ward) => ward.code.startsWith(`${code}.`));

  wards.forEach(({ code, blocks, households }, index) => {
    const [, desa = '', number = ''] = /^(.*)\.RW(\d+)$/.exec(code) ?? [];
    const name = areas.find((area) => area.code === desa)?.name ?? '';
    const post = index % 2 === 0 ? somewhere(blocks) : undefined;
    if (post) add('pos_kamling', code, `Pos Kamling RW ${number} ${name}`, code, post);
    const stations = Math.max(households > 60 ? 1 : 0, Math.round(households / 260));
    for (let k = 1; k <= stations; k++) {
      const at = somewhere(blocks);
      if (at) add('tps', `${code}.${k}`, `TPS ${number}.${k} ${name} (contoh)`, code, at);
    }
  });
  for (const area of areas) {
    const office =
      area.level === 'desa' || area.level === 'kecamatan' ? centralBlock(within(area.code), density) : undefined;
    if (!office) continue;
    const title = area.code.split('.')[3]?.startsWith('1') ? 'Kantor Kelurahan' : 'Kantor Desa';
    if (area.level === 'desa') add('kantor_desa', area.code, `${title} ${area.name}`, area.code, office);
    else add('polsek', area.code, `Polsek ${area.name}`, area.code, office);
  }
  const near = (target: Point) => (at: Point) => -distance(at, target);
  const square: Point = [ALUN_ALUN[0] * 1000, ALUN_ALUN[1] * 1000];
  const polres = centralBlock(wards, near([square[0] + 260, square[1] + 140]));
  if (polres) add('polres', KOTA, 'Polres Kota Contoh Bahari', KOTA, polres);
  const posko = centralBlock(wards, near([square[0] - 150, square[1] + 60]));
  if (posko) add('posko', `${KOTA}.1`, 'Posko Terpadu Contoh', KOTA, posko);
  const quay = centralBlock(wards, near([1150, -1650]));
  if (quay) add('posko', `${KOTA}.2`, 'Posko SAR Pelabuhan Contoh', KOTA, quay);
  return out;
}
