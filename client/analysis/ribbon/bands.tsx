import { useMemo } from 'react';
import type { DaySpan } from '../../../shared/calendar/days.ts';
import type { ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { spanWords } from '../days.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './ribbon.module.css';
import { lanesOf, placeOf } from './spans.ts';

const LANES = 2;
const LANE_PX = 24;
/** A stage of few days can still be seen and clicked. */
const LEAST_PX = 8;

interface BandsProps {
  calendars: readonly ElectionCalendar[];
  domain: DaySpan;
  width: number;
  period: DaySpan;
  onChoose(period: DaySpan): void;
}

/** The stages as bands; a click makes one the period. */
export function Bands({ calendars, domain, width, period, onChoose }: BandsProps) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const { bands, hidden } = useMemo(() => lanesOf(calendars, domain, LANES), [calendars, domain]);
  return (
    <div className={classes.bands} style={{ height: (1 + Math.max(0, ...bands.map(({ lane }) => lane))) * LANE_PX }}>
      {bands.map(({ calendar, stage, lane }) => {
        const place = placeOf(stage, domain, width, LEAST_PX);
        const [name, election] = language === 'id' ? [stage.name, calendar.name] : [stage.nameEn, calendar.nameEn];
        const words = `${name}, ${election}: ${spanWords(stage, language)}`;
        return (
          place && (
            <button
              key={`${calendar.id} ${stage.key}`}
              type="button"
              className={classes.band}
              style={{ left: place.left, width: place.width, top: lane * LANE_PX }}
              aria-pressed={stage.startsOn === period.startsOn && stage.endsOn === period.endsOn}
              aria-label={words}
              title={words}
              onClick={() => onChoose({ startsOn: stage.startsOn, endsOn: stage.endsOn })}
            >
              {place.width > 40 && name}
            </button>
          )
        );
      })}
      {bands.length === 0 && <p className={classes.none}>{t('ribbon.noStages')}</p>}
      {hidden > 0 && <span className={classes.hidden}>{t('ribbon.hidden', { number: hidden })}</span>}
    </div>
  );
}
