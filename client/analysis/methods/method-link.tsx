import { Icon } from '../../components/icons.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { anchorOf, type MethodKey } from './method-keys.ts';
import classes from './method-link.module.css';
import { openMethod } from './wanted.ts';

const LABEL = { id: 'Metode', en: 'Method' } as const;

/** Beside a figure: leads to what explains it. `METHOD_OF_MEASURE` has the key of what a map shows. */
export function MethodLink({ of, compact = false }: { of: MethodKey; compact?: boolean }) {
  const { language } = useTexts();
  const label = LABEL[language];
  return (
    <a
      className={classes.link}
      href={`#${anchorOf(of)}`}
      {...(compact && { 'aria-label': label, title: label })}
      onClick={(event) => {
        event.preventDefault();
        openMethod(of);
      }}
    >
      <Icon name="help" size={14} />
      {!compact && label}
    </a>
  );
}
