import { usePrecision } from '../../api/warnings.ts';
import { ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { percent } from '../numbers.ts';
import classes from './warnings.module.css';
import { useWarningTexts } from './words.ts';

/** Outcomes below which an interval says little. */
const FEW = 10;

/** How often each rule was right, with its interval and how many outcomes it stands on. */
export function PrecisionTable() {
  const { t } = useWarningTexts();
  const { language } = useTexts();
  const { data, error, refetch } = usePrecision();
  if (!data) return error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />;
  const few = data.some(({ true: right, false: wrong }) => right + wrong > 0 && right + wrong < FEW);
  return (
    <section className={classes.section}>
      <h3>{t('precision.title')}</h3>
      <p className={classes.hint}>{t('precision.hint')}</p>
      <div className={classes.table}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('precision.rule')}</th>
              <th scope="col">{t('precision.share')}</th>
              <th scope="col">{t('precision.n')}</th>
              <th scope="col">{t('precision.unclear')}</th>
              <th scope="col">{t('precision.unjudged')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map((rule) => (
              <tr key={rule.rule}>
                <th scope="row">{t(`rules.${rule.rule}`)}</th>
                <td>
                  {rule.precision === null || rule.low === null || rule.high === null ? (
                    <span className={classes.none}>{t('precision.none')}</span>
                  ) : (
                    <>
                      <b>{percent(rule.precision, language)}</b>{' '}
                      <small>
                        ({percent(rule.low, language)}–{percent(rule.high, language)})
                      </small>
                    </>
                  )}
                </td>
                <td>{number(rule.true + rule.false, language)}</td>
                <td>{number(rule.unclear, language)}</td>
                <td>{number(rule.unjudged, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {few && <p className={classes.caution}>{t('precision.few')}</p>}
    </section>
  );
}
