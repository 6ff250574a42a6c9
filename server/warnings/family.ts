import type { IncidentCategory } from '../../shared/schemas/incident.ts';
import { falseDiscoveryRate } from '../../shared/stats/false-discovery.ts';
import { type CountedSeries, isFrequent, judgeSeries, LEAST_WEEKS, type Verdict } from './judge.ts';

/**
 * Counts of the desa and kecamatan of one kabupaten or kota, sparse: one entry for each week with incidents of an area and
 * category. Weeks count from 0, the oldest; the last is `weeks` − 1.
 */
export interface FamilyCounts {
  readonly family: string;
  readonly weeks: number;
  readonly entries: readonly CountEntry[];
}

export interface CountEntry {
  readonly code: string;
  readonly category: IncidentCategory;
  readonly week: number;
  readonly count: number;
}

/** A warning as a run finds it. */
export interface Finding extends Verdict {
  readonly code: string;
  readonly category: IncidentCategory;
}

export interface FamilyVerdict {
  readonly family: string;
  /** Too little history: nothing was judged, and nothing that was found before is over. */
  readonly tooShort: boolean;
  readonly findings: Finding[];
}

/** Share of false ones that is borne among the warnings of a family. */
const ALPHA = 0.05;

/**
 * Judges a family: its desa, and where all desa of a kecamatan are too rare in a category, the kecamatan as a whole.
 * Alarms are held to the false-discovery rate over everything that the family's series were asked (Benjamini–Hochberg,
 * one-sided): of hundreds of series some exceed their bounds by chance. A family is what is always judged together, so
 * that a run asked for by one desa's analyst finds what the nightly one does.
 */
export function judgeFamily({ family, weeks, entries }: FamilyCounts): FamilyVerdict {
  const first = entries.reduce((least, { week }) => Math.min(least, week), weeks);
  // The week in which counting began is not a whole one.
  const known = weeks - first - 1;
  if (known < LEAST_WEEKS) return { family, tooShort: entries.length > 0, findings: [] };
  const series = seriesOf(entries, weeks, known);
  const judged = chosen(series).flatMap(({ code, category, counts }) =>
    judgeSeries(counts).map((verdict) => ({ code, category, ...verdict })),
  );
  const discoveries = falseDiscoveryRate(
    judged.map(({ p }) => p),
    ALPHA,
  );
  const findings = discoveries.ok
    ? judged.filter(({ alarm }, index) => alarm && discoveries.value.significant[index] === 1)
    : [];
  return { family, tooShort: false, findings };
}

function seriesOf(entries: readonly CountEntry[], weeks: number, known: number): CountedSeries[] {
  const all = new Map<string, CountedSeries>();
  for (const { code, category, week, count } of entries) {
    const at = week - (weeks - known);
    if (at < 0) continue;
    const key = `${category} ${code}`;
    let series = all.get(key);
    if (!series) {
      series = { code, category, counts: new Uint32Array(known) };
      all.set(key, series);
    }
    series.counts[at] = (series.counts[at] ?? 0) + count;
  }
  return [...all.values()].sort((a, b) => (`${a.code} ${a.category}` < `${b.code} ${b.category}` ? -1 : 1));
}

/** The desa of kecamatan with a frequent desa, and the other kecamatan: every incident in a desa is judged once. */
function chosen(series: readonly CountedSeries[]): CountedSeries[] {
  const isDesa = ({ code }: CountedSeries) => code.split('.').length === 4;
  const kecamatan = ({ code, category }: CountedSeries) => `${category} ${code.split('.').slice(0, 3).join('.')}`;
  const withFrequent = new Set(series.filter((one) => isDesa(one) && isFrequent(one.counts)).map(kecamatan));
  return series.filter((one) => isDesa(one) === withFrequent.has(kecamatan(one)));
}
