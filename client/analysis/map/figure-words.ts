import { parentOfCode } from '../../../shared/area-code.ts';
import { lengthOf } from '../../../shared/calendar/days.ts';
import { type FigureClass, NOTES, type PlaceFigure } from '../../../shared/measures/figure.ts';
import type { AnalysisSpec } from '../../../shared/schemas/analysis.ts';
import { number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { dayWords } from '../days.ts';
import { brief, decimals, pWords, ratioWords } from '../numbers.ts';
import type { Counts } from '../places.ts';
import { stepsOf } from '../steps.ts';
import type { useAnalysisTexts } from '../words.ts';

export type Texts = ReturnType<typeof useAnalysisTexts>['t'];

/** A class in the legend. */
export function classWords(each: FigureClass, scale: PlaceFigure['scale'], t: Texts, language: Language): string {
  switch (each.kind) {
    case 'range': {
      if (scale === 'diverging') return ratioRange(each, t, language);
      if (each.from === each.to) return brief(each.from, language);
      if (each.to === null) return `≥ ${brief(each.from, language)}`;
      return `${brief(each.from, language)} – ${brief(each.to, language)}`;
    }
    case 'level':
      if (each.side === 0) return t('legend.notSignificant');
      return t(each.side > 0 ? 'legend.high' : 'legend.low', { p: pBound(each.p, language) });
    case 'quadrant':
      return t(`quadrant.${each.name}`);
    case 'category':
      return t(`emerging.${each.name.replace(' ', '-') as 'none'}`);
  }
}

const pBound = (p: number, language: Language) => `≤ ${number(p, language, 5)}`;

function ratioRange({ from, to }: { from: number; to: number | null }, t: Texts, language: Language): string {
  const bound = (value: number) => number(value, language, 2);
  if (from === 0 && to !== null) return t('legend.atMost', { ratio: bound(to) });
  if (to === null) return t('legend.atLeast', { ratio: bound(from) });
  if (from < 1 && to > 1) return t('legend.alike');
  return `${bound(from)} – ${bound(to)}×`;
}

/** The figure of one place: `12`, `3,4 per 1.000 rumah tangga`, `2,4× harapan, p 0,001, p (FDR) 0,003, n = 9`. */
export function valueWords(
  figure: PlaceFigure,
  place: number,
  spec: AnalysisSpec,
  t: Texts,
  language: Language,
): string {
  const value = figure.value[place] ?? 0;
  const code = figure.cls[place] ?? -1;
  const each = figure.classes[code];
  if (!each) return t('legend.noFigure');
  const test = figure.test;
  const p = test && testWords(test, place, language);
  switch (spec.measure) {
    case 'rate':
      return t('value.rate', { value: brief(value, language), per: t(`per.${spec.per}`) });
    case 'window':
      return NOTES[figure.note[place] ?? 0] === 'none-expected'
        ? `${t('value.noneExpected')}, ${p}`
        : `${t('value.window', { ratio: ratioWords(value, language) })}, ${p}`;
    case 'getis':
      return `z ${decimals(value, language, 2)}, ${p}`;
    case 'moran':
      return `${classWords(each, figure.scale, t, language)}, ${p}`;
    case 'emerging':
      return classWords(each, figure.scale, t, language);
    case 'change':
      return `${ratioWords(value === 0 && code === figure.classes.length - 1 ? Infinity : value, language)}, ${p}`;
    default:
      return brief(value, language);
  }
}

/** p of a place, by itself and corrected for all places, and how many incidents it rests on where that is known. */
function testWords(test: NonNullable<PlaceFigure['test']>, place: number, language: Language): string {
  const n = test.n ? `, n = ${number(test.n[place] ?? 0, language)}` : '';
  return `p ${pWords(test.p[place] ?? 1, language)}, p (FDR) ${pWords(test.adjusted[place] ?? 1, language)}${n}`;
}

/**
 * Name of a place of the counts: the area's, or where a cell is. Each desa has an RW 001: an RW is named with its desa, or
 * with the code of that as long as its name is not known.
 * @param desa name of an RW's desa
 */
export function placeName(counts: Counts, place: number, t: Texts, desa?: string): string {
  if ('areas' in counts) {
    const name = counts.areas.name[place] ?? '';
    const code = counts.areas.code[place] ?? '';
    return counts.level === 'rw' ? `${name}, ${desa ?? parentOfCode(code)}` : name;
  }
  return t('map.cell', { q: counts.cells.q[place] ?? 0, r: counts.cells.r[place] ?? 0 });
}

/** That days of the period before its first whole step are left out; nothing where there are none. */
export function partStepWords(
  { period, stepDays }: Pick<AnalysisSpec, 'period' | 'stepDays'>,
  t: Texts,
  language: Language,
): string[] {
  const days = lengthOf(period) % stepDays;
  return days > 0
    ? [t('method.partStep', { count: days, before: dayWords(stepsOf(period, stepDays).span.startsOn, language) })]
    : [];
}
