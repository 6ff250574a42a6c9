import { fieldError } from '../../shared/errors.ts';
import { isExactTime } from '../../shared/exact-time.ts';

/** Place in a list that is ordered by a time, then by id. `time` is ISO 8601 with microseconds: as exact as the database's. */
export interface ListPlace {
  time: string;
  id: string;
}

/** The opaque text that stands for a place in a list. */
export function writeCursor({ time, id }: ListPlace): string {
  return Buffer.from(`${time}|${id}`).toString('base64url');
}

/** Reads what {@link writeCursor} wrote. Throws `invalid_request` that names `query.cursor` for anything else. */
export function readCursor(cursor: string): ListPlace {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('latin1').split('|');
  if (isExactTime(time) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) return { time, id };
  const problem = 'is not one that this list gave; begin again without it';
  throw fieldError('invalid_request', 'query.cursor', problem);
}
