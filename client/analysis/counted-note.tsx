import type { Zone } from '../../shared/geo/zone.ts';
import { number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { exactTime } from '../time.ts';
import { type Counted, LEFT_OUT_REASONS } from './counted.ts';
import { MethodLink } from './methods/method-link.tsx';
import classes from './room.module.css';
import { useAnalysisTexts } from './words.ts';

interface Props {
  counts: Counted;
  zone: Zone;
  /** What became of incidents in none of the places, where they are not left out of all that is shown. */
  placeless?: string;
}

/** How many incidents the figures rest on, which were left out and why, how many are placed too coarsely, and as of when. */
export function CountedNote({ counts, zone, placeless }: Props) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const n = (value: number) => number(value, language);
  const pair = ({ period, baseline }: { period: number; baseline: number }) =>
    counts.baseline ? t('counted.pair', { period: n(period), baseline: n(baseline) }) : n(period);
  const left = LEFT_OUT_REASONS.map((reason) => ({
    reason,
    period: counts.leftOut.period[reason],
    baseline: counts.leftOut.baseline[reason],
  })).filter(({ period, baseline }) => period + baseline > 0);
  return (
    <section className={classes.counted} aria-label={t('counted.title')}>
      <h3>
        {t('counted.title')} <MethodLink of="left-out" compact />
      </h3>
      <dl>
        <dt>{t('counted.total')}</dt>
        <dd>{pair(counts.total)}</dd>
        {left.map(({ reason, ...numbers }) => (
          <div key={reason}>
            <dt>{(reason === 'placeless' && placeless) || t(`counted.${reason}`)}</dt>
            <dd>{pair(numbers)}</dd>
          </div>
        ))}
        {counts.coarse.period + counts.coarse.baseline > 0 && (
          <div>
            <dt>{t('counted.coarse')}</dt>
            <dd>{pair(counts.coarse)}</dd>
          </div>
        )}
        {counts.accuracyUnknown.period + counts.accuracyUnknown.baseline > 0 && (
          <div>
            <dt>{t('counted.accuracyUnknown')}</dt>
            <dd>{pair(counts.accuracyUnknown)}</dd>
          </div>
        )}
      </dl>
      <p>
        {t('counted.asOf', { time: exactTime(Date.parse(counts.asOf), zone, language), version: counts.dataVersion })}
      </p>
    </section>
  );
}
