import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import type { Brief } from './brief-of.ts';
import classes from './document.module.css';
import { useBriefTexts } from './words.ts';

/** The places that matter most, in the order in which they do. */
export function PlacesTable({ brief: { rows, spec, places } }: { brief: Brief }) {
  const { t } = useBriefTexts();
  const { language } = useTexts();
  if (rows.length === 0) return null;
  // Of a count the measure is the count.
  const hasValue = spec.measure !== 'count' && rows.some(({ value }) => value !== '');
  return (
    <section>
      <h2>{t('table')}</h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('column.place')}</th>
            <th scope="col" className={classes.n}>
              {t('column.n')}
            </th>
            {spec.baseline && (
              <th scope="col" className={classes.n}>
                {t('column.before')}
              </th>
            )}
            {hasValue && <th scope="col">{t('column.value')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, rank) => (
            <tr key={row.key} data-significant={row.significant || undefined}>
              <td className={classes.n}>{rank + 1}</td>
              <th scope="row">{row.name}</th>
              <td className={classes.n}>{number(row.count, language)}</td>
              {spec.baseline && <td className={classes.n}>{number(row.baselineCount, language)}</td>}
              {hasValue && <td>{row.value}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.small}>
        {t('tableOf', { shown: number(rows.length, language), all: number(places, language) })}
      </p>
    </section>
  );
}
