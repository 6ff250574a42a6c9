import { CategoryIcon } from '../../components/marks.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { dayWords, shortDayWords } from '../days.ts';
import { pWords } from '../numbers.ts';
import { overWords } from './evidence.ts';
import { endingKey, sinceOf, type WarningGroup, weeksSince } from './groups.ts';
import { Sparkline } from './sparkline.tsx';
import classes from './warnings.module.css';
import { useWarningTexts } from './words.ts';

/** One matter of the list: where, what, since when, how far over its bound, how sure, and what became of it. */
export function WarningRow({ group, onOpen }: { group: WarningGroup; onOpen(): void }) {
  const { t } = useWarningTexts();
  const { t: texts, language } = useTexts();
  const [first] = group.warnings;
  const since = sinceOf(group);
  const { key, ...over } = overWords(first, language);
  const weeks = weeksSince(since, first.lastDay);
  return (
    <li>
      <button type="button" className={classes.row} onClick={onOpen}>
        <span className={classes.rowHead}>
          <b>{first.area.name}</b>
          <span className={classes.kind}>{texts(`level.${first.area.level}`)}</span>
          {first.outcome && <span className={classes.verdict}>{t(`outcome.${first.outcome.verdict}`)}</span>}
        </span>
        <span className={classes.rowBody}>
          <span className={classes.rowWords}>
            <span className={classes.category}>
              <CategoryIcon category={first.category} /> {texts(`category.${first.category}`)}
            </span>
            <span>
              {t('since', { day: shortDayWords(since, language) })} ({t('weeks', { count: weeks })})
              {first.endedAt && ` · ${t(endingKey(first), { day: dayWords(first.lastDay, language) })}`}
            </span>
          </span>
          <Sparkline counts={first.recent} rise={weeks} category={first.category} />
        </span>
        <span className={classes.over}>{t(key, over)}</span>
        <span className={classes.sure}>
          {group.warnings.map(({ rule }) => t(`rules.${rule}`)).join(', ')} · p {pWords(first.p, language)}
        </span>
      </button>
    </li>
  );
}
