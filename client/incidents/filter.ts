import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import type { IncidentFilter } from '../state/view.ts';

const HOUR = 3_600_000;

/**
 * Whether `code` is the area `area` or lies within it. Codes nest at their dots: `52.7` holds `52.7.01`, never `52.71`.
 * An empty or absent `area` holds everything; an incident outside every area (`code` empty) lies in none.
 */
export function withinArea(area: string | undefined, code: string): boolean {
  if (!area) return true;
  return code.startsWith(area) && (code.length === area.length || code[area.length] === '.');
}

/**
 * Whether an incident passes the filter at the time `now` (Unix ms).
 * The one rule for map, heat, list and arrivals. `hours` looks at when it happened; a time in the future passes.
 */
export function matchesFilter(filter: IncidentFilter, point: IncidentPoint, now: number): boolean {
  return (
    allows(filter.categories, point.category) &&
    allows(filter.severities, point.severity) &&
    allows(filter.statuses, point.status) &&
    allows(filter.sources, point.source) &&
    (filter.hours === undefined || point.occurredAt >= now - filter.hours * HOUR) &&
    (!filter.between || (point.occurredAt >= filter.between[0] && point.occurredAt < filter.between[1])) &&
    withinArea(filter.area, point.area)
  );
}

/** An empty list of choices allows all of them. */
function allows<T>(choices: readonly T[], value: T): boolean {
  return choices.length === 0 || choices.includes(value);
}
