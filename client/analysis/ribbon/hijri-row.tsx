import { useMemo } from 'react';
import type { DaySpan } from '../../../shared/calendar/days.ts';
import { useTexts } from '../../i18n/i18n.ts';
import { HIJRI_MONTHS, hijriMonthName } from './hijri-names.ts';
import classes from './ribbon.module.css';
import { hijriMonths, placeOf } from './spans.ts';

const RAMADAN = 9;
const PX_PER_LETTER = 6.2;

/** The months of the Hijri calendar under the axis, Ramadan filled: it moves through the Gregorian year. */
export function HijriRow({ domain, width, y }: { domain: DaySpan; width: number; y: number }) {
  const { language } = useTexts();
  const months = useMemo(() => hijriMonths(domain), [domain]);
  return months.map(({ year, month, ...span }) => {
    const place = placeOf(span, domain, width, 1);
    if (!place) return null;
    const long = hijriMonthName(month, language);
    const named = [`${long} ${year}`, long, HIJRI_MONTHS[language][month - 1]?.slice(0, 3) ?? ''].find(
      (name) => name.length * PX_PER_LETTER < place.width - 6,
    );
    return (
      <g key={`${year}-${month}`}>
        <rect
          x={place.left}
          y={y}
          width={place.width}
          height={15}
          className={month === RAMADAN ? classes.ramadan : classes.month}
        >
          <title>{`${long} ${year} H`}</title>
        </rect>
        {named && (
          <text x={place.left + 4} y={y + 11.5} className={month === RAMADAN ? classes.ramadanName : classes.monthName}>
            {named}
          </text>
        )}
      </g>
    );
  });
}
