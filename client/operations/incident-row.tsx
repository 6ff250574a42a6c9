import { memo } from 'react';
import type { IncidentPoint } from '../../shared/schemas/incident.ts';
import { useArea } from '../api/areas.ts';
import { IncidentMark } from '../components/marks.tsx';
import { When } from '../components/when.tsx';
import { useTexts } from '../i18n/i18n.ts';
import classes from './incident-list.module.css';
import { StatusMark } from './status-mark.tsx';

interface RowProps {
  point: IncidentPoint;
  selected: boolean;
  /** Whether Tab stops here: one row of the list at a time. */
  tabbable: boolean;
  onFocus(): void;
  onOpen(): void;
  onStep(step: number): void;
}

/** One incident of the list: what, how bad, where it stands, when, where. */
export const IncidentRow = memo(function IncidentRow({ point, selected, tabbable, onFocus, onOpen, onStep }: RowProps) {
  const { t } = useTexts();
  const { category, severity, status, title, area, occurredAt, lon } = point;
  return (
    <button
      type="button"
      className={classes.row}
      data-incident={point.id}
      aria-current={selected ? 'true' : undefined}
      tabIndex={tabbable ? 0 : -1}
      onFocus={onFocus}
      onClick={onOpen}
      onKeyDown={(event) => {
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        onStep(step);
      }}
    >
      <IncidentMark category={category} severity={severity} />
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        <span className={classes.meta}>
          <StatusMark status={status} />
          <span>{t(`severity.${severity}`)}</span>
          <span className={classes.category}>{t(`category.${category}`)}</span>
        </span>
        <span className={classes.meta}>
          <When ms={occurredAt} area={area} lon={lon} />
          <AreaWords code={area} />
        </span>
      </span>
    </button>
  );
});

/** `RW 005, Karang Pule`: the RW by its code, the desa by its name. */
function AreaWords({ code }: { code: string }) {
  const parts = code.split('.');
  const { data } = useArea(parts.slice(0, 4).join('.'));
  const rw = parts[4]?.replace(/^RW/, 'RW ');
  const words = [rw, data?.name].filter(Boolean).join(', ');
  return <span className={classes.area}>{words}</span>;
}
