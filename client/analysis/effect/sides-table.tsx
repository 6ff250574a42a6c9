import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { decimals, percent } from '../numbers.ts';
import { Wide } from '../wide.tsx';
import classes from './effect.module.css';
import type { Effect } from './judge.ts';
import { lookOf } from './looks.ts';
import { SIDES } from './sides.ts';
import { useEffectTexts } from './words.ts';

/** Counts of each side before and after, and by the week, so that periods of unlike length can be read against each other. */
export function SidesTable({ counts, days }: { counts: Effect['counts']; days: { before: number; after: number } }) {
  const { t } = useEffectTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const weekly = (count: number, of: number) => t('perWeek', { n: decimals((count / of) * 7, language, 1) });
  return (
    <Wide label={t('title')} className={classes.scroll}>
      <table className={classes.sides}>
        <thead>
          <tr>
            <th scope="col">{t('tableSide')}</th>
            <th scope="col">{t('tableBefore')}</th>
            <th scope="col">{t('tableAfter')}</th>
            <th scope="col">{t('tableChange')}</th>
          </tr>
        </thead>
        <tbody>
          {SIDES.filter((side) => counts[side][0] + counts[side][1] > 0).map((side) => {
            const [before, after] = counts[side];
            const change = after / days.after / (before / days.before) - 1;
            return (
              <tr key={side}>
                <th scope="row">
                  <i style={{ background: lookOf(theme, side).colour }} aria-hidden="true" />
                  {t(side)}
                </th>
                <td>
                  {number(before, language)} <small>{weekly(before, days.before)}</small>
                </td>
                <td>
                  {number(after, language)} <small>{weekly(after, days.after)}</small>
                </td>
                <td>{before > 0 ? `${change > 0 ? '+' : ''}${percent(change, language)}` : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Wide>
  );
}
