/** Classes of streets on the base map, and the zoom from which each is drawn. */
export const STREET_ZOOM = { primary: 8, secondary: 10, residential: 12, path: 13 } as const;
export type StreetClass = keyof typeof STREET_ZOOM;

const OF_OSM: Record<StreetClass, string[]> = {
  primary: ['motorway', 'trunk', 'primary'],
  secondary: ['secondary', 'tertiary'],
  residential: [
    'residential',
    'unclassified',
    'living_street',
    'service',
    'services',
    'road',
    'busway',
    'bus_guideway',
  ],
  path: ['path', 'footway', 'pedestrian', 'steps', 'track', 'cycleway', 'bridleway', 'corridor'],
};
const BY_NAME = new Map(
  (Object.keys(OF_OSM) as StreetClass[]).flatMap((kind) =>
    OF_OSM[kind].map((name): [string, StreetClass] => [name, kind]),
  ),
);

/** Kinds of ways that nobody drives or walks on (yet). */
const NO_STREET = new Set(['construction', 'proposed', 'abandoned', 'razed', 'raceway', 'platform', 'rest_area']);

/** The class of an OpenStreetMap `highway` value, links with their street; `none` for what is no street, else `undefined`. */
export function streetClass(highway: string): StreetClass | 'none' | undefined {
  const name = highway
    .trim()
    .toLowerCase()
    .replace(/_link$/, '');
  return NO_STREET.has(name) ? 'none' : BY_NAME.get(name);
}
