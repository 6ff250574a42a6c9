import { fieldError, type RondaError } from '../../shared/errors.ts';
import { POSITION_FLAG } from '../../shared/schemas/position.ts';
import { storableText } from '../database/storable.ts';
import { Attributes } from './attributes.ts';
import { ALARM_LENGTH, toAccuracy, toAltitude, toBattery, toHeading, toSpeed, toTime } from './measures.ts';
import type { DeviceMessage } from './osmand.ts';

type Fields = Record<string, unknown>;

const LOCATION = new Set(['timestamp', 'coords', 'mock', 'alarm', 'battery', 'activity', 'extras', '_']);
const COORDS = new Set(['latitude', 'longitude', 'accuracy', 'speed', 'heading', 'altitude']);

/**
 * Reads the JSON of Traccar Client 9 and later: one fix, or a heartbeat when it has no coordinates. Speeds are metres a
 * second. Throws `invalid_request` only for what cannot be parsed.
 */
export function parseTraccarClient(body: unknown): DeviceMessage {
  const identifier = isFields(body) ? body.device_id : undefined;
  if (!isFields(body) || !(typeof identifier === 'string' || typeof identifier === 'number') || identifier === '') {
    throw invalid('device_id', 'is missing; send the identifier of the device');
  }
  const location = body.location ?? {};
  if (!isFields(location)) throw invalid('location', 'is not an object; send {"timestamp": …, "coords": {…}}');
  const coords = location.coords ?? undefined;
  if (coords === undefined) return { identifier: String(identifier), fix: undefined, rawSpeed: false };
  if (!isFields(coords)) throw invalid('location.coords', 'is not an object; send latitude and longitude');
  const time = readTime(location.timestamp);
  const battery = isFields(location.battery) ? number(location.battery.level) : undefined;
  const alarm = location.alarm ?? (isFields(location.extras) ? location.extras.alarm : undefined);
  return {
    identifier: String(identifier),
    rawSpeed: false,
    fix: {
      time,
      lon: coordinate('longitude', coords.longitude),
      lat: coordinate('latitude', coords.latitude),
      alarm: typeof alarm === 'string' ? storableText(alarm.slice(0, ALARM_LENGTH)) : '',
      speed: toSpeed(number(coords.speed)),
      heading: toHeading(number(coords.heading)),
      altitude: toAltitude(number(coords.altitude)),
      accuracy: toAccuracy(number(coords.accuracy)),
      battery: toBattery(battery === undefined ? undefined : battery * 100),
      flags: (time === undefined ? POSITION_FLAG.serverTime : 0) | (location.mock === true ? POSITION_FLAG.mock : 0),
      attributes: readAttributes(location, coords),
    },
  };
}

function readTime(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const time = typeof value === 'string' || typeof value === 'number' ? toTime(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalid('location.timestamp', 'is not a time; send ISO 8601');
  return time;
}

function readAttributes(location: Fields, coords: Fields): Record<string, string> | undefined {
  const attributes = new Attributes();
  for (const key in location) if (!LOCATION.has(key)) attributes.add(key, location[key]);
  if (isFields(location.activity)) attributes.add('activity', location.activity.type);
  if (isFields(location.battery)) attributes.add('charge', location.battery.is_charging);
  for (const key in coords) if (!COORDS.has(key)) attributes.add(key, coords[key]);
  if (isFields(location.extras)) for (const key in location.extras) attributes.add(key, location.extras[key]);
  return attributes.result();
}

function coordinate(name: string, value: unknown): number {
  if (typeof value !== 'number') throw invalid(`location.coords.${name}`, 'is not a number; send degrees');
  return value;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(name: string, problem: string): RondaError {
  return fieldError('invalid_request', `body.${name}`, problem);
}
