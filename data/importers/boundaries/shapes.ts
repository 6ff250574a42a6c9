import type { Position } from 'geojson';
import { BAND_COUNT, FULL_BAND, lastZoomOfBand } from '../../../shared/geo/bands.ts';
import { hasCrossing } from './crossings.ts';
import { type RingNetwork, ringNetwork } from './ring-network.ts';
import { LineWeights } from './visvalingam.ts';

/** Gives the shape of an area, by its index, for a zoom band. */
export type Shapes = (area: number, band: number) => Position[][][];

/**
 * Simplifies areas for the zoom bands so that neighbours keep sharing their edges: a vertex is dropped or kept in all
 * rings through it at once. Points where edges part (junctions) stay; islands below a pixel go, but every area keeps a
 * ring in every band.
 *
 * @param areas MultiPolygon coordinates (lon, lat), rings closed; neighbours share vertices exactly where they touch
 */
export function simplifiedShapes(areas: readonly Position[][][][]): Shapes {
  const network = ringNetwork(areas);
  const weight = weighPoints(network);
  const keptIn = new Uint8Array(network.lon.length);
  const thresholds = Array.from({ length: BAND_COUNT }, (_, band) => pixelOfBand(band) ** 2 / 2);
  const keeps = (vertex: number, band: number) => {
    const point = network.pointOf[vertex] ?? 0;
    return (weight[point] ?? 0) >= (thresholds[band] ?? 0) || ((keptIn[point] ?? 0) & (1 << band)) !== 0;
  };
  const vertices = function* (ring: number, band: number) {
    const end = network.ringStart[ring + 1] ?? 0;
    for (let i = network.ringStart[ring] ?? 0; i < end; i++) if (keeps(i, band)) yield i;
  };
  const build = (area: number, band: number): Position[][][] => {
    const least = pixelOfBand(band) ** 2;
    const polygons: Position[][][] = [];
    let largest: Position[][] | undefined;
    let largestSize = 0;
    for (let p = network.areaStart[area] ?? 0; p < (network.areaStart[area + 1] ?? 0); p++) {
      const rings: Position[][] = [];
      let shellSize = 0;
      const first = network.polygonStart[p] ?? 0;
      for (let r = first; r < (network.polygonStart[p + 1] ?? 0); r++) {
        const kept = [...vertices(r, band)];
        const size = kept.length < 3 ? 0 : ringSize(network, kept);
        if (r === first) shellSize = size;
        if (size === 0 || (r > first && size < least)) {
          if (r === first) break;
          continue;
        }
        const ring: Position[] = kept.map((i) => [network.lon[i] ?? 0, network.lat[i] ?? 0]);
        ring.push([...(ring[0] ?? [])]);
        rings.push(ring);
      }
      if (rings.length === 0) continue;
      if (shellSize > largestSize) {
        largest = rings;
        largestSize = shellSize;
      }
      if (shellSize >= least) polygons.push(rings);
    }
    return polygons.length > 0 || !largest ? polygons : [largest];
  };
  // Areas that would vanish keep a few corners of their largest ring, before anything is built: neighbours share them.
  for (let band = 0; band < FULL_BAND; band++) {
    for (let area = 0; area < areas.length; area++) {
      if (build(area, band).length === 0) keepCorners(network, weight, keptIn, area, band);
    }
  }
  for (let band = 0; band < FULL_BAND; band++) {
    // What one area gets back changes its neighbours, so all are looked at again while there was anything to do.
    for (let pass = 0; pass < PASSES && uncross(band); pass++);
  }
  return (area, band) => (band === FULL_BAND ? (areas[area] ?? []) : build(area, band));

  /** Gives vertices back to areas whose simplified edges cross, until these do no more. Returns whether there were any. */
  function uncross(band: number): boolean {
    let crossing = areas.map((_, area) => area).filter((area) => hasCrossing(build(area, band)));
    const found = crossing.length > 0;
    for (let share = 1 / 4; crossing.length > 0; share /= 4) {
      const least = share < SMALLEST_SHARE ? 0 : (thresholds[band] ?? 0) * share;
      for (const area of crossing) keepFrom(network, weight, keptIn, area, band, least);
      if (least === 0) break;
      crossing = crossing.filter((area) => hasCrossing(build(area, band)));
    }
    return found;
  }
}

const PASSES = 4;

/** Below this share of a band's threshold every vertex is kept. */
const SMALLEST_SHARE = 1 / 4 ** 6;

/** Keeps the vertices of an area that weigh at least so much. */
function keepFrom(
  network: RingNetwork,
  weight: Float64Array,
  keptIn: Uint8Array,
  area: number,
  band: number,
  least: number,
): void {
  const { areaStart, polygonStart, ringStart, pointOf } = network;
  const ringAt = (polygon: number) => ringStart[polygonStart[polygon] ?? 0] ?? 0;
  const end = ringAt(areaStart[area + 1] ?? 0);
  for (let vertex = ringAt(areaStart[area] ?? 0); vertex < end; vertex++) {
    const point = pointOf[vertex] ?? 0;
    if ((weight[point] ?? 0) >= least) keptIn[point] = (keptIn[point] ?? 0) | (1 << band);
  }
}

/** Width of one pixel at the band's last zoom, in web mercator units of the world's width, tiles being 512 px wide. */
function pixelOfBand(band: number): number {
  const zoom = lastZoomOfBand(band);
  return zoom === undefined ? 0 : 1 / (512 * 2 ** zoom);
}

/** Weight of every point: Infinity where edges part, otherwise Visvalingam's triangle in web mercator units squared. */
function weighPoints(network: RingNetwork): Float64Array {
  const { lon, lat, pointOf, ringStart } = network;
  const weight = findJunctions(network);
  const lines = new LineWeights();
  let x = new Float64Array(1024);
  let y = new Float64Array(1024);
  let weights = new Float64Array(1024);
  for (let ring = 0; ring < ringStart.length - 1; ring++) {
    const start = ringStart[ring] ?? 0;
    const count = (ringStart[ring + 1] ?? 0) - start;
    if (count < 3) continue;
    const vertexAt = (i: number) => start + (i % count);
    const pointAt = (i: number) => pointOf[vertexAt(i)] ?? 0;
    let first = 0;
    while (first < count && weight[pointAt(first)] !== Number.POSITIVE_INFINITY) first++;
    if (first === count) {
      // An island: any start will do, but the same one for a hole of the same shape.
      first = 0;
      for (let i = 1; i < count; i++) {
        const a = pointAt(i);
        const b = pointAt(first);
        if ((lon[a] ?? 0) < (lon[b] ?? 0) || (lon[a] === lon[b] && (lat[a] ?? 0) < (lat[b] ?? 0))) first = i;
      }
      weight[pointAt(first)] = Number.POSITIVE_INFINITY;
    }
    for (let from = first; from < first + count; ) {
      let to = from + 1;
      while (weight[pointAt(to)] !== Number.POSITIVE_INFINITY) to++;
      const length = to - from + 1;
      // A line that another ring also follows has been weighed with that ring.
      if (length > 2 && weight[pointAt(from + 1)] === -1) {
        if (length > x.length) {
          x = new Float64Array(length * 2);
          y = new Float64Array(length * 2);
          weights = new Float64Array(length * 2);
        }
        for (let i = 0; i < length; i++) {
          const vertex = vertexAt(from + i);
          x[i] = (lon[vertex] ?? 0) / 360;
          y[i] = mercatorY(lat[vertex] ?? 0);
        }
        lines.weigh(x, y, length, weights);
        for (let i = 1; i < length - 1; i++) weight[pointAt(from + i)] = weights[i] ?? 0;
      }
      from = to;
    }
  }
  return weight;
}

/** -1 for every point, Infinity for the junctions: points whose neighbours are not the same two in all rings. */
function findJunctions({ pointOf, ringStart }: RingNetwork): Float64Array {
  const left = new Int32Array(pointOf.length).fill(-1);
  const right = new Int32Array(pointOf.length).fill(-1);
  const weight = new Float64Array(pointOf.length).fill(-1);
  for (let ring = 0; ring < ringStart.length - 1; ring++) {
    const start = ringStart[ring] ?? 0;
    const end = ringStart[ring + 1] ?? 0;
    for (let i = start; i < end; i++) {
      const point = pointOf[i] ?? 0;
      const before = pointOf[i === start ? end - 1 : i - 1] ?? 0;
      const after = pointOf[i === end - 1 ? start : i + 1] ?? 0;
      if (left[point] === -1) {
        left[point] = before;
        right[point] = after;
      } else if (
        (left[point] !== before || right[point] !== after) &&
        (left[point] !== after || right[point] !== before)
      ) {
        weight[point] = Number.POSITIVE_INFINITY;
      }
    }
  }
  return weight;
}

function keepCorners(network: RingNetwork, weight: Float64Array, keptIn: Uint8Array, area: number, band: number): void {
  let best: number[] = [];
  let bestSize = -1;
  for (let p = network.areaStart[area] ?? 0; p < (network.areaStart[area + 1] ?? 0); p++) {
    const ring = network.polygonStart[p] ?? 0;
    const start = network.ringStart[ring] ?? 0;
    const vertices = Array.from({ length: (network.ringStart[ring + 1] ?? 0) - start }, (_, i) => start + i);
    const size = ringSize(network, vertices);
    if (size > bestSize) {
      best = vertices;
      bestSize = size;
    }
  }
  const weightOf = (vertex: number) => weight[network.pointOf[vertex] ?? 0] ?? 0;
  const byWeight = [...best].sort((a, b) => weightOf(b) - weightOf(a) || a - b);
  for (let count = 3; ; count *= 2) {
    const corners = byWeight.slice(0, count).sort((a, b) => a - b);
    if (corners.length < best.length && ringSize(network, corners) < bestSize / 4) continue;
    for (const vertex of corners) {
      const point = network.pointOf[vertex] ?? 0;
      keptIn[point] = (keptIn[point] ?? 0) | (1 << band);
    }
    return;
  }
}

/** Size of the ring through these vertices in web mercator units squared. */
function ringSize({ lon, lat }: RingNetwork, vertices: readonly number[]): number {
  const origin = vertices[0] ?? 0;
  const originX = (lon[origin] ?? 0) / 360;
  const originY = mercatorY(lat[origin] ?? 0);
  let sum = 0;
  let px = 0;
  let py = 0;
  for (const vertex of vertices) {
    const x = (lon[vertex] ?? 0) / 360 - originX;
    const y = mercatorY(lat[vertex] ?? 0) - originY;
    sum += px * y - x * py;
    px = x;
    py = y;
  }
  return Math.abs(sum) / 2;
}

/** Web mercator ordinate in units of the world's width; latitudes beyond the square map stay at its edge. */
function mercatorY(lat: number): number {
  const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, lat)) * Math.PI) / 180);
  return Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}
