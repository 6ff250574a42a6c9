import { addDays } from '../../shared/calendar/days.ts';
import classes from './day-field.module.css';

interface DayFieldProps {
  label: string;
  value: string;
  min?: string;
  max?: string;
  onChange(day: string): void;
}

/** A day of the calendar; what is no day, or out of bounds, changes nothing. */
export function DayField({ label, value, min, max, onChange }: DayFieldProps) {
  const change = (day: string) => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !(min && day < min) && !(max && day > max)) onChange(addDays(day, 0));
  };
  return (
    <label className={classes.day}>
      {label}
      <input type="date" value={value} min={min} max={max} onChange={(event) => change(event.currentTarget.value)} />
    </label>
  );
}
