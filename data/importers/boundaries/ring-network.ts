import type { Position } from 'geojson';

/**
 * The rings of many areas over one set of points: every ring vertex knows the point it lies on, so that a decision
 * about a point holds for all rings through it. Flat arrays, because a province has a million vertices.
 */
export interface RingNetwork {
  /** Coordinates of every ring vertex, closing vertices left out: degrees. */
  lon: Float64Array;
  lat: Float64Array;
  /** Point of every ring vertex, named by the first vertex that lies on it. */
  pointOf: Int32Array;
  /** Ring `r` has the vertices `ringStart[r] … ringStart[r + 1] - 1`. */
  ringStart: Int32Array;
  /** Polygon `p` has the rings `polygonStart[p] … polygonStart[p + 1] - 1`, its shell first. */
  polygonStart: Int32Array;
  /** Area `a` has the polygons `areaStart[a] … areaStart[a + 1] - 1`. */
  areaStart: Int32Array;
}

/** Lays the areas' MultiPolygon coordinates (lon, lat) into one network. Rings are closed; repeated vertices are skipped. */
export function ringNetwork(areas: readonly Position[][][][]): RingNetwork {
  let vertices = 0;
  let rings = 0;
  let polygons = 0;
  for (const area of areas) {
    polygons += area.length;
    for (const polygon of area) {
      rings += polygon.length;
      for (const ring of polygon) vertices += ring.length - 1;
    }
  }
  const lon = new Float64Array(vertices);
  const lat = new Float64Array(vertices);
  const ringStart = new Int32Array(rings + 1);
  const polygonStart = new Int32Array(polygons + 1);
  const areaStart = new Int32Array(areas.length + 1);
  let vertex = 0;
  let ringAt = 0;
  let polygonAt = 0;
  areas.forEach((area, index) => {
    for (const polygon of area) {
      for (const ring of polygon) {
        const start = vertex;
        for (let i = 0; i < ring.length - 1; i++) {
          const [x = 0, y = 0] = ring[i] ?? [];
          if (vertex > start && lon[vertex - 1] === x && lat[vertex - 1] === y) continue;
          lon[vertex] = x;
          lat[vertex] = y;
          vertex++;
        }
        ringStart[++ringAt] = vertex;
      }
      polygonStart[++polygonAt] = ringAt;
    }
    areaStart[index + 1] = polygonAt;
  });
  const network = { lon: lon.subarray(0, vertex), lat: lat.subarray(0, vertex), ringStart, polygonStart, areaStart };
  return { ...network, pointOf: findPoints(network.lon, network.lat) };
}

/** Names each vertex's point: an open-addressing table over the bits of both coordinates. */
function findPoints(lon: Float64Array, lat: Float64Array): Int32Array {
  const count = lon.length;
  const size = 2 ** Math.ceil(Math.log2(count * 2 + 2));
  const table = new Int32Array(size).fill(-1);
  const pointOf = new Int32Array(count);
  const bits = new Float64Array(2);
  const words = new Uint32Array(bits.buffer);
  for (let i = 0; i < count; i++) {
    const x = lon[i] ?? 0;
    const y = lat[i] ?? 0;
    // Adding zero turns -0 into 0, which compares equal and must hash equal.
    bits[0] = x + 0;
    bits[1] = y + 0;
    let hash = 0;
    for (const word of words) hash = Math.imul(hash ^ word, 0x9e3779b1) ^ (hash >>> 15);
    let slot = (hash ^ (hash >>> 13)) & (size - 1);
    for (;;) {
      const other = table[slot] ?? -1;
      if (other < 0) {
        table[slot] = i;
        pointOf[i] = i;
        break;
      }
      if (lon[other] === x && lat[other] === y) {
        pointOf[i] = other;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return pointOf;
}
