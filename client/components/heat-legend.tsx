import { useTexts } from '../i18n/i18n.ts';
import { HEAT_RADIUS_PIXELS, HEAT_RAMPS } from '../incidents/heat.ts';
import { useIncidentCounts } from '../incidents/use-counts.ts';
import { useView } from '../state/view.ts';
import classes from './heat-legend.module.css';

/** What the heat's colours mean: how many incidents, which are left out, and how they are weighed. */
export function HeatLegend() {
  const { t, language } = useTexts();
  const ramp = HEAT_RAMPS[useView((view) => view.theme)];
  const { shown, patrol } = useIncidentCounts();
  const number = new Intl.NumberFormat(language);
  const stops = ramp.map(([density, colour]) => `${colour} ${density * 100}%`).join(', ');
  return (
    <figure className={classes.heat}>
      <div className={classes.ramp} style={{ backgroundImage: `linear-gradient(to right, ${stops})` }} />
      <div className={classes.ends}>
        <span>{t('legend.heatSparse')}</span>
        <span>{t('legend.heatDense')}</span>
      </div>
      <figcaption>
        {t('legend.heatMethod', {
          shown: number.format(shown - patrol),
          patrol: number.format(patrol),
          radius: HEAT_RADIUS_PIXELS,
        })}{' '}
        {t('legend.heatHint')}
      </figcaption>
    </figure>
  );
}
