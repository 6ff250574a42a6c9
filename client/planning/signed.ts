import { number } from '../format.ts';
import type { Language } from '../i18n/i18n.ts';

/** A deviation as `+12 %`, with a real minus sign. */
export function signed(percent: number, language: Language): string {
  const rounded = Math.round(percent);
  const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
  return `${sign}${number(Math.abs(rounded), language)}${language === 'id' ? ' %' : '%'}`;
}
