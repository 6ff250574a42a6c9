import {
  AREA_SIZES,
  CLUSTER_METHODS,
  type EffectSpec,
  FORECASTS,
  type ForesightSpec,
  MOST_AREAS,
  type RepeatSpec,
  RISKS,
} from '../../shared/schemas/analysis.ts';
import { COUNT_LEVELS } from '../../shared/schemas/hotspot.ts';
import { areaCodes, one, readSpan, whole, within, writeSpan } from './link-values.ts';

/** The question whether a treatment helped: `desa,52.71.01.1004-52.71.01.1005,52.71.02.1001,20240101-20240131,none,1,households`. */
export function writeEffect({ level, treated, control, before, after, surroundings, size }: EffectSpec): string {
  const days = [before, after].map((span) => (span ? writeSpan(span) : 'none'));
  return [level, treated.join('-'), control.join('-'), ...days, surroundings ? 1 : 0, size].join();
}

/** Reads {@link writeEffect}; undefined where it is not one. */
export function readEffect(text: string | undefined): EffectSpec | undefined {
  const [first, treated, control, before, after, around, last, ...rest] = text?.split(',') ?? [];
  const level = one(first, COUNT_LEVELS);
  const size = one(last, AREA_SIZES);
  if (!level || !size || rest.length > 0) return undefined;
  return {
    level,
    treated: areaCodes(treated, MOST_AREAS),
    control: areaCodes(control, MOST_AREAS),
    before: readSpan(before) ?? null,
    after: readSpan(after) ?? null,
    surroundings: around !== '0',
    size,
  };
}

/** How repeats and clusters are looked for: `200-400,7-14,999,1,poisson,households,0.5,none`. */
export function writeRepeat({ metres, days, draws, exact, clusters, risk, share, radiusM }: RepeatSpec): string {
  return [metres.join('-'), days.join('-'), draws, exact ? 1 : 0, clusters, risk, share, radiusM ?? 'none'].join();
}

/** Reads {@link writeRepeat}; undefined where it is not one. */
export function readRepeat(text: string | undefined): RepeatSpec | undefined {
  const [near, soon, times, known, method, by, part, reach, ...rest] = text?.split(',') ?? [];
  const metres = bands(near, 50_000);
  const days = bands(soon, 366);
  const draws = whole(times, 99, 9_999);
  const clusters = one(method, CLUSTER_METHODS);
  const risk = one(by, RISKS);
  const share = within(part, 0.01, 0.5);
  if (!metres || !days || !draws || !clusters || !risk || !share || rest.length > 0) return undefined;
  return {
    metres,
    days,
    draws,
    exact: known !== '0',
    clusters,
    risk,
    share,
    radiusM: whole(reach, 100, 500_000) ?? null,
  };
}

/** Upper ends of bands between dashes: whole, ascending, one to ten of them. */
function bands(text: string | undefined, most: number): number[] | undefined {
  const ends = text?.split('-').map((end) => whole(end, 1, most)) ?? [];
  const good = ends.length <= 10 && ends.every((end, at) => end !== undefined && end > (ends[at - 1] ?? 0));
  return good && ends.length > 0 ? (ends as number[]) : undefined;
}

/** Which map is held against the weeks that followed: `window,period,4`. */
export function writeForesight({ forecast, from, weeks }: ForesightSpec): string {
  return [forecast, from, weeks].join();
}

/** Reads {@link writeForesight}; undefined where it is not one. */
export function readForesight(text: string | undefined): ForesightSpec | undefined {
  const [map, days, length, ...rest] = text?.split(',') ?? [];
  const forecast = one(map, FORECASTS);
  const from = one(days, ['period', 'baseline'] as const);
  const weeks = whole(length, 1, 12);
  return forecast && from && weeks && rest.length === 0 ? { forecast, from, weeks } : undefined;
}
