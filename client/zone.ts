import type { Zone } from './time.ts';

/** The zone this device is set to, for times that belong to no place; WIB where it is none of Indonesia's. */
export function deviceZone(): Zone {
  const hours = -new Date().getTimezoneOffset() / 60;
  if (hours === 8) return 'WITA';
  if (hours === 9) return 'WIT';
  return 'WIB';
}
