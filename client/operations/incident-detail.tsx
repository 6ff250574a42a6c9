import { Button } from '@mantine/core';
import { zoneOf } from '../../shared/geo/zone.ts';
import type { Incident } from '../../shared/schemas/incident.ts';
import { useMay } from '../access/access.ts';
import { select, shareView } from '../actions.ts';
import { useIncident } from '../api/incidents.ts';
import { RequestError } from '../api/request.ts';
import { Icon } from '../components/icons.tsx';
import { IncidentMark } from '../components/marks.tsx';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { When } from '../components/when.tsx';
import { coordinates, number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import { exactTime } from '../time.ts';
import classes from './detail.module.css';
import { IncidentChange } from './incident-change.tsx';
import { IncidentHistory } from './incident-history.tsx';
import { StatusMark } from './status-mark.tsx';

/** Everything that is known of one incident. */
export default function IncidentDetail({ id }: { id: string }) {
  const { t } = useTexts();
  const { data, error, refetch } = useIncident(id);
  if (data) return <Loaded incident={data} />;
  if (!error) return <LoadingNote />;
  if (error instanceof RequestError && error.status === 404)
    return <ErrorNote title={t('detail.notFound')} hint={t('detail.notFoundHint')} />;
  return <ErrorNote onRetry={refetch} />;
}

function Loaded({ incident }: { incident: Incident }) {
  const { t, language } = useTexts();
  const map = useSession((session) => session.map);
  const mayChange = useMay('incident.write');
  const { category, severity, source, areas, location } = incident;
  const { lon, lat, accuracyM } = location;
  const area = areas.at(-1)?.code ?? '';
  const zone = zoneOf(area, lon);
  const occurred = Date.parse(incident.occurredAt);
  return (
    <article className={classes.detail}>
      <header className={classes.head}>
        <IncidentMark category={category} severity={severity} />
        <div>
          <h2>{incident.title}</h2>
          <span className={classes.kind}>
            {t(`category.${category}`)}
            {incident.subcategory && ` · ${incident.subcategory}`}
          </span>
        </div>
      </header>
      {category === 'pemilu' && (
        <p className={classes.note} data-kind="info">
          {t('detail.electionLaw')}
        </p>
      )}
      <dl className={classes.facts}>
        <dt>{t('detail.status')}</dt>
        <dd>
          <StatusMark status={incident.status} />
        </dd>
        <dt>{t('detail.severity')}</dt>
        <dd>{t(`severity.${severity}`)}</dd>
        <dt>{t('detail.occurred')}</dt>
        <dd>
          <When ms={occurred} area={area} lon={lon} />
          <span className={classes.sub}>
            {exactTime(occurred, zone, language)}
            {incident.occurredUntil &&
              ` ${t('detail.until', { time: exactTime(Date.parse(incident.occurredUntil), zone, language) })}`}
            , {t(`precision.${incident.timePrecision}`)}
          </span>
        </dd>
        <dt>{t('detail.reported')}</dt>
        <dd>
          <When ms={Date.parse(incident.reportedAt)} area={area} lon={lon} />
        </dd>
        <dt>{t('detail.how')}</dt>
        <dd>
          {t(`source.${source}`)}
          {source === 'patrol' && <span className={classes.sub}>{t('detail.patrolFound')}</span>}
        </dd>
        <dt>{t('detail.where')}</dt>
        <dd>
          {incident.place && <span>{incident.place}</span>}
          <span className={classes.sub}>
            {coordinates(lon, lat)}
            {accuracyM !== null &&
              accuracyM > 0 &&
              `, ${t('detail.accuracy', { metres: number(accuracyM, language) })}`}
          </span>
        </dd>
        <dt>{t('detail.areas')}</dt>
        <dd>
          {areas.length === 0 && t('detail.noArea')}
          <span className={classes.path}>
            {areas.map(({ code, name }, index) => (
              <span key={code}>
                <button type="button" className={classes.link} onClick={() => select({ kind: 'area', code })}>
                  {name}
                </button>
                {index < areas.length - 1 && ' ›'}
              </span>
            ))}
          </span>
          {incident.areaMatch === 'nearest' && <span className={classes.sub}>{t('detail.nearest')}</span>}
        </dd>
      </dl>
      {incident.description && (
        <section className={classes.section}>
          <h3>{t('detail.description')}</h3>
          <p className={classes.text}>{incident.description}</p>
        </section>
      )}
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={<Icon name="target" size={18} />}
          onClick={() => map?.flyTo({ lon, lat, zoom: Math.max(15, map.view().zoom) })}
        >
          {t('detail.showOnMap')}
        </Button>
        <Button variant="default" leftSection={<Icon name="link" size={18} />} onClick={shareView}>
          {t('detail.copyLink')}
        </Button>
      </div>
      {mayChange && <IncidentChange incident={incident} />}
      <IncidentHistory id={incident.id} area={area} lon={lon} />
    </article>
  );
}
