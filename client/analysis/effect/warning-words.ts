import i18next from 'i18next';
import { number } from '../../format.ts';
import type { Language } from '../../i18n/i18n.ts';
import { decimals, pWords } from '../numbers.ts';
import { signedBounds } from './effect-words.ts';
import type { EffectWarning } from './warnings.ts';

/** What to beware of before believing an effect, in a sentence or two. */
export function warningWords(warning: EffectWarning, language: Language): string {
  const t = i18next.getFixedT(language, 'effect');
  switch (warning.kind) {
    case 'small':
      return t('small', { least: number(warning.least, language) });
    case 'unlike':
      return t('unlike', { ratio: decimals(warning.ratio, language, 1) });
    case 'no-history':
      return t('noHistory');
    case 'apart':
      return t('apart', { p: pWords(warning.p, language) });
    case 'peak': {
      const { ratio, weeks, p, againstHistory } = warning;
      const words = { weeks: number(weeks, language), p: pWords(p, language) };
      const said =
        ratio === null ? t('peakFromNone', words) : t('peak', { ...words, ratio: decimals(ratio, language, 1) });
      return againstHistory ? `${said} ${t('peakAgainst', signedBounds(againstHistory, language))}` : said;
    }
  }
}
