import Supercluster, { type PointFeature } from 'supercluster';
import { INCIDENT_CATEGORIES } from '../../shared/schemas/incident.ts';
import type { IncidentColumns } from '../incidents/columns.ts';
import type { Bounds } from '../live/client.ts';
import { type Row, type Tally, tallyOf, tallyUp } from './tally.ts';

/** Pixels at a whole zoom within which incidents join the cluster of the earliest of them. */
export const CLUSTER_RADIUS = 64;
/** The closest zoom that clusters: what shares a symbol there is taken as one place. */
export const CLUSTER_MAX_ZOOM = 20;
const EXTENT = 512;
const CATEGORIES = INCIDENT_CATEGORIES.length;

/** The clusters of a window, one row each, in the order of their seeds. A single incident is a cluster of one. */
export interface ClusterColumns {
  /** Slot of the earliest incident: the cluster's identity. */
  identity: Uint32Array<ArrayBuffer>;
  /** Where it is drawn: the place of its seed, which stays while others join. Degrees. */
  lon: Float64Array<ArrayBuffer>;
  lat: Float64Array<ArrayBuffer>;
  count: Uint32Array<ArrayBuffer>;
  waiting: Uint32Array<ArrayBuffer>;
  /** How many are not closed. */
  open: Uint32Array<ArrayBuffer>;
  /** Worst severity of those not closed; of all when every one is closed. */
  worst: Uint8Array<ArrayBuffer>;
  /** As many numbers a row as there are categories. */
  categories: Uint32Array<ArrayBuffer>;
  /** Zoom at which it falls apart; CLUSTER_MAX_ZOOM + 1 when it never does, because all of it is one place. */
  expansion: Uint8Array<ArrayBuffer>;
}

type Feature = PointFeature<Row>;
type ZoomIndex = Supercluster<Row, Tally>;

/**
 * Clusters that keep still.
 *
 * Supercluster goes through its points in order: the first that belongs to none yet becomes a seed and takes all later
 * ones within the radius. A point added at the end therefore joins one seed or becomes one itself, and touches nothing
 * else — on the first level. The next wider zoom would cluster the weighted centres of that level, and a centre moved by
 * one incident may win or lose neighbours. So every zoom has an index of its own, built from the points themselves when
 * it is first looked at; and a cluster stands at its seed, not at its centre. Seeds are at least a radius apart, so
 * symbols no wider than that never overlap.
 *
 * Incidents keep the order in which they were given. One that moves is given anew at the end; one that leaves stays
 * without weight, so that the cluster which it began keeps its place and its members. {@link reset} clears that away.
 */
export class ClusterIndex {
  private features: Feature[] = [];
  private readonly rowOf = new Map<number, Row>();
  private readonly zooms = new Map<number, ZoomIndex>();

  /** Begins anew with these incidents, in the order of their rows. */
  reset(columns: IncidentColumns): void {
    this.features = [];
    this.rowOf.clear();
    this.upsert(columns);
  }

  /** Adds incidents, and replaces those whose slot is known. */
  upsert(columns: IncidentColumns): void {
    this.zooms.clear();
    for (let at = 0; at < columns.slot.length; at++) {
      const row = readRow(columns, at);
      const known = this.rowOf.get(row.slot);
      if (known && known.lon === row.lon && known.lat === row.lat) {
        Object.assign(known, row, { order: known.order });
        continue;
      }
      if (known) known.counts = false;
      row.order = this.features.length;
      this.rowOf.set(row.slot, row);
      this.features.push({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [row.lon, row.lat] },
        properties: row,
      });
    }
  }

  /** Takes incidents out. */
  remove(slots: Uint32Array): void {
    this.zooms.clear();
    for (const slot of slots) {
      const row = this.rowOf.get(slot);
      if (row) row.counts = false;
    }
  }

  /** The incidents that count, in their order. */
  *rows(): Generator<Row> {
    for (const { properties } of this.features) if (properties.counts) yield properties;
  }

  /** Clusters whose place is within the bounds (degrees; may reach past ±180), at the whole zoom beneath `zoom`. */
  clusters(bounds: Bounds, zoom: number): ClusterColumns {
    const level = levelOf(zoom);
    const found: Tally[] = [];
    for (const tally of this.query(bounds, level)) {
      const { lon, lat } = placeOf(tally);
      if (tally.count > 0 && isWithin(bounds, lon, lat)) found.push(tally);
    }
    found.sort((a, b) => a.seed.order - b.seed.order);
    return toClusterColumns(found, level);
  }

  /** Slots of the incidents in the cluster that this one belongs to at this zoom, newest first; empty when it is unknown. */
  members(slot: number, zoom: number): Uint32Array<ArrayBuffer> {
    const row = this.rowOf.get(slot);
    if (!row?.counts) return new Uint32Array();
    const level = levelOf(zoom);
    const index = this.index(level);
    const reach = 2 * radiusDegrees(level);
    for (const found of index.getClusters(around(row, reach), level)) {
      const { properties } = found;
      const rows =
        'cluster' in properties
          ? index.getLeaves(properties.cluster_id, Number.POSITIVE_INFINITY).map((leaf) => leaf.properties)
          : [properties];
      if (!rows.includes(row)) continue;
      const counted = rows.filter((one) => one.counts);
      counted.sort((a, b) => b.createdAt - a.createdAt || b.slot - a.slot);
      return Uint32Array.from(counted, (one) => one.slot);
    }
    return new Uint32Array();
  }

  private *query(bounds: Bounds, level: number): Generator<Tally> {
    // Supercluster looks for the weighted centre, which is within a radius of the seed.
    const found = this.index(level).getClusters(widened(bounds, radiusDegrees(level)), level);
    for (const { properties } of found) yield 'cluster' in properties ? properties : tallyOf(properties);
  }

  private index(level: number): ZoomIndex {
    const built = this.zooms.get(level);
    if (built) return built;
    const index: ZoomIndex = new Supercluster<Row, Tally>({
      minZoom: level,
      maxZoom: level,
      radius: CLUSTER_RADIUS,
      extent: EXTENT,
      map: tallyOf,
      reduce: tallyUp,
    }).load(this.features);
    this.zooms.set(level, index);
    return index;
  }
}

function levelOf(zoom: number): number {
  return Math.max(0, Math.min(CLUSTER_MAX_ZOOM, Math.floor(zoom)));
}

/** A cluster's radius in Web Mercator (0..1). */
function radiusAt(level: number): number {
  return CLUSTER_RADIUS / (EXTENT * 2 ** level);
}

function radiusDegrees(level: number): number {
  return radiusAt(level) * 360;
}

/** A cluster stands at its seed; what is left of it alone stands at its own place. */
function placeOf({ count, first, seed }: Tally): Row {
  return count === 1 && first ? first : seed;
}

function expansionOf({ spread }: Tally, level: number): number {
  let zoom = level + 1;
  while (zoom <= CLUSTER_MAX_ZOOM && spread <= radiusAt(zoom) ** 2) zoom++;
  return zoom;
}

function widened([west, south, east, north]: Bounds, by: number): Bounds {
  if (east - west + 2 * by >= 360) return [-180, Math.max(-90, south - by), 180, Math.min(90, north + by)];
  return [west - by, Math.max(-90, south - by), east + by, Math.min(90, north + by)];
}

function around({ lon, lat }: Row, reach: number): Bounds {
  return widened([lon, lat, lon, lat], reach);
}

function isWithin([west, south, east, north]: Bounds, lon: number, lat: number): boolean {
  const fromWest = (((lon - west) % 360) + 360) % 360;
  return lat >= south && lat <= north && (east - west >= 360 || fromWest <= east - west);
}

function readRow(columns: IncidentColumns, at: number): Row {
  const lon = columns.lon[at] ?? 0;
  const lat = columns.lat[at] ?? 0;
  const sin = Math.sin((lat * Math.PI) / 180);
  return {
    order: 0,
    slot: columns.slot[at] ?? 0,
    x: lon / 360 + 0.5,
    y: 0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI,
    lon,
    lat,
    createdAt: columns.createdAt[at] ?? 0,
    category: columns.category[at] ?? 0,
    severity: columns.severity[at] ?? 0,
    stage: columns.stage[at] ?? 0,
    heat: columns.heat[at] ?? 0,
    counts: true,
  };
}

function toClusterColumns(tallies: readonly Tally[], level: number): ClusterColumns {
  const rows = tallies.length;
  const columns: ClusterColumns = {
    identity: new Uint32Array(rows),
    lon: new Float64Array(rows),
    lat: new Float64Array(rows),
    count: new Uint32Array(rows),
    waiting: new Uint32Array(rows),
    open: new Uint32Array(rows),
    worst: new Uint8Array(rows),
    categories: new Uint32Array(rows * CATEGORIES),
    expansion: new Uint8Array(rows),
  };
  tallies.forEach((tally, row) => {
    const { lon, lat } = placeOf(tally);
    columns.identity[row] = tally.first?.slot ?? 0;
    columns.lon[row] = lon;
    columns.lat[row] = lat;
    columns.count[row] = tally.count;
    columns.waiting[row] = tally.waiting;
    columns.open[row] = tally.open;
    columns.worst[row] = tally.open > 0 ? tally.worstOpen : tally.worst;
    columns.categories.set(tally.categories, row * CATEGORIES);
    columns.expansion[row] = expansionOf(tally, level);
  });
  return columns;
}
