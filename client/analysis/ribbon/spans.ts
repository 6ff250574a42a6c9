import type { StageOf } from '../../../shared/calendar/calendar.ts';
import { addDays, type DaySpan, daysBetween, daysShared, lengthOf, moved } from '../../../shared/calendar/days.ts';
import { fastingMonthsWithin, hijriDay } from '../../../shared/calendar/hijri.ts';
import type { ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';

/** Shortest and longest stretch of days that the ribbon shows. */
const LEAST_DAYS = 14;
const MOST_DAYS = 3650;
/** Days of a bar, the first that leaves bars wide enough to be told apart. */
const STEPS = [1, 7, 28] as const;
const LEAST_BAR_PX = 3;
/** Beyond this many days single Hijri months would stand too close. */
const MONTHS_UP_TO_DAYS = 430;

/** A stretch of days that shows all the given spans, of which there is one at least, with a margin. */
export function fitted(spans: readonly DaySpan[]): DaySpan {
  const startsOn = spans.map((span) => span.startsOn).sort()[0] ?? '';
  const endsOn =
    spans
      .map((span) => span.endsOn)
      .sort()
      .at(-1) ?? '';
  const length = lengthOf({ startsOn, endsOn });
  const margin = Math.max(Math.ceil(length * 0.08), Math.ceil((LEAST_DAYS - length) / 2));
  return bounded({ startsOn: addDays(startsOn, -margin), endsOn: addDays(endsOn, margin) });
}

/** The stretch made longer (factor above 1) or shorter about its middle. */
export function zoomed(domain: DaySpan, factor: number): DaySpan {
  const length = lengthOf(domain);
  const wanted = Math.min(MOST_DAYS, Math.max(LEAST_DAYS, Math.round(length * factor)));
  const before = Math.round((wanted - length) / 2);
  const startsOn = addDays(domain.startsOn, -before);
  return { startsOn, endsOn: addDays(startsOn, wanted - 1) };
}

/** The stretch moved by a share of its length, later where positive. */
export function panned(domain: DaySpan, share: number): DaySpan {
  return moved(domain, Math.round(lengthOf(domain) * share));
}

function bounded(domain: DaySpan): DaySpan {
  return lengthOf(domain) <= MOST_DAYS ? domain : { ...domain, startsOn: addDays(domain.endsOn, 1 - MOST_DAYS) };
}

/** Days of a bar for a stretch drawn so many pixels wide. */
export function barDays(domain: DaySpan, width: number): number {
  const bars = Math.max(1, width / LEAST_BAR_PX);
  return STEPS.find((step) => lengthOf(domain) / step <= bars) ?? STEPS[2];
}

/** Where a span lies on a stretch drawn `width` wide: its left edge and its width, at least `least`; undefined outside. */
export function placeOf(
  span: DaySpan,
  domain: DaySpan,
  width: number,
  least = 1,
): { left: number; width: number } | undefined {
  if (daysShared(span, domain) === 0) return undefined;
  const day = width / lengthOf(domain);
  const left = Math.max(0, daysBetween(domain.startsOn, span.startsOn) * day);
  const right = Math.min(width, (daysBetween(domain.startsOn, span.endsOn) + 1) * day);
  return { left, width: Math.max(least, right - left) };
}

/** The day at a pixel of the stretch. */
export function dayAt(x: number, domain: DaySpan, width: number): string {
  const days = lengthOf(domain);
  const at = Math.floor((x / Math.max(1, width)) * days);
  return addDays(domain.startsOn, Math.min(days - 1, Math.max(0, at)));
}

/** Stages that are felt on the street stand before those that are work at desks, where there is not room for all. */
const FIRST = ['vote', 'quiet', 'campaign', 'count', 'recapitulation', 'nomination', 'registration'];

/** A stage and the row that it is drawn in. */
export interface Band extends StageOf {
  lane: number;
}

/** Puts the stages within the stretch into rows in which none overlaps another; `hidden` is how many had no room. */
export function lanesOf(
  calendars: readonly ElectionCalendar[],
  domain: DaySpan,
  lanes: number,
): { bands: Band[]; hidden: number } {
  const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length);
  const within = calendars
    .flatMap((calendar) => calendar.stages.map((stage) => ({ calendar, stage })))
    .filter(({ stage }) => daysShared(stage, domain) > 0)
    .sort((a, b) => rank(a.stage.key) - rank(b.stage.key) || a.stage.startsOn.localeCompare(b.stage.startsOn));
  const bands: Band[] = [];
  for (const each of within) {
    const lane = Array.from({ length: lanes }, (_, row) => row).find((row) =>
      bands.every((band) => band.lane !== row || daysShared(band.stage, each.stage) === 0),
    );
    if (lane !== undefined) bands.push({ ...each, lane });
  }
  return {
    bands: bands.sort((a, b) => a.stage.startsOn.localeCompare(b.stage.startsOn)),
    hidden: within.length - bands.length,
  };
}

/** A month of the Hijri calendar as far as it lies within the stretch; from 1 (Muharam), 9 is Ramadan. */
export interface HijriMonth extends DaySpan {
  year: number;
  month: number;
}

/** The Hijri months of a stretch; of a long one Ramadan alone. */
export function hijriMonths(domain: DaySpan): HijriMonth[] {
  if (lengthOf(domain) > MONTHS_UP_TO_DAYS)
    return fastingMonthsWithin(domain).map(({ year, ramadan }) => ({ year, month: 9, ...ramadan }));
  const months: HijriMonth[] = [];
  for (let day = domain.startsOn; day <= domain.endsOn; day = addDays(day, 1)) {
    const { year, month } = hijriDay(day);
    const last = months.at(-1);
    if (last?.month === month) months[months.length - 1] = { ...last, endsOn: day };
    else months.push({ year, month, startsOn: day, endsOn: day });
  }
  return months;
}

/** Days under the axis: first days of months, or every so many of them where they would touch. */
export function axisDays(domain: DaySpan, width: number): string[] {
  const perMonth = (width / lengthOf(domain)) * 30.44;
  const every = [1, 2, 3, 6, 12, 24].find((months) => months * perMonth >= 64) ?? 36;
  const days: string[] = [];
  const [year = 0, month = 1] = domain.startsOn.split('-').map(Number);
  for (let at = year * 12 + month - 1; ; at++) {
    const day = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
    if (day > domain.endsOn) return days;
    if (day >= domain.startsOn && at % every === 0) days.push(day);
  }
}
