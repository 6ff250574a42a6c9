import type { Bounds } from '../live/client.ts';
import type { IncidentFilter } from '../state/view.ts';

const HOUR = 3_600_000;

/**
 * Where the incidents of the list are to be had as a file: those that pass the filter at the time `now` (Unix ms) and lie
 * in the map's window (west, south, east, north in degrees).
 */
export function exportPath(filter: IncidentFilter, bounds: Bounds | undefined, now: number): string {
  const parameters = new URLSearchParams();
  for (const name of ['categories', 'severities', 'statuses', 'sources'] as const) {
    if (filter[name].length > 0) parameters.set(name, filter[name].join());
  }
  const { hours, between, area } = filter;
  const from = Math.max(hours === undefined ? -Infinity : now - hours * HOUR, between?.[0] ?? -Infinity);
  if (Number.isFinite(from)) parameters.set('from', new Date(from).toISOString());
  if (between) parameters.set('to', new Date(between[1]).toISOString());
  if (area) parameters.set('area', area);
  if (bounds) parameters.set('bbox', bounds.map((edge) => Number(edge.toFixed(6))).join());
  return `/api/incidents.csv?${parameters}`;
}
