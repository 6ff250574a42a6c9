import { addDays, type DaySpan, daysBetween, lengthOf } from '../../../shared/calendar/days.ts';
import type { CountSeries } from '../../../shared/schemas/hotspot.ts';
import { weightedDisplacementDifference } from '../../../shared/stats/displacement.ts';
import { poissonTwoSample } from '../../../shared/stats/two-poisson.ts';
import type { Effect } from './judge.ts';
import { SIDES, type SideName, type Sides } from './sides.ts';

const WEEK = 7;
/** Whole weeks of history that are asked for before the period before. */
const HISTORY_WEEKS = 52;

/** Weeks of a comparison: they follow one another, and one begins with the period after. */
export interface Weeks {
  /** All of them: whole weeks, from a year before the period before to the end of the one after. */
  span: DaySpan;
  /** First day of each. */
  startsOn: string[];
}

/** The weeks to draw and to look back over. */
export function weeksOf(before: DaySpan, after: DaySpan): Weeks {
  const back = Math.ceil(daysBetween(before.startsOn, after.startsOn) / WEEK) + HISTORY_WEEKS;
  const startsOn = addDays(after.startsOn, -back * WEEK);
  const count = back + Math.floor(lengthOf(after) / WEEK);
  return {
    span: { startsOn, endsOn: addDays(startsOn, count * WEEK - 1) },
    startsOn: Array.from({ length: count }, (_, week) => addDays(startsOn, week * WEEK)),
  };
}

/** Incidents of each side by week. */
export interface SideWeeks {
  of: Record<SideName, number[]>;
  /** Index of the first week in which anything is known of any area. */
  first: number;
}

/** Adds the areas of a series up by side. @param codes of all areas, as the sides count them */
export function sideWeeks(series: CountSeries, codes: readonly string[], sides: Sides): SideWeeks {
  const sideOf = new Map(SIDES.flatMap((name) => sides[name].map((area) => [codes[area], name] as const)));
  const none = () => new Array<number>(series.steps).fill(0);
  const of = { treated: none(), control: none(), surroundings: none(), controlSurroundings: none() };
  let first = series.steps;
  series.count.forEach((count, entry) => {
    const week = series.step[entry] ?? 0;
    first = Math.min(first, week);
    const side = sideOf.get(series.code[series.place[entry] ?? -1] ?? '');
    if (side) of[side][week] = (of[side][week] ?? 0) + count;
  });
  return { of, first };
}

/** What to beware of before believing an effect. */
export type EffectWarning =
  /** A count under five: the interval is rough. */
  | { kind: 'small'; least: number }
  /** Treated and control were not alike before: control over treated, of comparable size. */
  | { kind: 'unlike'; ratio: number }
  /** The period before was a peak of the treated areas: they would have fallen by themselves. */
  | {
      kind: 'peak';
      /** To the mean of the weeks before it; null where they had none. */
      ratio: number | null;
      weeks: number;
      p: number;
      againstHistory: { estimate: number; lower: number; upper: number } | undefined;
    }
  /** Nothing is known of earlier weeks, so nobody can tell whether it was a peak. */
  | { kind: 'no-history' }
  /** Treated and control had already moved apart before the treatment. */
  | { kind: 'apart'; p: number };

const SMALL = 5;
/** Fewer weeks are no history. */
const LEAST_WEEKS = 8;

interface Judged {
  effect: Effect;
  before: DaySpan;
  after: DaySpan;
  weeks: Weeks;
  counts: SideWeeks;
  /** Size of the control relative to the treated areas; 1 where they are taken as they are. */
  controlSize: number;
  alpha: number;
}

/** What the comparison has to be read with. */
export function effectWarnings(judged: Judged): EffectWarning[] {
  return [...small(judged), ...unlike(judged), ...peak(judged), ...apart(judged)];
}

function small({ effect: { counts } }: Judged): EffectWarning[] {
  const least = Math.min(...counts.treated, ...counts.control);
  return least < SMALL ? [{ kind: 'small', least }] : [];
}

function unlike({ effect: { counts }, controlSize }: Judged): EffectWarning[] {
  const [treated, control] = [counts.treated[0], counts.control[0] / controlSize];
  if (treated === 0 || control === 0) return [];
  const ratio = control / treated;
  return ratio > 2 || ratio < 0.5 ? [{ kind: 'unlike', ratio }] : [];
}

/** Regression to the mean: whether the period before was above the weeks before it, by the exact test of two rates. */
function peak({ effect, before, after, weeks, counts, controlSize, alpha }: Judged): EffectWarning[] {
  const history = weeks.startsOn.flatMap((day, week) =>
    week >= counts.first && daysBetween(day, before.startsOn) >= WEEK ? [week] : [],
  );
  if (history.length < LEAST_WEEKS) return [{ kind: 'no-history' }];
  const sum = (values: number[]) => history.reduce((all, week) => all + (values[week] ?? 0), 0);
  const earlier = { treated: sum(counts.of.treated), control: sum(counts.of.control), days: history.length * WEEK };
  const days = lengthOf(before);
  const [now, after1] = effect.counts.treated;
  const ratio = earlier.treated > 0 ? now / days / (earlier.treated / earlier.days) : null;
  const tested = poissonTwoSample({ counts: [now, earlier.treated], exposures: [days, earlier.days] });
  if (!tested.ok || (ratio !== null && ratio <= 1) || tested.value.conditionalP > alpha) return [];
  const against = weightedDisplacementDifference(
    {
      treated: [earlier.treated, after1],
      control: [earlier.control, effect.counts.control[1]],
      timeWeights: [earlier.days / lengthOf(after), 1],
      areaWeights: [controlSize, 1, 1, 1],
    },
    { alpha },
  );
  const { conditionalP: p } = tested.value;
  return [{ kind: 'peak', ratio, weeks: history.length, p, againstHistory: against.ok ? against.value : undefined }];
}

/** The first half of the weeks before against the second, as if the treatment had begun there. */
function apart({ before, weeks, counts, controlSize, alpha }: Judged): EffectWarning[] {
  const within = weeks.startsOn.flatMap((day, week) =>
    day >= before.startsOn && addDays(day, WEEK - 1) <= before.endsOn ? [week] : [],
  );
  const half = Math.floor(within.length / 2);
  if (half < 2) return [];
  const halves = (values: number[]) => {
    const sum = (of: number[]) => of.reduce((all, week) => all + (values[week] ?? 0), 0);
    return [sum(within.slice(0, half)), sum(within.slice(-half))] as const;
  };
  const tested = weightedDisplacementDifference({
    treated: halves(counts.of.treated),
    control: halves(counts.of.control),
    areaWeights: [controlSize, 1, 1, 1],
  });
  return tested.ok && tested.value.p <= alpha ? [{ kind: 'apart', p: tested.value.p }] : [];
}
