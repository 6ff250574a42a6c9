import { lengthOf } from '../../../shared/calendar/days.ts';
import type { FigureAnswer } from '../../../shared/measures/compute.ts';
import type { PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { type Outcome, poissonRateRatio } from '../../../shared/stats/index.ts';
import { number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { dayWords } from '../days.ts';
import { valueWords } from '../map/figure-words.ts';
import { brief, decimals, pWords, ratioWords } from '../numbers.ts';
import type { Counts } from '../places.ts';
import { daysOfStep, type Steps } from '../steps.ts';
import type { useAnalysisTexts } from '../words.ts';
import type { RankedPlace } from './ranking.ts';
import { riseOf } from './since.ts';
import type { PlaceSeries } from './top-series.ts';
import type { BriefTexts } from './words.ts';

/** What a brief is about. */
export interface BriefMatter {
  spec: AnalysisSpec;
  counts: Counts;
  outcome: Outcome<FigureAnswer>;
  ranked: readonly RankedPlace[];
  /** Name of a ranked place, with the area around it where that helps. */
  nameOf(place: RankedPlace): string;
  /** Of the first place, or of the whole where there is no area to ask for. */
  series: PlaceSeries & { name: string };
  /** Categories and severities asked for, in words; empty for all. */
  kinds: string;
}

export interface Wording {
  t: BriefTexts;
  room: ReturnType<typeof useAnalysisTexts>['t'];
  language: Language;
}

/** What, where, since when and how sure, a sentence or three each. */
export type Facts = Record<'what' | 'where' | 'since' | 'sure', string>;

/** Names that are told before the rest is counted. */
const NAMED = 4;
/** Incidents below which any pattern is fragile. */
const THIN = 30;

/** The four facts that a leader asks for first. */
export function factsOf(matter: BriefMatter, wording: Wording): Facts {
  const figure = matter.outcome.ok && matter.outcome.value.kind === 'places' ? matter.outcome.value.figure : undefined;
  return {
    what: whatOf(matter, figure, wording),
    where: whereOf(matter, figure, wording),
    since: sinceOf(matter, wording),
    sure: sureOf(matter, figure, wording),
  };
}

function whatOf(matter: BriefMatter, figure: PlaceFigure | undefined, { t, room, language }: Wording): string {
  const { spec, counts, ranked, outcome, kinds } = matter;
  const days = lengthOf(spec.period);
  const parts = [
    t('what.total', { n: number(counts.total.period, language), days, kinds: kinds && ` (${kinds})` }),
    changeOf(matter, { t, language }),
  ];
  const [top] = ranked;
  if (top && figure && top.count > 0) {
    const value = valueWords(figure, top.at, spec, room, language);
    parts.push(
      t(top.side < 0 ? 'what.low' : 'what.top', { place: matter.nameOf(top), n: number(top.count, language), value }),
    );
  }
  if (outcome.ok && outcome.value.kind === 'density')
    parts.push(t('what.density', { value: brief(outcome.value.figure.max, language) }));
  return parts.filter(Boolean).join(' ');
}

function changeOf({ spec, counts }: BriefMatter, { t, language }: Pick<Wording, 't' | 'language'>): string {
  if (!spec.baseline) return '';
  const ratio = poissonRateRatio({
    counts: [counts.total.period, counts.total.baseline],
    exposures: [lengthOf(spec.period), lengthOf(spec.baseline)],
  });
  if (!ratio.ok || ratio.value.ratio === null || ratio.value.upper === null) return '';
  const [lower, upper] = [decimals(ratio.value.lower, language, 2), decimals(ratio.value.upper, language, 2)];
  return t('what.change', { ratio: ratioWords(ratio.value.ratio, language), lower, upper });
}

function whereOf(
  { spec, ranked, nameOf }: BriefMatter,
  figure: PlaceFigure | undefined,
  { t, language }: Wording,
): string {
  if (!figure) return t('where.map');
  const named = (places: readonly RankedPlace[]) => {
    const few = places.slice(0, NAMED).map(nameOf).join(', ') || '–';
    const more = places.length - NAMED;
    return more > 0 ? t('where.more', { names: few, count: more }) : few;
  };
  const kind = figure.scale === 'emerging' ? 'history' : spec.measure === 'change' ? 'change' : 'test';
  const tested = number(figure.test?.tested ?? ranked.length, language);
  const told = ([1, -1] as const).flatMap((side) => {
    const places = ranked.filter((place) => place.side === side);
    if (places.length === 0) return [];
    const found = number(places.length, language);
    return [t(`where.${kind}.${side > 0 ? 'high' : 'low'}`, { found, tested, names: named(places) })];
  });
  if (told.length > 0) return told.join(' ');
  if (kind === 'history') return t('where.history.none');
  const names = named(ranked.filter(({ count }) => count > 0).slice(0, NAMED));
  return t(figure.test ? 'where.none' : 'where.top', { names });
}

function sinceOf({ spec, series }: BriefMatter, { t, language }: Wording): string {
  const { steps, counts, name: place } = series;
  if (counts.length < 2) return t('since.short');
  const rise = riseOf(counts, spec);
  if (!rise) return t('since.none', { place, day: dayWords(steps.span.startsOn, language) });
  return t('since.rise', {
    place,
    day: dayWords(daysOfStep(steps, rise.step).startsOn, language),
    before: number(rise.before, language, 1),
    since: number(rise.since, language, 1),
    unit: t(unitOf(steps)),
  });
}

/** What a step of a drawn series is. */
export const unitOf = ({ stepDays }: Steps) => (stepDays === 7 ? 'unit.week' : 'unit.day');

function sureOf(
  { spec, counts, ranked }: BriefMatter,
  figure: PlaceFigure | undefined,
  { t, language }: Wording,
): string {
  const thin = counts.total.period < THIN ? [t('sure.thin', { n: number(counts.total.period, language) })] : [];
  const test = figure?.test;
  if (!test) return [t(spec.measure === 'emerging' ? 'sure.emerging' : 'sure.untested'), ...thin].join(' ');
  const least = ranked.reduce((p, place) => Math.min(p, place.p ?? 1), 1);
  const isDoubtful = !spec.fdr || figure.facts.normal === false;
  return [
    t(`sure.${least > spec.alpha ? 'not' : isDoubtful ? 'hint' : degreeOf(least)}`, { p: pWords(least, language) }),
    t(spec.fdr ? 'sure.corrected' : 'sure.plain', { tested: number(test.tested, language) }),
    ...(figure.facts.normal === false ? [t('sure.normal')] : []),
    ...thin,
  ].join(' ');
}

const degreeOf = (p: number) => (p <= 0.001 ? 'very' : p <= 0.01 ? 'strong' : 'fair');
