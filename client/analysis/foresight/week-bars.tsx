import type { DaySpan } from '../../../shared/calendar/days.ts';
import { DIVERGING } from '../../figure-palette.ts';
import { number } from '../../format.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { shortDayWords } from '../days.ts';
import { percent } from '../numbers.ts';
import classes from './foresight.module.css';
import type { Foresight } from './foresight.ts';
import { useForesightTexts } from './words.ts';

interface Props {
  weekly: Foresight['weekly'];
  weeks: DaySpan[];
  /** Whether the naive map is drawn beside. */
  naive: boolean;
}

/** What each week's incidents were caught by, as bars with their figures. */
export function WeekBars({ weekly, weeks, naive }: Props) {
  const { t } = useForesightTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const colours = { map: DIVERGING[theme].above[1], naive: DIVERGING[theme].below[1] };
  const shown = naive ? (['map', 'naive'] as const) : (['map'] as const);
  const words = (share: number | null) => (share === null ? '–' : percent(share, language));
  return (
    <figure className={classes.weeks}>
      <figcaption>
        {t('weekly')}
        {shown.map((which) => (
          <span key={which}>
            <i style={{ background: colours[which] }} aria-hidden="true" />
            {t(which)}
          </span>
        ))}
      </figcaption>
      <ol>
        {weekly.map((week, at) => {
          const day = shortDayWords(weeks[at]?.startsOn ?? '', language);
          const events = number(week.events, language);
          return (
            <li key={day}>
              <span className={classes.hidden}>
                {t('weekLabel', { week: day, map: words(week.map), naive: words(week.naive), events })}
              </span>
              <span aria-hidden="true">{day}</span>
              <div aria-hidden="true">
                {week.events === 0 && <small>{t('noEvents')}</small>}
                {week.events > 0 &&
                  shown.map((which) => (
                    <p key={which}>
                      <i style={{ width: `${(week[which] ?? 0) * 100}%`, background: colours[which] }} />
                      <small>{words(week[which])}</small>
                    </p>
                  ))}
              </div>
              <small aria-hidden="true">n {events}</small>
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
