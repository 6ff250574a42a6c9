import type { EarlyWarning } from '../../../shared/schemas/warning.ts';
import { number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';

/** A figure as it stands in a sentence: whole numbers whole, others with one decimal. */
export function figure(value: number, language: Language): string {
  return number(value, language, 1);
}

/** What the words of a rule need to say how far a warning is over its bound. */
export function overWords({ rule, statistic, upperBound }: EarlyWarning, language: Language) {
  return { key: `over.${rule}` as const, statistic: figure(statistic, language), bound: figure(upperBound, language) };
}
