import type { IncidentFilter } from './view.ts';

/** How many of a filter's parts limit anything beyond the window of time. */
export function activeFilterCount(filter: IncidentFilter): number {
  const lists = [filter.categories, filter.severities, filter.statuses, filter.sources];
  return lists.filter((list) => list.length > 0).length + (filter.area ? 1 : 0) + (filter.between ? 1 : 0);
}
