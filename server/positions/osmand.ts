import { fieldError, type RondaError } from '../../shared/errors.ts';
import { type Fix, POSITION_FLAG } from '../../shared/schemas/position.ts';
import type { SpeedUnit } from '../../shared/schemas/unit.ts';
import { storableText } from '../database/storable.ts';
import { Attributes } from './attributes.ts';
import { ALARM_LENGTH, toAccuracy, toAltitude, toBattery, toHeading, toSpeed, toTime } from './measures.ts';
import { toMetresPerSecond } from './speed-units.ts';

/** What a device door was told: who sends, and the fix; without a place it is a heartbeat. */
export interface DeviceMessage {
  identifier: string;
  fix: Fix | undefined;
  /** Whether the fix has its speed still in the device's own unit. */
  rawSpeed: boolean;
}

type Params = Record<string, string | string[] | undefined>;

const KNOWN = new Set(
  'id deviceid lat lon location timestamp valid speed bearing heading altitude accuracy batt alarm'.split(' '),
);
/** Longest identifier a device may have. */
const IDENTIFIER_LENGTH = 128;

/**
 * Reads the parameters of an OsmAnd request (https://www.traccar.org/osmand/). The speed is left in the device's own
 * unit: see {@link withSpeedUnit}. Throws `invalid_request` only for what cannot be parsed.
 */
export function parseOsmand(params: Params): DeviceMessage {
  const identifier = first(params.id) || first(params.deviceid);
  if (!identifier || identifier.length > IDENTIFIER_LENGTH) {
    throw invalid('id', 'is missing or too long; send the identifier of the device as id or deviceid');
  }
  const place = readPlace(params);
  if (!place) return { identifier, fix: undefined, rawSpeed: true };
  const time = readTime(first(params.timestamp));
  const valid = first(params.valid);
  return {
    identifier,
    rawSpeed: true,
    fix: {
      time,
      lon: place[1],
      lat: place[0],
      alarm: storableText((first(params.alarm) ?? '').slice(0, ALARM_LENGTH)),
      speed: number(params.speed),
      heading: toHeading(number(params.bearing) ?? number(params.heading)),
      altitude: toAltitude(number(params.altitude)),
      accuracy: toAccuracy(number(params.accuracy)),
      battery: toBattery(number(params.batt)),
      flags:
        (time === undefined ? POSITION_FLAG.serverTime : 0) |
        (valid === 'false' || valid === '0' ? POSITION_FLAG.invalid : 0),
      attributes: readAttributes(params),
    },
  };
}

/** The fix with its speed in metres a second. */
export function withSpeedUnit(fix: Fix, unit: SpeedUnit): Fix {
  if (fix.speed !== undefined) fix.speed = toSpeed(toMetresPerSecond(fix.speed, unit));
  return fix;
}

/** Latitude and longitude, or `undefined` when the request has no place. */
function readPlace(params: Params): [number, number] | undefined {
  const location = first(params.location);
  if (location) {
    const [lat = '', lon = '', ...rest] = location.split(',');
    if (rest.length > 0) throw invalid('location', 'is not "lat,lon"; send two numbers in degrees');
    return [coordinate('location', lat), coordinate('location', lon)];
  }
  const lat = first(params.lat);
  const lon = first(params.lon);
  if (!lat && !lon) return undefined;
  return [coordinate('lat', lat), coordinate('lon', lon)];
}

/** A number in degrees. NaN and Infinity are numbers as devices write them; they are unusable, but parse. */
function coordinate(name: string, text: string | undefined): number {
  const value = text?.trim() ? Number(text) : undefined;
  if (value === undefined || (Number.isNaN(value) && text?.trim() !== 'NaN')) {
    throw invalid(name, 'is not a number; send degrees such as -8.5833');
  }
  return value;
}

function readTime(text: string | undefined): number | undefined {
  if (!text) return undefined;
  const time = toTime(text);
  if (Number.isNaN(time)) throw invalid('timestamp', 'is not a time; send Unix seconds or milliseconds, or ISO 8601');
  return time;
}

function readAttributes(params: Params): Record<string, string> | undefined {
  let attributes: Attributes | undefined;
  for (const key in params) {
    if (KNOWN.has(key)) continue;
    attributes ??= new Attributes();
    attributes.add(key, params[key]);
  }
  return attributes?.result();
}

/** A number that helps but is not needed: what is not one is unknown. */
function number(value: string | string[] | undefined): number | undefined {
  const text = first(value);
  if (!text) return undefined;
  const parsed = Number(text);
  return Number.isFinite(parsed) ? parsed : undefined;
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function invalid(name: string, problem: string): RondaError {
  return fieldError('invalid_request', `query.${name}`, problem);
}
