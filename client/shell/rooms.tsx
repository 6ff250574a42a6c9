import { Button } from '@mantine/core';
import { toggleLayer, toggleTool } from '../actions.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useView } from '../state/view.ts';
import classes from './rooms.module.css';

/** The planning room: what is coming, and what can be done already. */
export function PlanningRoom() {
  const { t } = useTexts();
  const places = useView((view) => view.layers.places);
  return (
    <section className={classes.room} aria-label={t('planning.title')}>
      <h2>{t('planning.title')}</h2>
      <span className={classes.soon}>{t('room.soon')}</span>
      <p>{t('planning.lead')}</p>
      <h3>{t('planning.now')}</h3>
      <ul>
        <li>{t('planning.nowAreas')}</li>
        <li>{t('planning.nowMeasure')}</li>
        <li>{t('planning.nowPlaces')}</li>
      </ul>
      <div className={classes.steps}>
        <Button variant="default" onClick={() => toggleTool('measure-area')}>
          {t('planning.measure')}
        </Button>
        {!places && (
          <Button variant="default" onClick={() => toggleLayer('places')}>
            {t('planning.showPlaces')}
          </Button>
        )}
      </div>
    </section>
  );
}
