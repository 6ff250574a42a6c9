import { findPersonalData } from '../../shared/personal-data.ts';
import { useTexts } from '../i18n/i18n.ts';
import { Icon } from './icons.tsx';
import classes from './personal-data-warning.module.css';

/** Warns the writer of what looks like personal data in a free text; refuses nothing. */
export function PersonalDataWarning({ text }: { text: string }) {
  const { t } = useTexts();
  const kinds = findPersonalData(text);
  if (kinds.length === 0) return null;
  return (
    <p className={classes.warning} role="alert">
      <Icon name="warning" size={18} />
      {t('form.personal', { kinds: kinds.map((kind) => t(`personal.${kind}`)).join(', ') })}
    </p>
  );
}
