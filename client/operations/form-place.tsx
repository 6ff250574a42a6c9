import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { useAreasAt } from '../api/areas.ts';
import { Icon } from '../components/icons.tsx';
import { usePhone } from '../components/use-phone.ts';
import { coordinates, number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useSession } from '../session.ts';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';
import classes from './detail.module.css';
import type { Draft } from './draft.ts';
import own from './form-place.module.css';
import { PlaceFinder } from './place-finder.tsx';
import { PlacePin } from './place-pin.tsx';

const ACCURACIES = [0, 50, 200, 1000] as const;

interface FormPlaceProps {
  draft: Draft;
  change(part: Partial<Draft>): void;
  areas: ReturnType<typeof useAreasAt>;
  /** Whether saving was tried, so that what is missing is said. */
  asked: boolean;
}

/** Where it happened: by a click on the map, by name, or by coordinates; and which areas that falls in. */
export function FormPlace({ draft, change, areas, asked }: FormPlaceProps) {
  const { t, language } = useTexts();
  const map = useSession((session) => session.map);
  const picking = useView((view) => view.tool === 'pick-place');
  const phone = usePhone();
  const stop = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => stop.current?.(), []);
  const pick = () => {
    if (phone) usePanels.getState().set({ sheet: 'low' });
    stop.current = map?.pick((location) => {
      change({ location });
      if (phone) usePanels.getState().set({ sheet: 'full' });
    });
  };
  return (
    <section className={classes.section} aria-label={t('form.where')}>
      <h3>{t('form.where')}</h3>
      <div className={`${classes.actions} ${own.ways}`}>
        {picking ? (
          <Button variant="default" onClick={() => stop.current?.()}>
            {t('form.picking')} ✕
          </Button>
        ) : (
          <Button variant="default" leftSection={<Icon name="pin" size={18} />} onClick={pick} disabled={!map}>
            {t('form.pick')}
          </Button>
        )}
        <Button
          variant="subtle"
          disabled={!map}
          onClick={() => {
            const view = map?.view();
            if (view) change({ location: { lon: view.lon, lat: view.lat } });
          }}
        >
          {t('form.centre')}
        </Button>
      </div>
      <PlaceFinder
        onFound={(location, accuracyM) => {
          // Never told as more exact than it is.
          change({ location, accuracyM: ACCURACIES.find((each) => each >= accuracyM) ?? Math.ceil(accuracyM) });
          map?.flyTo(location);
        }}
      />
      {draft.location && map && <PlacePin map={map.map} location={draft.location} />}
      {draft.location ? (
        <div className={own.found} role="status">
          <span className={own.coordinates}>{coordinates(draft.location.lon, draft.location.lat)}</span>
          <FallsIn areas={areas} />
        </div>
      ) : (
        asked && (
          <p className={own.missing} role="alert">
            {t('form.noPlace')}
          </p>
        )
      )}
      <NativeSelect
        label={t('form.accuracy')}
        value={String(draft.accuracyM)}
        data={[...new Set([...ACCURACIES, draft.accuracyM])].map((metres) => ({
          value: String(metres),
          label: metres === 0 ? t('form.exact') : t('form.about', { metres: number(metres, language) }),
        }))}
        onChange={({ currentTarget }) => change({ accuracyM: Number(currentTarget.value) })}
      />
      <TextInput
        label={t('form.placeWords')}
        placeholder={t('form.placeWordsPlaceholder')}
        maxLength={300}
        value={draft.place}
        onChange={(event) => change({ place: event.currentTarget.value })}
      />
    </section>
  );
}

function FallsIn({ areas }: { areas: FormPlaceProps['areas'] }) {
  const { t } = useTexts();
  if (areas.isPending || areas.isPlaceholderData) return <span>{t('form.resolving')}</span>;
  if (areas.isError) return <span>{t('form.areasFailed')}</span>;
  if (areas.data.length === 0) return <span>{t('form.noArea')}</span>;
  return (
    <span>
      {t('form.fallsIn')}: <b>{areas.data.map(({ name }) => name).join(' › ')}</b>
      {areas.data.some(({ match }) => match === 'nearest') && ` (${t('detail.nearest')})`}
    </span>
  );
}
