import type { DaySpan } from '../../../shared/calendar/days.ts';
import { type DensityFigure, NOTES, type PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { sequentialColours } from '../../figure-palette.ts';
import { distance, number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';
import type { Theme } from '../../palette.ts';
import { spanWords } from '../days.ts';
import { looksOf, NO_FIGURE } from '../looks.ts';
import { brief } from '../numbers.ts';
import { stepsOf } from '../steps.ts';
import { classWords, partStepWords, type Texts } from './figure-words.ts';
import type { LegendClass, MapLegendProps } from './map-legend.tsx';

interface Wording {
  t: Texts;
  language: Language;
  theme: Theme;
}

/**
 * The legend of a figure: classes with how many places each, then period, method, its level and n, a line each.
 * @param incidents that the figures rest on @param played days of the step that is shown while time plays, and its counts alone
 */
export function legendOf(
  {
    spec,
    figure,
    incidents,
    played,
  }: { spec: AnalysisSpec; figure: PlaceFigure; incidents: number; played?: DaySpan | undefined },
  { t, language, theme }: Wording,
): MapLegendProps {
  const looks = looksOf(figure, theme);
  const ofClass = tally(figure.cls);
  const ofNote = tally(figure.note);
  const noted = (note: (typeof NOTES)[number]) => ofNote.get(NOTES.indexOf(note)) ?? 0;
  const classes: LegendClass[] = figure.classes.map((each, code) => ({
    colour: '',
    mark: '',
    ...looks[code],
    label: classWords(each, figure.scale, t, language),
    n: ofClass.get(code) ?? 0,
  }));
  const shown = figure.scale === 'emerging' ? classes.filter(({ n }) => n) : classes;
  const per = t(`per.${spec.per}`);
  const without = noted('no-denominator');
  if (without > 0) shown.push({ ...NO_FIGURE[theme], label: t('legend.noDenominator', { per }), n: without });
  if (figure.scale === 'diverging' && figure.test)
    shown.push({
      colour: '',
      mark: 'outline',
      label: t('legend.outlined', { alpha: number(spec.alpha, language, 3) }),
      n: figure.test.found,
    });
  const few = noted('few');
  if (few > 0 && (figure.scale === 'sequential' || figure.scale === 'diverging'))
    shown.push({ colour: '', mark: 'hatch', label: t('legend.few'), n: few });
  const measure = played ? 'count' : spec.measure;
  const cubed = measure === 'emerging' ? figure.facts.incidents : undefined;
  const counted = measure === 'emerging' ? stepsOf(spec.period, spec.stepDays).span : spec.period;
  const lines = methodLines(spec, figure, { t, language, played: played !== undefined });
  if (few > 0 && figure.scale === 'significance') lines.push(t('method.few', { n: number(few, language) }));
  return {
    title: measure === 'rate' ? t('legend.rate', { per }) : t(`measure.${measure}`),
    classes: shown,
    unit: t('legend.places'),
    lines: [
      t('legend.basis', {
        n: number(played ? figure.value.reduce((sum, one) => sum + one, 0) : (cubed ?? incidents), language),
        span: spanWords(played ?? counted, language),
      }),
      ...lines,
    ],
  };
}

/** How many places have each code. */
function tally(codes: Int8Array | Uint8Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/** How the figures came about. */
function methodLines(
  spec: AnalysisSpec,
  { classes, test, facts }: PlaceFigure,
  { t, language, played }: Pick<Wording, 't' | 'language'> & { played: boolean },
): string[] {
  const n = (value: number, digits = 0) => number(value, language, digits);
  const per = t(`per.${spec.per}`);
  const lines: string[] = [];
  switch (played ? 'count' : spec.measure) {
    case 'count':
      lines.push(t('method.quantiles', { classes: classes.length }));
      if (played) lines.push(t('method.fixed'));
      break;
    case 'rate':
      lines.push(t('method.quantiles', { classes: classes.length }), t(`method.smoothing.${spec.smoothing}`));
      if (facts.mean !== undefined) lines.push(t('method.mean', { mean: n(facts.mean, 2) }));
      break;
    case 'window':
      lines.push(facts.expectedBy === 'baseline' ? t('method.windowBaseline') : t('method.windowPer', { per }));
      break;
    case 'getis':
      lines.push(t('method.getis'));
      break;
    case 'moran':
      lines.push(...moranLines(spec, test, facts, { t, language }));
      break;
    case 'emerging':
      lines.push(t('method.emerging', { steps: facts.steps ?? 0, days: spec.stepDays, alpha: n(spec.alpha, 3) }));
      lines.push(...partStepWords(spec, t, language));
      break;
    case 'change':
      lines.push(t('method.change'));
  }
  if (spec.measure === 'getis' || spec.measure === 'moran')
    lines.push(spec.smoothing === 'none' ? t('method.ofCounts') : t('method.ofRates', { per }));
  if (test)
    lines.push(
      t(spec.fdr ? 'method.fdr' : 'method.plain', {
        alpha: n(spec.alpha, 3),
        found: n(test.found),
        tested: n(test.tested),
      }),
    );
  return lines;
}

/** How the p of local Moran's I came about. */
function moranLines(
  { fdr, alpha }: AnalysisSpec,
  test: PlaceFigure['test'],
  { drawn }: PlaceFigure['facts'],
  { t, language }: Pick<Wording, 't' | 'language'>,
): string[] {
  if (!drawn) return [t('method.moran')];
  const n = (value: number) => number(value, language, 4);
  const line = t('method.moranDrawn', { draws: n(drawn.draws), seed: drawn.seed, least: n(drawn.leastP) });
  // By Benjamini and Hochberg the k smallest p of m are significant where the k-th is not above alpha k / m.
  const needed = fdr && test ? Math.ceil((drawn.leastP * test.tested) / alpha) : 0;
  return needed > 1 ? [line, t('method.drawnFdr', { places: n(needed) })] : [line];
}

/** Where each class of a density begins, with its colour. */
export function densityClasses({ contours }: DensityFigure, theme: Theme): { from: number; colour: string }[] {
  const colours = sequentialColours(theme, contours.length);
  return contours.map(({ level }, at) => ({ from: level, colour: colours[at] ?? '' }));
}

/** The legend of a density: a picture, and says so. */
export function densityLegend(
  figure: DensityFigure,
  spec: AnalysisSpec,
  { t, language, theme }: Wording,
): MapLegendProps {
  return {
    title: t('legend.density'),
    classes: densityClasses(figure, theme).map(({ from, colour }) => ({
      colour,
      mark: '',
      label: `≥ ${brief(from, language)}`,
    })),
    lines: [
      t('legend.basis', { n: number(figure.points, language), span: spanWords(spec.period, language) }),
      t(figure.byRule ? 'method.densityRule' : 'method.density', { bandwidth: distance(figure.bandwidth, language) }),
    ],
  };
}
