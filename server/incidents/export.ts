import type { CsvCell } from '../../shared/csv.ts';
import type { Scope } from '../access/scope.ts';
import type { Db } from '../database/connection.ts';
import type { ListPlace } from '../database/list-place.ts';
import type { IncidentFilter } from './filter.ts';
import { areasByCode, type IncidentRecord, listIncidents } from './queries.ts';

/** Rows read at once: a few milliseconds, so that nobody waits long behind them. */
const PAGE = 500;

const COLUMNS: Record<string, (incident: IncidentRecord) => CsvCell> = {
  id: ({ id }) => id,
  occurredAt: ({ occurred_at }) => occurred_at.toISOString(),
  occurredUntil: ({ occurred_until }) => occurred_until?.toISOString() ?? null,
  timePrecision: ({ time_precision }) => time_precision,
  reportedAt: ({ reported_at }) => reported_at.toISOString(),
  category: ({ category }) => category,
  subcategory: ({ subcategory }) => subcategory,
  severity: ({ severity }) => severity,
  status: ({ status }) => status,
  source: ({ source }) => source,
  title: ({ title }) => title,
  description: ({ description }) => description,
  place: ({ place }) => place,
  lon: ({ lon }) => lon,
  lat: ({ lat }) => lat,
  accuracyM: ({ accuracy_m }) => accuracy_m,
  areaCode: ({ area_codes }) => area_codes.at(-1) ?? '',
  areaMatch: ({ area_match }) => area_match,
  version: ({ version }) => version,
  updatedAt: ({ updated_at }) => updated_at.toISOString(),
};

/** Names of the columns: those of the API, and the names of the areas from the narrowest to the widest. */
export const EXPORT_COLUMNS = [...Object.keys(COLUMNS), 'areas'];

/** The incidents of a list as rows of {@link EXPORT_COLUMNS}, newest first, a page at a time; times in UTC, degrees. */
export async function* exportPages(
  { db, names, scope }: { db: Db; names: Db; scope: Scope },
  filter: IncidentFilter,
): AsyncGenerator<CsvCell[][]> {
  let after: ListPlace | undefined;
  do {
    const { records, next } = await listIncidents(db, scope, filter, PAGE, after);
    const areas = await areasByCode(names, [...new Set(records.flatMap((record) => record.area_codes))]);
    yield records.map((record) => [
      ...Object.values(COLUMNS).map((cell) => cell(record)),
      record.area_codes
        .map((code) => areas.get(code)?.name ?? code)
        .reverse()
        .join(', '),
    ]);
    after = next ?? undefined;
  } while (after);
}
