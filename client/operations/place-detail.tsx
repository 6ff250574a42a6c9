import { Button } from '@mantine/core';
import { useMay } from '../access/access.ts';
import { openForm, select } from '../actions.ts';
import { useArea } from '../api/areas.ts';
import { usePlace } from '../api/places.ts';
import { RequestError } from '../api/request.ts';
import { Icon } from '../components/icons.tsx';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { coordinates } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import classes from './detail.module.css';

/** One fixed place. */
export default function PlaceDetail({ id }: { id: string }) {
  const { t } = useTexts();
  const map = useSession((session) => session.map);
  const { data: place, error, refetch } = usePlace(id);
  const { data: area } = useArea(place?.areaCode ?? undefined);
  const mayLog = useMay('incident.write');
  if (!place) {
    if (!error) return <LoadingNote />;
    return error instanceof RequestError && error.status === 404 ? (
      <ErrorNote title={t('detail.notFound')} hint={t('detail.notFoundHint')} />
    ) : (
      <ErrorNote onRetry={refetch} />
    );
  }
  const { lon, lat } = place;
  return (
    <article className={classes.detail}>
      <header className={classes.head}>
        <Icon name="pin" size={28} />
        <div>
          <h2>{place.name}</h2>
          <span className={classes.kind}>{t(`place.${place.kind}`)}</span>
        </div>
      </header>
      <dl className={classes.facts}>
        <dt>{t('detail.coordinates')}</dt>
        <dd>{coordinates(lon, lat)}</dd>
        <dt>{t('detail.areas')}</dt>
        <dd>
          {area ? (
            <button type="button" className={classes.link} onClick={() => select({ kind: 'area', code: area.code })}>
              {[area.name, ...area.path].join(', ')}
            </button>
          ) : (
            '–'
          )}
        </dd>
      </dl>
      <div className={classes.actions}>
        <Button
          variant="default"
          leftSection={<Icon name="target" size={18} />}
          onClick={() => map?.flyTo({ lon, lat, zoom: Math.max(15, map.view().zoom) })}
        >
          {t('detail.showOnMap')}
        </Button>
        {mayLog && (
          <Button variant="default" leftSection={<Icon name="plus" size={18} />} onClick={() => openForm({ lon, lat })}>
            {t('list.log')}
          </Button>
        )}
      </div>
    </article>
  );
}
