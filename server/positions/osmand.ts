import { RondaError } from '../../shared/errors.ts';
import { type Fix, POSITION_FLAG } from '../../shared/schemas/position.ts';

const KNOT_MPS = 1852 / 3600;

/** An OsmAnd request: who sends, and the fix; without a place it is a heartbeat. */
export interface OsmandMessage {
  identifier: string;
  fix: Fix | undefined;
}

/**
 * Reads the parameters of an OsmAnd request (https://www.traccar.org/osmand/).
 * Throws `invalid_request` only for what cannot be parsed.
 */
export function parseOsmand(params: Record<string, string | string[] | undefined>): OsmandMessage {
  const text = (name: string): string | undefined => {
    const value = params[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const number = (name: string): number | undefined => {
    const value = text(name);
    if (value === undefined || value === '') return undefined;
    const parsed = Number(value);
    if (Number.isNaN(parsed)) throw new RondaError('invalid_request', `query.${name}: "${value}" is not a number.`);
    return parsed;
  };
  const identifier = text('id') ?? text('deviceid');
  if (!identifier) throw new RondaError('invalid_request', 'query.id is missing: send the identifier of the device.');
  const [lat, lon] = text('location')?.split(',').map(Number) ?? [number('lat'), number('lon')];
  if (lat === undefined || lon === undefined) return { identifier, fix: undefined };
  const time = number('timestamp');
  const speed = number('speed');
  return {
    identifier,
    fix: {
      time: time === undefined ? undefined : time < 1e11 ? time * 1000 : time,
      lon,
      lat,
      alarm: text('alarm') ?? '',
      speed: speed === undefined ? undefined : speed * KNOT_MPS,
      heading: number('bearing') ?? number('heading'),
      altitude: number('altitude'),
      accuracy: number('accuracy'),
      battery: number('batt'),
      flags: time === undefined ? POSITION_FLAG.serverTime : 0,
      attributes: undefined,
    },
  };
}
