import type { ReactNode } from 'react';
import classes from './toggle-chips.module.css';

interface ToggleChipsProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string; icon?: ReactNode }[];
  chosen: readonly T[];
  onChange(chosen: T[]): void;
  /** One at a time, and always one. */
  single?: boolean;
  hideLabel?: boolean;
}

/** A named group of choices as chips; pressed ones are chosen. */
export function ToggleChips<T extends string>(props: ToggleChipsProps<T>) {
  const { label, options, chosen, onChange, single = false, hideLabel = false } = props;
  const toggle = (value: T) => {
    if (single) onChange([value]);
    else onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  };
  return (
    <fieldset className={classes.group}>
      <legend className={hideLabel ? classes.hidden : classes.label}>{label}</legend>
      <div className={classes.chips}>
        {options.map(({ value, label: words, icon }) => (
          <button
            key={value}
            type="button"
            className={classes.chip}
            aria-pressed={chosen.includes(value)}
            onClick={() => toggle(value)}
          >
            {icon}
            {words}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
