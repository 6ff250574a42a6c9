/**
 * Coordinates of a Polygon or MultiPolygon in little-endian WKB without Z and M, as PostGIS's `ST_AsBinary(…, 'NDR')`
 * gives it: polygons of rings of [x, y]. Throws `RangeError` for anything else.
 */
export function readMultiPolygon(wkb: Uint8Array): number[][][][] {
  const view = new DataView(wkb.buffer, wkb.byteOffset, wkb.byteLength);
  let at = 0;
  const count = () => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const point = () => {
    at += 16;
    return [view.getFloat64(at - 16, true), view.getFloat64(at - 8, true)];
  };
  const begin = (types: readonly number[]) => {
    const type = view.getUint8(at) === 1 ? view.getUint32(at + 1, true) : undefined;
    if (type === undefined || !types.includes(type)) throw new RangeError(`no polygons in little-endian WKB: ${type}`);
    at += 5;
    return type;
  };
  const rings = () => Array.from({ length: count() }, () => Array.from({ length: count() }, point));
  if (begin([3, 6]) === 3) return [rings()];
  return Array.from({ length: count() }, () => {
    begin([3]);
    return rings();
  });
}
