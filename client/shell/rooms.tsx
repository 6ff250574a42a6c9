import { Button } from '@mantine/core';
import { toggleLayer, toggleTool } from '../actions.ts';
import { useTexts } from '../i18n/i18n.ts';
import { usePanels } from '../state/panels.ts';
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

/** The analysis room: what is coming, and what can be done already. */
export function AnalysisRoom() {
  const { t } = useTexts();
  const heat = useView((view) => view.layers.heat);
  return (
    <section className={classes.room} aria-label={t('analysis.title')}>
      <h2>{t('analysis.title')}</h2>
      <span className={classes.soon}>{t('room.soon')}</span>
      <p>{t('analysis.lead')}</p>
      <h3>{t('analysis.now')}</h3>
      <ul>
        <li>{t('analysis.nowTimeline')}</li>
        <li>{t('analysis.nowHeat')}</li>
        <li>{t('analysis.nowFilter')}</li>
      </ul>
      <div className={classes.steps}>
        {!heat && (
          <Button variant="default" onClick={() => toggleLayer('heat')}>
            {t('analysis.showHeat')}
          </Button>
        )}
        <Button
          variant="default"
          onClick={() => {
            useView.getState().set({ room: 'operasi' });
            usePanels.getState().set({ filters: true, left: true });
          }}
        >
          {t('analysis.openFilter')}
        </Button>
      </div>
    </section>
  );
}
