import { INCIDENT_CATEGORIES, INCIDENT_SOURCES, INCIDENT_STATUSES, SEVERITIES } from '../../shared/schemas/incident.ts';
import { useIncidentLog } from '../api/incidents.ts';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { When } from '../components/when.tsx';
import { useTexts } from '../i18n/i18n.ts';
import classes from './detail.module.css';

/** Every version of an incident: who, when, what changed. */
export function IncidentHistory({ id, area, lon }: { id: string; area: string; lon: number }) {
  const { t } = useTexts();
  const { data, error, refetch } = useIncidentLog(id);
  const words = useValueWords();
  return (
    <section className={classes.section} aria-label={t('detail.history')}>
      <h3>{t('detail.history')}</h3>
      {error && !data && <ErrorNote onRetry={refetch} />}
      {!error && !data && <LoadingNote />}
      <ol className={classes.history}>
        {data?.map(({ version, at, actor, note, changes }) => (
          <li key={version}>
            <p>
              {version === 1
                ? t('detail.historyFirst')
                : Object.entries(changes).map(([field, { before, after }]) => (
                    <span key={field}>
                      {words(before)} → <b>{words(after)}</b>{' '}
                    </span>
                  ))}
            </p>
            {note && <p>{note}</p>}
            <p className={classes.by}>
              <When ms={Date.parse(at)} area={area} lon={lon} /> · {actor} · {t('detail.version', { version })}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The interface's word for a field's value. */
function useValueWords(): (value: unknown) => string {
  const { t } = useTexts();
  return (value) => {
    if (value === null || value === undefined || value === '') return t('app.none');
    const status = INCIDENT_STATUSES.find((each) => each === value);
    if (status) return t(`status.${status}`);
    const severity = SEVERITIES.find((each) => each === value);
    if (severity) return t(`severity.${severity}`);
    const category = INCIDENT_CATEGORIES.find((each) => each === value);
    if (category) return t(`category.${category}`);
    const source = INCIDENT_SOURCES.find((each) => each === value);
    if (source) return t(`source.${source}`);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  };
}
