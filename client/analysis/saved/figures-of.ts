import { lengthOf } from '../../../shared/calendar/days.ts';
import type { FigureAnswer } from '../../../shared/measures/compute.ts';
import type { FigureClass } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import type { SavedFigures, SavedMeasure } from '../../../shared/schemas/saved-analysis.ts';
import { type Outcome, poissonRateRatio, poissonTwoSample } from '../../../shared/stats/index.ts';
import { rankPlaces } from '../brief/ranking.ts';
import type { Counts } from '../places.ts';

/** Places that a saved analysis keeps the figures of. */
const TOP = 30;

/** What is saved of the figures on the screen. */
export function figuresOf(spec: AnalysisSpec, counts: Counts, outcome: Outcome<FigureAnswer>): SavedFigures {
  const places = outcome.ok && outcome.value.kind === 'places' ? outcome.value.figure : undefined;
  const columns = 'areas' in counts ? counts.areas : counts.cells;
  const top = rankPlaces(counts, places, spec)
    .slice(0, TOP)
    .filter(({ count, baselineCount }) => count + baselineCount > 0);
  return {
    asOf: counts.asOf,
    total: counts.total,
    leftOut: counts.leftOut,
    places: columns.count.length,
    significant: places?.test ? places.test.found : null,
    measures: [...measuresOf(outcome), ...changeOf(spec, counts)],
    top: top.map(({ key, at, count, baselineCount, value, p }) => {
      const shown = places?.classes[places.cls[at] ?? -1];
      return {
        place: key,
        name: 'areas' in counts ? (counts.areas.name[at] ?? '') : '',
        count,
        baselineCount,
        value,
        p,
        ...(shown && { class: nameOf(shown) }),
      };
    }),
  };
}

/** Figures of the whole map, or why there are none. */
function measuresOf(outcome: Outcome<FigureAnswer>): SavedMeasure[] {
  if (!outcome.ok) return [{ name: 'figure', value: null, reason: outcome.reason }];
  const { value } = outcome;
  if (value.kind === 'density')
    return [
      { name: 'density.max', value: value.figure.max },
      { name: 'density.bandwidth', value: value.figure.bandwidth },
    ];
  const { mean } = value.figure.facts;
  return mean === undefined ? [] : [{ name: 'rate.mean', value: mean }];
}

/** How the period as a whole compares with its baseline: the ratio of rates per day. */
function changeOf({ period, baseline }: AnalysisSpec, { total }: Counts): SavedMeasure[] {
  if (!baseline) return [];
  const both = {
    counts: [total.period, total.baseline],
    exposures: [lengthOf(period), lengthOf(baseline)],
  } as const;
  const ratio = poissonRateRatio(both);
  const test = poissonTwoSample(both);
  if (!ratio.ok || !test.ok) return [{ name: 'change', value: null, ...(!ratio.ok && { reason: ratio.reason }) }];
  const { lower, upper } = ratio.value;
  return [{ name: 'change', value: ratio.value.ratio, p: test.value.p, low: lower, high: upper }];
}

/** A class by a name that stays the same as long as it means the same. */
export function nameOf(shown: FigureClass): string {
  switch (shown.kind) {
    case 'range':
      return `${round(shown.from)}-${shown.to === null ? '' : round(shown.to)}`;
    case 'level':
      return shown.side === 0 ? 'level-0' : `level-${shown.side < 0 ? 'low' : 'high'}-${round(shown.p)}`;
    default:
      return shown.name;
  }
}

const round = (value: number) => Number(value.toPrecision(6));
