import { number } from '../format.ts';
import type { Language } from '../i18n/i18n.ts';

const formats = new Map<string, Intl.NumberFormat>();

function format(language: Language, digits: number): Intl.NumberFormat {
  const key = `${language} ${digits}`;
  let found = formats.get(key);
  if (!found) {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    found = new Intl.NumberFormat(language === 'id' ? 'id-ID' : 'en-GB', options);
    formats.set(key, found);
  }
  return found;
}

/** A number with so many decimals, zeros at the end too, so that columns of them line up: `1,50`. */
export function decimals(value: number, language: Language, digits: number): string {
  return format(language, digits).format(value);
}

/** A p value: three decimals, and `< 0,001` under that. */
export function pWords(p: number, language: Language): string {
  return p < 0.001 ? `< ${decimals(0.001, language, 3)}` : decimals(p, language, 3);
}

/** A share of one as a percentage: `12,5 %`, or `12.5%`. */
export function percent(share: number, language: Language, digits = 0): string {
  return `${decimals(share * 100, language, digits)}${language === 'id' ? ' %' : '%'}`;
}

/** Two significant digits or so: whole from 100 on, one decimal from 10 on. */
export function brief(value: number, language: Language): string {
  const size = Math.abs(value);
  return number(value, language, size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3);
}

/** A ratio as `2,4×`; infinite as `∞`. */
export function ratioWords(ratio: number, language: Language): string {
  if (!Number.isFinite(ratio)) return '∞';
  return `${decimals(ratio, language, ratio >= 10 ? 0 : ratio >= 1 ? 1 : 2)}×`;
}
