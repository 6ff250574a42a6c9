import i18next from 'i18next';
import { number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { decimals, percent, pWords } from '../numbers.ts';
import type { Effect } from './judge.ts';
import { verdictOf } from './verdict.ts';

/** What a comparison says: whether it helped, then how much, what happened around, and both together, as far as they are known. */
export function effectWords(
  effect: Effect,
  { alpha, surroundings }: { alpha: number; surroundings: boolean },
  language: Language,
): [verdict: string, ...lines: string[]] {
  const t = i18next.getFixedT(language, 'effect');
  const tenths = (value: number) => tenthsOf(value, language);
  const signed = (judged: { estimate: number; lower: number; upper: number }) => signedBounds(judged, language);
  const confidence = percent(1 - alpha, language);
  const { outcome, events, from, to, around, share } = verdictOf(effect);
  const words = { n: tenths(events), from: tenths(from), to: tenths(to), confidence };
  const verdicts = {
    unclear: () => t('unclear', { confidence, less: tenths(to), most: tenths(-from) }),
    'fewer-here': () => t('fewerHere', words),
    fewer: () => t('fewer', words),
    more: () => t('moreEvents', words),
  };
  const lines: string[] = [];
  if (share !== null) {
    const change = `${share > 0 ? '+' : ''}${percent(share, language)}`;
    lines.push(t('share', { share: change, without: tenths(effect.without) }));
  }
  const { difference, moved } = effect;
  if (surroundings) lines.push(moved && around !== 'none' ? t(`around_${around}`, signed(moved)) : t('around_none'));
  if (moved) lines.push(t('total', { ...signed(difference), p: pWords(difference.p, language) }));
  return [verdicts[outcome](), ...lines];
}

/** How it was reckoned, and from how many incidents. */
export function effectMethodWords(
  { counts: { treated, control } }: Pick<Effect, 'counts'>,
  { alpha, days }: { alpha: number; days: { before: number; after: number } },
  language: Language,
): string {
  const t = i18next.getFixedT(language, 'effect');
  const n = (value: number) => number(value, language);
  const method = t('method', {
    confidence: percent(1 - alpha, language),
    before: n(treated[0] + control[0]),
    after: n(treated[1] + control[1]),
  });
  return days.before === days.after
    ? method
    : `${method} ${t('unequalDays', { before: n(days.before), after: n(days.after) })}`;
}

/** An estimate with its interval, each with its sign. */
export function signedBounds(
  { estimate, lower, upper }: { estimate: number; lower: number; upper: number },
  language: Language,
): { estimate: string; from: string; to: string } {
  const signed = (value: number) => `${value > 0 ? '+' : ''}${tenthsOf(value, language)}`;
  return { estimate: signed(estimate), from: signed(lower), to: signed(upper) };
}

/** Whole events where there are many, tenths where there are few. */
function tenthsOf(value: number, language: Language): string {
  return Math.abs(value) < 10 ? decimals(value, language, 1) : number(value, language);
}
