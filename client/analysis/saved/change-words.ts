import type { TFunction } from 'i18next';
import { number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { pWords } from '../numbers.ts';
import { type Change, isSame } from './differences.ts';

/** A change in a line: what it is of, and from what to what. */
export interface ChangeLine {
  what: string;
  how: string;
}

/** Puts a change of a saved analysis into words. */
export function changeWords(change: Change, t: TFunction<'saved'>, language: Language): ChangeLine {
  const figure = (value: number | null) => (value === null ? '–' : number(value, language, 3));
  const chance = (p: number | null) => (p === null ? '–' : pWords(p, language));
  const from = (before: number | null, now: number | null) => `${figure(before)} → ${figure(now)}`;
  switch (change.kind) {
    case 'total':
      return { what: t(`change.total.${change.of}`), how: from(change.before, change.now) };
    case 'left-out': {
      const what = t(`change.leftOut.${change.reason}`);
      return {
        what: change.of === 'period' ? what : t('change.inBaseline', { what }),
        how: from(change.before, change.now),
      };
    }
    case 'places':
    case 'significant':
      return { what: t(`change.${change.kind}`), how: from(change.before, change.now) };
    case 'measure':
      return { what: measureName(change.name, t), how: from(change.before, change.now) };
    case 'new-place':
      return { what: change.now.name || change.now.place, how: t('change.new') };
    case 'place': {
      const { before, now } = change;
      const what = before.name || before.place;
      if (!now) return { what, how: t('change.gone') };
      if (before.count !== now.count) return { what, how: from(before.count, now.count) };
      if (before.baselineCount !== now.baselineCount)
        return { what: t('change.inBaseline', { what }), how: from(before.baselineCount, now.baselineCount) };
      if (!isSame(before.value, now.value))
        return { what, how: `${t('change.value')} ${from(before.value, now.value)}` };
      return { what, how: `p ${chance(before.p)} → ${chance(now.p)}` };
    }
  }
}

const MEASURES = [
  'figure',
  'density-max',
  'density-bandwidth',
  'rate-mean',
  'change',
  'effect-treated-before',
  'effect-treated-after',
  'effect-control-before',
  'effect-control-after',
  'effect-local',
  'effect-all',
  'repeats-significant',
  'repeats-nearest',
  'clusters-significant',
  'clusters-first',
  'test-events',
  'test-map',
  'test-naive',
] as const;

function measureName(name: string, t: TFunction<'saved'>): string {
  const key = MEASURES.find((known) => known === name.replaceAll('.', '-'));
  return key ? t(`change.measure.${key}`) : name;
}
