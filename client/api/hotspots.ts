import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addDays } from '../../shared/calendar/days.ts';
import type { AnalysisSpec } from '../../shared/schemas/analysis.ts';
import type {
  AreaCounts,
  AreaNeighbours,
  CellCounts,
  CountedPoints,
  CountLevel,
  CountSeries,
  GridShape,
} from '../../shared/schemas/hotspot.ts';
import { RequestError, request } from './request.ts';

/** What is counted, as the routes of `/api/hotspots` take it: instants are those of the days' beginnings in the place's zone. */
export type Counted = Pick<
  AnalysisSpec,
  'period' | 'baseline' | 'categories' | 'severities' | 'area' | 'patrol' | 'unverified'
>;

/**
 * The query that asks for it.
 * @param offset of the place's zone from UTC, as in `+08:00`
 */
export function countedParams({ period, baseline, ...rest }: Counted, offset: string): URLSearchParams {
  const params = new URLSearchParams();
  const add = (name: string, { startsOn, endsOn }: { startsOn: string; endsOn: string }) => {
    params.set(name === '' ? 'from' : `${name}From`, `${startsOn}T00:00:00${offset}`);
    params.set(name === '' ? 'to' : `${name}To`, `${addDays(endsOn, 1)}T00:00:00${offset}`);
  };
  add('', period);
  if (baseline) add('baseline', baseline);
  if (rest.categories.length > 0) params.set('categories', rest.categories.join());
  if (rest.severities.length > 0) params.set('severities', rest.severities.join());
  if (rest.area) params.set('area', rest.area);
  if (rest.patrol) params.set('patrol', 'true');
  if (rest.unverified) params.set('unverified', 'true');
  return params;
}

/** Counts of every area of a level, all pages of them. */
export async function fetchAreaCounts(
  level: CountLevel,
  params: URLSearchParams,
  signal: AbortSignal,
): Promise<AreaCounts> {
  const ask = (cursor: string | null) =>
    request<AreaCounts>(`/api/hotspots/areas?level=${level}&${params}${cursor ? `&cursor=${cursor}` : ''}`, { signal });
  return allPages(ask, ({ areas }) => areas);
}

/** Counts of every cell of a grid. */
export function fetchCellCounts(
  grid: { kind: GridShape; metres: number },
  params: URLSearchParams,
  signal: AbortSignal,
): Promise<CellCounts> {
  return request(`/api/hotspots/cells?shape=${grid.kind}&metres=${grid.metres}&${params}`, { signal });
}

/** Counts by area and step of time; of all places as one without a level. */
export function fetchSeries(
  { level, stepDays }: { level?: CountLevel | undefined; stepDays: number },
  params: URLSearchParams,
  signal: AbortSignal,
): Promise<CountSeries> {
  return request(`/api/hotspots/series?stepDays=${stepDays}${level ? `&level=${level}` : ''}&${params}`, { signal });
}

/**
 * The counted incidents themselves, all pages of them.
 * @param most where there are more, only the first page is fetched, and `next` says so by not being null
 */
export async function fetchPoints(
  params: URLSearchParams,
  signal: AbortSignal,
  most = Infinity,
): Promise<CountedPoints> {
  const ask = (cursor: string | null) =>
    request<CountedPoints>(`/api/hotspots/points?${params}${cursor ? `&cursor=${cursor}` : ''}`, { signal });
  return allPages(
    ask,
    ({ points }) => points,
    ({ total }) => total.period > most,
  );
}

/** Which areas of a level touch each other. */
export function useNeighbours(level: CountLevel | undefined, area: string | null) {
  return useQuery({
    queryKey: ['hotspots', 'neighbours', level, area],
    queryFn: ({ signal }) =>
      request<AreaNeighbours>(`/api/hotspots/neighbours?level=${level}${area ? `&area=${area}` : ''}`, { signal }),
    enabled: level !== undefined,
    staleTime: 10 * 60_000,
  });
}

/** Counts by step of all places together, for the ribbon; the last ones stay while new ones are on their way. */
export function useTotals(params: URLSearchParams | undefined, stepDays: number) {
  return useQuery({
    queryKey: ['hotspots', 'totals', stepDays, params?.toString()],
    queryFn: ({ signal }) => fetchSeries({ stepDays }, params ?? new URLSearchParams(), signal),
    enabled: params !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** How often pages are asked for again that are not of one state of the data. */
const TRIES = 4;

/**
 * All pages of an answer as one, of one state of the data: what changes between two pages makes all of them be asked for again.
 * Rejects where that does not end.
 * @param columnsOf what grows from page to page @param isEnough of the first page, that the others are not wanted
 */
export async function allPages<Page extends { next: string | null; dataVersion: string }>(
  ask: (cursor: string | null) => Promise<Page>,
  columnsOf: (page: Page) => Record<string, unknown[]>,
  isEnough: (first: Page) => boolean = () => false,
): Promise<Page> {
  for (let left = TRIES; left > 0; left--) {
    const whole = await ask(null);
    if (isEnough(whole)) return whole;
    let page = whole;
    while (page.next && page.dataVersion === whole.dataVersion) {
      page = await ask(page.next);
      append(columnsOf(whole), columnsOf(page));
    }
    if (page.dataVersion === whole.dataVersion) return { ...whole, next: null };
  }
  throw new RequestError(409, {
    code: 'conflict',
    message: 'The incidents changed again and again while they were read; try again.',
  });
}

/** Puts the columns of a page below those before it. */
function append(columns: Record<string, unknown[]>, more: Record<string, unknown[]>): void {
  for (const [name, values] of Object.entries(more)) for (const value of values) columns[name]?.push(value);
}
