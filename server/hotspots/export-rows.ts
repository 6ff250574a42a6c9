import { parentOfCode } from '../../shared/area-code.ts';
import type { CsvCell } from '../../shared/csv.ts';
import type { PlaceFigure } from '../../shared/measures/figure.ts';
import type { Measure } from '../../shared/schemas/analysis.ts';
import type { CountLevel } from '../../shared/schemas/hotspot.ts';
import { containsCode, type Scope, wholeAreas } from '../access/scope.ts';
import type { Asked, Span } from './asked.ts';
import { figureColumns } from './figure-columns.ts';
import type { AreaColumns, PublicCounts } from './public-counts.ts';

/** A row of an export by the names of its columns; null where there is no figure, or where it is hidden. */
export type ExportRow = Record<string, CsvCell>;

/** A measure of each area of the answer; no figure where there is none to be had. */
export interface Measured {
  measure: Measure;
  figure: PlaceFigure | undefined;
}

const DAY_MS = 86_400_000;

/** Every area of the answer with its counts and what follows from them. */
export function internalRows(
  areas: AreaColumns,
  asked: Asked,
  level: CountLevel,
  { measure, figure }: Measured,
): ExportRow[] {
  return areas.code.map((_, at) => {
    const { place, figures } = rowOf(areas, at, asked, level, { count: false, baseline: false });
    return { ...place, tps: areas.tps[at] ?? 0, ...figures, ...figureColumns(figure, at, measure) };
  });
}

/**
 * The areas that lie wholly within a scope, and within the area that is asked for. Where a count is hidden, so is all that follows
 * from it; `suppressed` names what is hidden. @param measured of what is published alone
 */
export function publicRows(
  { areas, hidden, baselineHidden }: PublicCounts,
  asked: Asked,
  level: CountLevel,
  scope: Scope,
  { measure, figure }: Measured,
): ExportRow[] {
  const whole = wholeAreas(scope);
  const within = (code: string) => asked.area === null || code === asked.area || code.startsWith(`${asked.area}.`);
  return areas.code.flatMap((code, at) => {
    if (!within(code) || !containsCode(whole, code)) return [];
    const hides = { count: hidden[at] ?? true, baseline: baselineHidden[at] ?? true };
    const { place, figures } = rowOf(areas, at, asked, level, hides);
    const suppressed = [...(hides.count ? ['count'] : []), ...(hides.baseline ? ['baselineCount'] : [])].join(' ');
    return [{ ...place, ...figures, ...figureColumns(figure, at, measure), suppressed }];
  });
}

function rowOf(
  areas: AreaColumns,
  at: number,
  { period, baseline }: Asked,
  level: CountLevel,
  hides: { count: boolean; baseline: boolean },
): { place: ExportRow; figures: ExportRow } {
  const code = areas.code[at] ?? '';
  const km2 = areas.km2[at] ?? 0;
  const households = areas.households[at] ?? null;
  const count = hides.count ? null : (areas.count[at] ?? 0);
  const before = hides.baseline || !baseline ? null : (areas.baselineCount[at] ?? 0);
  const place = { code, name: areas.name[at] ?? '', level, within: parentOfCode(code) ?? null, km2, households };
  const daily = count === null ? null : count / days(period);
  const dailyBefore = before === null || !baseline ? null : before / days(baseline);
  const figures = {
    count,
    baselineCount: before,
    // Incidents a day of the period for one a day of the baseline.
    ratio: quotient(daily, dailyBefore),
    per1000Households: quotient(count === null ? null : count * 1_000, households),
    perKm2: quotient(count, km2),
  };
  return { place, figures };
}

const days = ({ from, to }: Span) => (to.getTime() - from.getTime()) / DAY_MS;

/** To six significant digits; null where there is nothing to divide by. */
function quotient(of: number | null, by: number | null): number | null {
  return of === null || by === null || by === 0 ? null : Number((of / by).toPrecision(6));
}
