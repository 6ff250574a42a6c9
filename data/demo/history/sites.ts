import { parentOfCode } from '../../../shared/area-code.ts';
import type { DemoArea } from '../area/generate.ts';
import type { Belongs } from '../area/layout.ts';
import { besideStreet } from '../area/places.ts';
import { ALUN_ALUN } from '../area/plan/land.ts';
import { density, hilliness } from '../area/plan/people.ts';
import type { Face } from '../area/planar-map.ts';
import { centroid, cyclic, distance, insideRing, type Point, signedArea } from '../area/plane.ts';
import { fromLonLat, toLonLat } from '../area/projection.ts';
import type { Random } from '../random.ts';
import type { Setting } from './kind.ts';

/** A place where something happened: degrees, the ward's code, and the street or building in words. */
export interface Site {
  lon: number;
  lat: number;
  ward: string;
  street: string;
}

/** Picks sites on the island. */
export interface Sites {
  /** A site in a place of this kind, likelier where more people are. */
  pick(setting: Setting, random: Random): Site;
  /** A site within so many metres of another; the other itself when there is none. */
  near(site: Site, metres: number, random: Random): Site;
  /** The middle of the demonstration's hidden hotspot: ordinary blocks of homes, not the town's centre. */
  hidden: Site;
  /** Codes of the wards that get extra patrols: the three kelurahan around the square. */
  treated: ReadonlySet<string>;
}

interface Block {
  face: Face<Belongs>;
  ring: Point[];
  ward: string;
  at: Point;
}

/** Where the hidden hotspot is looked for, metres: its reach lies within one kelurahan, far from those with extra patrols. */
const HIDDEN: Point = [-2450, 500];
/** Points in the kelurahan with extra patrols, metres. */
const TREATED: readonly Point[] = [
  [620, 0],
  [1460, -680],
  [240, 900],
];

export function findSites({ map, wards, places }: DemoArea, random: Random): Sites {
  const blocks: Block[] = wards.flatMap(({ code, blocks: faces }) =>
    faces.map((face) => {
      const ring = map.ringPoints(face);
      return { face, ring, ward: code, at: centroid(ring) };
    }),
  );
  const touches = ({ face }: Block, ...kinds: string[]) =>
    face.ring.some((a, i) => {
      const line = map.lineOf(a, cyclic(face.ring, i + 1));
      return line !== undefined && (kinds.includes(line.kind) || kinds.includes(line.class));
    });
  const square: Point = [ALUN_ALUN[0] * 1000, ALUN_ALUN[1] * 1000];
  const people = ({ ring, at }: Block) => (density(at) * signedArea(ring)) / 1e6;
  const weights: Record<Exclude<Setting, 'tps' | 'office'>, (block: Block) => number> = {
    homes: people,
    main_street: (block) => (touches(block, 'primary', 'secondary') ? 0.3 + Math.sqrt(density(block.at)) / 30 : 0),
    market: (block) => people(block) * Math.exp(-distance(block.at, square) / 700),
    shore: (block) => (touches(block, 'coast') ? 1 : 0),
    river: (block) => (touches(block, 'river') ? 4 : touches(block, 'coast') ? 0.2 : 0),
    hills: (block) => hilliness(block.at) ** 2,
  };
  const tables = {
    homes: lottery(blocks, weights.homes),
    main_street: lottery(blocks, weights.main_street),
    market: lottery(blocks, weights.market),
    shore: lottery(blocks, weights.shore),
    river: lottery(blocks, weights.river),
    hills: lottery(blocks, weights.hills),
  };

  const siteIn = (block: Block, random: Random): Site | undefined => {
    const spot = besideStreet(map, block.face, random, random.between(2, 12));
    if (!spot) return undefined;
    const [lon, lat] = toLonLat(spot.at);
    return { lon, lat, ward: block.ward, street: spot.street };
  };
  const first = (draw: () => Block, random: Random): Site => {
    for (;;) {
      const site = siteIn(draw(), random);
      if (site) return site;
    }
  };
  const stations = places.filter(({ kind }) => kind === 'tps');
  const offices = places.filter(({ kind }) => kind === 'kantor_desa' || kind === 'polsek');
  const wardAt = (point: Point) => blocks.find(({ ring }) => insideRing(ring, point))?.ward;
  const treatedDesa = new Set(TREATED.map((point) => parentOfCode(wardAt(point) ?? '')));
  const around = (point: Point, metres: number) => blocks.filter(({ at }) => distance(at, point) < metres);

  return {
    pick(setting, random) {
      if (setting !== 'tps' && setting !== 'office') return first(() => tables[setting](random.next()), random);
      const { lon, lat, name, areaCode } = random.pick(setting === 'tps' ? stations : offices);
      return { lon, lat, ward: wardAt(fromLonLat(lon, lat)) ?? areaCode, street: name };
    },
    near(site, metres, random) {
      const from = fromLonLat(site.lon, site.lat);
      const close = around(from, metres + 120);
      for (let attempt = 0; attempt < 8 && close.length > 0; attempt++) {
        const found = siteIn(random.pick(close), random);
        if (found && distance(fromLonLat(found.lon, found.lat), from) < metres) return found;
      }
      return site;
    },
    hidden: first(() => random.pick(around(HIDDEN, 250)), random),
    treated: new Set(wards.map(({ code }) => code).filter((code) => treatedDesa.has(parentOfCode(code)))),
  };
}

/** Draws an item by a number in [0, 1), each as likely as its weight. */
function lottery<T>(items: readonly T[], weigh: (item: T) => number): (ticket: number) => T {
  const ends: number[] = [];
  let total = 0;
  for (const item of items) {
    total += weigh(item);
    ends.push(total);
  }
  return (ticket) => {
    const wanted = ticket * total;
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= wanted) low = middle + 1;
      else high = middle;
    }
    return cyclic(items, low);
  };
}
