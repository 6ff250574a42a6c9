import { useState } from 'react';
import { select } from '../actions.ts';
import { shortDayWords } from '../analysis/days.ts';
import { openRoom } from '../analysis/state.ts';
import { overWords } from '../analysis/warnings/evidence.ts';
import { groupsOf, sinceOf, type WarningGroup } from '../analysis/warnings/groups.ts';
import { useOpened } from '../analysis/warnings/opened.ts';
import { goThere } from '../analysis/warnings/show.ts';
import { useWarningTexts } from '../analysis/warnings/words.ts';
import { useWarnings } from '../api/warnings.ts';
import { Icon } from '../components/icons.tsx';
import { CategoryIcon } from '../components/marks.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import classes from './early-warnings.module.css';

/** Those that are listed here; the analysis room has all. */
const MOST = 50;

/**
 * Early warnings of the operations room: a quiet line above the incidents that opens into a list. What was found to be
 * untrue is left out. It keeps itself up to date by the live stream.
 */
export default function EarlyWarnings() {
  const { t } = useWarningTexts();
  const [open, setOpen] = useState(false);
  const isReady = useSession((session) => session.incidents === 'ready');
  const { data = [] } = useWarnings({ state: 'open', area: undefined, category: undefined, limit: MOST }, isReady);
  const groups = groupsOf(data.filter(({ outcome }) => outcome?.verdict !== 'false'));
  if (groups.length === 0) return null;
  return (
    <section className={classes.strip} aria-label={t('title')}>
      <button type="button" className={classes.line} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="warning" size={18} />
        <span>{groups.length === 1 ? t('strip.one') : t('strip.some', { n: groups.length })}</span>
        <Icon name={open ? 'chevronUp' : 'chevronDown'} size={16} />
      </button>
      {open && (
        <>
          <ul className={classes.list}>
            {groups.map((group) => (
              <Entry key={group.key} group={group} />
            ))}
          </ul>
          <button type="button" className={classes.all} onClick={() => toAnalysis(undefined)}>
            {t('strip.all')}
          </button>
        </>
      )}
    </section>
  );
}

function Entry({ group }: { group: WarningGroup }) {
  const { t } = useWarningTexts();
  const { t: texts, language } = useTexts();
  const [first] = group.warnings;
  const { key, ...over } = overWords(first, language);
  return (
    <li>
      <button
        type="button"
        className={classes.entry}
        onClick={() => {
          goThere(first);
          select({ kind: 'area', code: first.area.code });
        }}
      >
        <b>{first.area.name}</b>
        <span className={classes.what}>
          <CategoryIcon category={first.category} size={14} /> {texts(`category.${first.category}`)} ·{' '}
          {t('since', { day: shortDayWords(sinceOf(group), language) })}
        </span>
        <span className={classes.over}>{t(key, over)}</span>
      </button>
      <button
        type="button"
        className={classes.analyse}
        title={t('toAnalysis')}
        aria-label={`${t('toAnalysis')}: ${first.area.name}`}
        onClick={() => toAnalysis(group.key)}
      >
        <Icon name="analysis" size={18} />
      </button>
    </li>
  );
}

/** Opens the analyst's view, at one matter when it is named. */
function toAnalysis(key: string | undefined): void {
  useOpened.setState({ key });
  openRoom('warnings');
}
