import { AREA_CODE_PATTERN } from '../../shared/area-code.ts';
import { addDays, type DaySpan } from '../../shared/calendar/days.ts';

const AREA_CODE = new RegExp(AREA_CODE_PATTERN);

/** Days as `20240925-20241123`. */
export const writeSpan = ({ startsOn, endsOn }: DaySpan) =>
  `${startsOn}-${endsOn}`.replace(/(\d{4})-(\d\d)-(\d\d)/g, '$1$2$3');

/** Reads {@link writeSpan}; undefined where an end is no day, or the last comes before the first. */
export function readSpan(text: string | undefined): DaySpan | undefined {
  const [, from = '', to = ''] = /^(\d{8})-(\d{8})$/.exec(text ?? '') ?? [];
  const [startsOn, endsOn] = [from, to].map((day) => day.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3'));
  return startsOn && endsOn && isDay(startsOn) && isDay(endsOn) && startsOn <= endsOn
    ? { startsOn, endsOn }
    : undefined;
}

function isDay(text: string): boolean {
  try {
    return addDays(text, 0) === text;
  } catch {
    return false;
  }
}

/** The value of the list that the text is. */
export function one<T extends string>(text: string | undefined, all: readonly T[]): T | undefined {
  return all.find((value) => value === text);
}

/** The values of a comma list that are known, each once, in the order of the list of all. */
export function several<T extends string>(text: string | undefined, all: readonly T[]): T[] {
  const named = text?.split(',') ?? [];
  return all.filter((value) => named.includes(value));
}

/** A number of a range. */
export function within(text: string | undefined, least: number, most: number): number | undefined {
  const value = text ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}

/** A whole number of a range. */
export function whole(text: string | undefined, least: number, most: number): number | undefined {
  const value = within(text, least, most);
  return Number.isInteger(value) ? value : undefined;
}

/** The code of an area. */
export function areaCode(text: string | undefined): string | undefined {
  return text && AREA_CODE.test(text) ? text : undefined;
}

/** Codes between dashes, each once. */
export function areaCodes(text: string | undefined, most: number): string[] {
  const codes = (text ?? '').split('-').filter((code) => areaCode(code) !== undefined);
  return [...new Set(codes)].slice(0, most);
}
