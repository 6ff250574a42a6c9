import { type Fix, POSITION_FLAG } from '../../shared/schemas/position.ts';
import { storableText } from '../database/storable.ts';
import { Attributes } from './attributes.ts';
import { ALARM_LENGTH, toAccuracy, toAltitude, toBattery, toHeading, toSpeed, toTime } from './measures.ts';

/** One item of a batch, read; or why it cannot be. */
export type BatchItem = { device: string; fix: Fix } | { refused: string };

const KNOWN = new Set(
  'device time lon lat speed heading altitude accuracy battery alarm mock valid attributes'.split(' '),
);

/**
 * Reads one item of a batch: `{device, time?, lon, lat, speed?, heading?, altitude?, accuracy?, battery?, alarm?, mock?, valid?}`
 * in degrees, metres, metres a second and percent. An item that cannot be read is refused by itself, never its batch.
 */
export function readItem(item: unknown): BatchItem {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return { refused: 'not_an_object' };
  const fields: Record<string, unknown> = item as Record<string, unknown>;
  const { device, lon, lat, time: given, alarm } = fields;
  if (typeof device !== 'string' || device === '') return { refused: 'device_missing' };
  if (typeof lon !== 'number' || typeof lat !== 'number') return { refused: 'place_missing' };
  let time: number | undefined;
  if (given !== undefined && given !== null) {
    time = typeof given === 'number' || typeof given === 'string' ? toTime(given) : Number.NaN;
    if (Number.isNaN(time)) return { refused: 'time_unreadable' };
  }
  let flags = time === undefined ? POSITION_FLAG.serverTime : 0;
  if (fields.mock === true) flags |= POSITION_FLAG.mock;
  if (fields.valid === false) flags |= POSITION_FLAG.invalid;
  return {
    device,
    fix: {
      time,
      lon,
      lat,
      alarm: typeof alarm === 'string' && alarm !== '' ? storableText(alarm.slice(0, ALARM_LENGTH)) : '',
      speed: toSpeed(number(fields.speed)),
      heading: toHeading(number(fields.heading)),
      altitude: toAltitude(number(fields.altitude)),
      accuracy: toAccuracy(number(fields.accuracy)),
      battery: toBattery(number(fields.battery)),
      flags,
      attributes: readAttributes(fields),
    },
  };
}

function readAttributes(fields: Record<string, unknown>): Record<string, string> | undefined {
  let attributes: Attributes | undefined;
  for (const key in fields) {
    if (KNOWN.has(key)) continue;
    attributes ??= new Attributes();
    attributes.add(key, fields[key]);
  }
  const { attributes: own } = fields;
  if (typeof own === 'object' && own !== null) {
    attributes ??= new Attributes();
    for (const [key, value] of Object.entries(own)) attributes.add(key, value);
  }
  return attributes?.result();
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
