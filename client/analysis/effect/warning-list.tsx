import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import classes from './effect.module.css';
import { warningWords } from './warning-words.ts';
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
          <li key={warning.kind}>{warningWords(warning, language)}</li>
        ))}
      </ul>
    </section>
  );
}
