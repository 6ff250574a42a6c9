/** A place in degrees, WGS 84. */
export interface Place {
  lon: number;
  lat: number;
}

const HEMISPHERES: Record<string, { axis: 'lat' | 'lon'; sign: 1 | -1 }> = {
  N: { axis: 'lat', sign: 1 },
  LU: { axis: 'lat', sign: 1 },
  S: { axis: 'lat', sign: -1 },
  LS: { axis: 'lat', sign: -1 },
  E: { axis: 'lon', sign: 1 },
  BT: { axis: 'lon', sign: 1 },
  W: { axis: 'lon', sign: -1 },
  BB: { axis: 'lon', sign: -1 },
};

const DECIMAL = /^([+-]?\d{1,3}(?:\.\d+)?)°?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)°?$/;
const DECIMAL_COMMA = /^([+-]?\d{1,3},\d+)°?\s*[;\s]\s*([+-]?\d{1,3},\d+)°?$/;
const PART =
  /([NSEW]|L[US]|B[TB])?\s*(\d{1,3}(?:[.,]\d+)?)\s*°?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:"|″|”|'')\s*)?(L[US]|B[TB]|[NSEW])?/y;

/**
 * Reads a place as people write it: `-8.58, 116.1`, `-8,58; 116,1`, `8°35'12"S 116°6'E`, `8°35' LS, 116°6' BT`.
 * Latitude comes first unless hemispheres or sizes say otherwise. Gives `undefined` for anything else.
 */
export function parseCoordinates(text: string): Place | undefined {
  const trimmed = text.trim().replace(/−/g, '-').toUpperCase();
  const decimal = DECIMAL.exec(trimmed) ?? DECIMAL_COMMA.exec(trimmed);
  if (decimal) {
    const [first, second] = [decimal[1], decimal[2]].map((part) => Number((part ?? '').replace(',', '.')));
    if (first === undefined || second === undefined) return undefined;
    return Math.abs(first) > 90 ? inRange(first, second) : inRange(second, first);
  }
  return parseSexagesimal(trimmed);
}

function parseSexagesimal(text: string): Place | undefined {
  const found: Partial<Place> = {};
  PART.lastIndex = 0;
  let rest = 0;
  for (let count = 0; count < 2; count++) {
    PART.lastIndex = rest;
    const match = PART.exec(text);
    if (!match) return undefined;
    const [whole, before, degrees, minutes, seconds, after] = match;
    const hemisphere = HEMISPHERES[before ?? after ?? ''];
    if (!hemisphere || found[hemisphere.axis] !== undefined) return undefined;
    const [d, m, s] = [degrees, minutes, seconds].map((part) => Number((part ?? '0').replace(',', '.')));
    if (d === undefined || m === undefined || s === undefined || m >= 60 || s >= 60) return undefined;
    found[hemisphere.axis] = hemisphere.sign * (d + m / 60 + s / 3600);
    // Where the hemisphere stands before the figures, one after them belongs to the next part.
    rest += whole.length - (before && after ? after.length : 0);
    rest += /^[\s,;]*/.exec(text.slice(rest))?.[0].length ?? 0;
  }
  if (rest < text.length || found.lon === undefined || found.lat === undefined) return undefined;
  return inRange(found.lon, found.lat);
}

function inRange(lon: number, lat: number): Place | undefined {
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : undefined;
}
