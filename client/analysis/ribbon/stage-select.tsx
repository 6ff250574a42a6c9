import type { DaySpan } from '../../../shared/calendar/days.ts';
import type { ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './ribbon.module.css';

interface StageSelectProps {
  calendars: readonly ElectionCalendar[];
  period: DaySpan;
  onChoose(period: DaySpan): void;
}

/** Every stage of every election by its name: also those that are too short, or too far away, to be clicked. */
export function StageSelect({ calendars, period, onChoose }: StageSelectProps) {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const stages = calendars.flatMap((calendar) =>
    calendar.stages.map((stage) => ({ id: `${calendar.id} ${stage.key}`, stage })),
  );
  const chosen = stages.find(({ stage }) => stage.startsOn === period.startsOn && stage.endsOn === period.endsOn);
  return (
    <select
      className={classes.select}
      aria-label={t('ribbon.stage')}
      value={chosen?.id ?? ''}
      onChange={(event) => {
        const found = stages.find(({ id }) => id === event.currentTarget.value);
        if (found) onChoose({ startsOn: found.stage.startsOn, endsOn: found.stage.endsOn });
      }}
    >
      <option value="" disabled>
        {t('ribbon.stage')}
      </option>
      {calendars.map((calendar) => (
        <optgroup key={calendar.id} label={language === 'id' ? calendar.name : calendar.nameEn}>
          {calendar.stages.map((stage) => (
            <option key={stage.key} value={`${calendar.id} ${stage.key}`}>
              {language === 'id' ? stage.name : stage.nameEn}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
