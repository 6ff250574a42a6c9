import type { LivePosition } from '../schemas/position.ts';

const MAGIC = 0x4e52; // "RN"
const VERSION = 1;
const RECORD = 4 + 8 + 4 + 4;
const OFFSET_RECORDS = 4;

/** Packs positions: magic, version, kind, then a record each of id, time, longitude and latitude in 1e-7 degrees. */
export function encodePositions(positions: LivePosition[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(OFFSET_RECORDS + positions.length * RECORD));
  view.setUint16(0, MAGIC, true);
  view.setUint8(2, VERSION);
  view.setUint8(3, 1);
  let at = OFFSET_RECORDS;
  for (const position of positions) {
    view.setUint32(at, position.unitId, true);
    view.setFloat64(at + 4, position.time, true);
    view.setInt32(at + 12, Math.round(position.lon * 1e7), true);
    view.setInt32(at + 16, Math.round(position.lat * 1e7), true);
    at += RECORD;
  }
  return new Uint8Array(view.buffer);
}

/** Reads a frame of {@link encodePositions}. Throws for anything else. */
export function decodePositions(data: ArrayBuffer): { unitId: number; time: number; lon: number; lat: number }[] {
  const view = new DataView(data);
  if (view.getUint16(0, true) !== MAGIC || view.getUint8(2) !== VERSION) throw new Error('not a Ronda frame');
  const positions = [];
  for (let at = OFFSET_RECORDS; at < view.byteLength; at += RECORD) {
    positions.push({
      unitId: view.getUint32(at, true),
      time: view.getFloat64(at + 4, true),
      lon: view.getInt32(at + 12, true) / 1e7,
      lat: view.getInt32(at + 16, true) / 1e7,
    });
  }
  return positions;
}
