import { Button } from '@mantine/core';
import { openForm, select } from '../actions.ts';
import { useArea } from '../api/areas.ts';
import { usePlacesIn } from '../api/places.ts';
import { Icon } from '../components/icons.tsx';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { coordinates } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import classes from './detail.module.css';

/** One fixed place. Places have no address of their own yet, so it is looked up among those in the window. */
export default function PlaceDetail({ id }: { id: string }) {
  const { t } = useTexts();
  const window = useSession((session) => session.window);
  const map = useSession((session) => session.map);
  const { data, error, refetch } = usePlacesIn(window?.bounds);
  const place = data?.find((each) => each.id === id);
  const { data: area } = useArea(place?.areaCode ?? undefined);
  if (error) return <ErrorNote onRetry={refetch} />;
  if (!data) return <LoadingNote />;
  if (!place) return <ErrorNote title={t('detail.notFound')} hint={t('detail.notFoundHint')} />;
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
        <Button variant="default" leftSection={<Icon name="plus" size={18} />} onClick={() => openForm({ lon, lat })}>
          {t('list.log')}
        </Button>
      </div>
    </article>
  );
}
