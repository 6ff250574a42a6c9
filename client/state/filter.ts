import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import type { IncidentFilter } from './view.ts';

const HOUR_MS = 3_600_000;

/** A test for points, prepared once for a filter: the same one decides for the list, the map and new arrivals. */
export function filterTest(filter: IncidentFilter, now: number): (point: IncidentPoint) => boolean {
  const categories = setOf(filter.categories);
  const severities = setOf(filter.severities);
  const statuses = setOf(filter.statuses);
  const sources = setOf(filter.sources);
  const { area, between } = filter;
  const oldest = filter.hours === undefined ? -Infinity : now - filter.hours * HOUR_MS;
  return (point) =>
    point.occurredAt >= oldest &&
    (!between || (point.occurredAt >= between[0] && point.occurredAt < between[1])) &&
    (!categories || categories.has(point.category)) &&
    (!severities || severities.has(point.severity)) &&
    (!statuses || statuses.has(point.status)) &&
    (!sources || sources.has(point.source)) &&
    (!area || point.area === area || point.area.startsWith(`${area}.`));
}

/** How many of a filter's parts limit anything beyond the default window of time. */
export function activeFilterCount(filter: IncidentFilter): number {
  const lists = [filter.categories, filter.severities, filter.statuses, filter.sources];
  return lists.filter((list) => list.length > 0).length + (filter.area ? 1 : 0) + (filter.between ? 1 : 0);
}

function setOf<T>(values: readonly T[]): Set<T> | undefined {
  return values.length > 0 ? new Set(values) : undefined;
}
