import { Icon } from '../../components/icons.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { decimals, pWords } from '../numbers.ts';
import classes from './effect.module.css';
import type { EffectWarning } from './warnings.ts';
import { useEffectTexts } from './words.ts';

/** What to beware of, in words. */
export function WarningList({ warnings }: { warnings: EffectWarning[] }) {
  const { t } = useEffectTexts();
  const { language } = useTexts();
  if (warnings.length === 0) return null;
  return (
    <section className={classes.warnings} aria-label={t('warnings')}>
      <h3>
        <Icon name="warning" size={18} /> {t('warnings')}
      </h3>
      <ul>
        {warnings.map((warning) => (
          <li key={warning.kind}>{words(warning)}</li>
        ))}
      </ul>
    </section>
  );

  function words(warning: EffectWarning): string {
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
        const said = t('peak', {
          ratio: decimals(ratio, language, 1),
          weeks: number(weeks, language),
          p: pWords(p, language),
        });
        if (!againstHistory) return said;
        const signed = (value: number) => `${value > 0 ? '+' : ''}${decimals(value, language, 1)}`;
        const { estimate, lower, upper } = againstHistory;
        const against = { estimate: signed(estimate), from: signed(lower), to: signed(upper) };
        return `${said} ${t('peakAgainst', against)}`;
      }
    }
  }
}
