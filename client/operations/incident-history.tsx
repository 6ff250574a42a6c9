import { zoneOf } from '../../shared/geo/zone.ts';
import { useIncidentLog } from '../api/incidents.ts';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { When } from '../components/when.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { fieldWords, valueWords } from './change-words.ts';
import classes from './detail.module.css';

/** Every version of an incident: who, when, what changed. */
export function IncidentHistory({ id, area, lon }: { id: string; area: string; lon: number }) {
  const { t, language } = useTexts();
  const { data, error, refetch } = useIncidentLog(id);
  const zone = zoneOf(area, lon);
  const words = (field: string, value: unknown) => valueWords(field, value, t, zone, language);
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
                    <span key={field} className={classes.changed}>
                      {fieldWords(field, t)}: {words(field, before)} → <b>{words(field, after)}</b>
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
