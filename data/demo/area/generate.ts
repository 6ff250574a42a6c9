import { type DemoAreaRecord, nameAreas, type Ward } from './areas.ts';
import { type DemoFeature, drawFeatures } from './features.ts';
import { type Belongs, layOut } from './layout.ts';
import { type DemoPlace, placePlaces } from './places.ts';
import type { PlanarMap } from './planar-map.ts';
import { toLonLat } from './projection.ts';
import { connectStreets, runs } from './streets.ts';

/** A street that belongs to the one connected network; streets meet where they share a position exactly. */
export interface DemoStreet {
  class: string;
  coordinates: [lon: number, lat: number][];
}

/** The fictional kota: everything that is stored of it, and the land it was made on. */
export interface DemoArea {
  areas: DemoAreaRecord[];
  features: DemoFeature[];
  places: DemoPlace[];
  streets: DemoStreet[];
  wards: Ward[];
  map: PlanarMap<Belongs>;
}

/** The seed of the demonstration that ships. */
export const DEMO_SEED = 9871;

/** Makes the demonstration area. A pure function of the seed; about a second of work. */
export function generateArea(seed: number): DemoArea {
  const layout = layOut(seed);
  const { map, random } = layout;
  const network = connectStreets(map);
  const { areas, wards } = nameAreas(map, random.fork('areas'));
  const streetRuns = runs(map, 'street');
  return {
    areas,
    wards,
    map,
    features: drawFeatures(layout, streetRuns, random.fork('features')),
    places: placePlaces(map, areas, wards, random.fork('places')),
    streets: streetRuns
      .filter(({ vertices }) => vertices.some((vertex) => network.has(vertex)))
      .map(({ line, points }) => ({ class: line.class, coordinates: points.map(toLonLat) })),
  };
}
