import type { IncidentStatus } from '../../shared/schemas/incident.ts';
import { useTexts } from '../i18n/i18n.ts';
import classes from './status-mark.module.css';

type Phase = 'waiting' | 'running' | 'done';

const PHASES: Record<IncidentStatus, Phase> = {
  new: 'waiting',
  verified: 'running',
  assigned: 'running',
  en_route: 'running',
  on_scene: 'running',
  resolved: 'done',
  false: 'done',
  unverifiable: 'done',
  referred: 'done',
  duplicate: 'done',
};

/** A status in words, with a shape for its phase: amber dot waiting, half disc running, check done. */
export function StatusMark({ status }: { status: IncidentStatus }) {
  const { t } = useTexts();
  return (
    <span className={classes.status}>
      <PhaseMark phase={PHASES[status]} />
      {t(`status.${status}`)}
    </span>
  );
}

function PhaseMark({ phase }: { phase: Phase }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" focusable="false" className={classes[phase]}>
      {phase === 'waiting' && <circle cx="5" cy="5" r="4.5" fill="currentColor" />}
      {phase === 'running' && (
        <path
          d="M5 .75a4.25 4.25 0 1 0 0 8.5 4.25 4.25 0 0 0 0-8.5M5 1v8a4 4 0 0 0 0-8z"
          fill="currentColor"
          fillRule="evenodd"
          stroke="currentColor"
          strokeWidth=".5"
        />
      )}
      {phase === 'done' && <path d="M1 5.5l2.7 2.7L9 2.5" fill="none" stroke="currentColor" strokeWidth="1.8" />}
    </svg>
  );
}
