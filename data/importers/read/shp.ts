import type { Position } from 'geojson';
import { ImportError } from '../import-error.ts';

const POLYGONS = new Set([5, 15, 25]);

/**
 * The geometries of an ESRI .shp file of polygons, in order; null shapes give null. Z and M are left out.
 * Throws {@link ImportError} for other kinds of shapes, and where a length in the file does not fit the file.
 */
export function* readShp(bytes: Buffer): Generator<{ type: 'MultiPolygon'; coordinates: Position[][][] } | null> {
  if (bytes.length < 100 || bytes.readInt32BE(0) !== 9994) throw new ImportError('The .shp file is no shapefile.');
  const claimed = bytes.readInt32BE(24) * 2;
  if (claimed > bytes.length || claimed < 100) {
    throw new ImportError(
      `The .shp file says that it is ${claimed} bytes long, and is ${bytes.length}: it is damaged.`,
    );
  }
  const kind = bytes.readInt32LE(32);
  if (kind !== 0 && !POLYGONS.has(kind)) {
    throw new ImportError(`The .shp file holds shapes of type ${kind}, not polygons (5, 15, 25).`);
  }
  for (let at = 100; at + 12 <= claimed; ) {
    const length = bytes.readInt32BE(at + 4) * 2;
    if (length < 4 || at + 8 + length > claimed) throw lying(at);
    yield readPolygon(bytes.subarray(at + 8, at + 8 + length), at);
    at += 8 + length;
  }
}

function lying(at: number): ImportError {
  return new ImportError(`The .shp file has a record at byte ${at} with a length that does not fit: it is damaged.`);
}

function readPolygon(record: Buffer, at: number): { type: 'MultiPolygon'; coordinates: Position[][][] } | null {
  const type = record.readInt32LE(0);
  if (type === 0) return null;
  if (!POLYGONS.has(type) || record.length < 44) throw lying(at);
  const partCount = record.readInt32LE(36);
  const pointCount = record.readInt32LE(40);
  const points = 44 + partCount * 4;
  if (partCount < 0 || pointCount < 0 || points + pointCount * 16 > record.length) throw lying(at);
  const starts = Array.from({ length: partCount }, (_, i) => record.readInt32LE(44 + i * 4));
  const rings = starts.map((start, i) => {
    const end = starts[i + 1] ?? pointCount;
    if (start < 0 || start > end || end > pointCount) throw lying(at);
    const ring: Position[] = [];
    for (let p = start; p < end; p++) {
      ring.push([record.readDoubleLE(points + p * 16), record.readDoubleLE(points + p * 16 + 8)]);
    }
    return ring;
  });
  return { type: 'MultiPolygon', coordinates: nestRings(rings) };
}

/** Groups a shapefile's rings into polygons: clockwise ones are shells, the others holes of the smallest shell around them. */
export function nestRings(rings: Position[][]): Position[][][] {
  const sized = rings.filter((ring) => ring.length > 0).map((ring) => ({ ring, size: planarSize(ring) }));
  // A file that has every ring the other way round means them all as shells.
  const clockwise = sized.some(({ size }) => size < 0) ? -1 : 1;
  const shells = sized
    .filter(({ size }) => size * clockwise >= 0)
    .map((shell) => ({ ...shell, polygon: [shell.ring] }));
  for (const hole of sized.filter(({ size }) => size * clockwise < 0)) {
    const around = shells
      .filter((shell) => Math.abs(shell.size) > Math.abs(hole.size) && holds(shell.ring, hole.ring[0]))
      .sort((a, b) => Math.abs(a.size) - Math.abs(b.size))[0];
    if (around) around.polygon.push(hole.ring);
    // A hole in nothing would take land away that the file draws: it stands as land, and validity is judged later.
    else shells.push({ ...hole, polygon: [hole.ring] });
  }
  return shells.map(({ polygon }) => polygon);
}

/** Twice the signed area, positive counter-clockwise, in the file's own units. */
function planarSize(ring: Position[]): number {
  let sum = 0;
  const [ox = 0, oy = 0] = ring[0] ?? [];
  let [px, py] = [0, 0];
  for (const [rx = 0, ry = 0] of ring) {
    const [x, y] = [rx - ox, ry - oy];
    sum += px * y - x * py;
    px = x;
    py = y;
  }
  return sum;
}

function holds(ring: Position[], point: Position | undefined): boolean {
  const [x = 0, y = 0] = point ?? [];
  let inside = false;
  let [px = 0, py = 0] = ring.at(-1) ?? [];
  for (const [rx = 0, ry = 0] of ring) {
    if (ry > y !== py > y && x < ((px - rx) * (y - ry)) / (py - ry) + rx) inside = !inside;
    px = rx;
    py = ry;
  }
  return inside;
}
