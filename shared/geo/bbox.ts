import { fieldError, type RondaError } from '../errors.ts';

/** West, south, east, north in degrees. */
export type Bbox = [number, number, number, number];

/**
 * Reads `west,south,east,north` in degrees. Throws `invalid_request` naming the field for anything else: not four finite
 * numbers, out of ±180/±90, south above north, west beyond east.
 */
export function parseBbox(text: string, field = 'query.bbox'): Bbox {
  const parts = text.split(',');
  const numbers = parts.map((part) =>
    /^\s*[+-]?\d+(\.\d*)?\s*$|^\s*[+-]?\.\d+\s*$/.test(part) ? Number(part) : Number.NaN,
  );
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = numbers;
  if (parts.length !== 4 || numbers.some(Number.isNaN)) {
    throw invalid(field, 'is not four numbers; write west,south,east,north in degrees');
  }
  if (Math.abs(west) > 180 || Math.abs(east) > 180) throw invalid(field, 'has a longitude outside −180…180');
  if (Math.abs(south) > 90 || Math.abs(north) > 90) throw invalid(field, 'has a latitude outside −90…90');
  if (west > east)
    throw invalid(field, 'has its west beyond its east; ask for each side of the antimeridian by itself');
  if (south > north) throw invalid(field, 'has its south above its north');
  return [west, south, east, north];
}

function invalid(field: string, problem: string): RondaError {
  return fieldError('invalid_request', field, problem);
}
