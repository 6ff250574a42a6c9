import { zoneOf } from '../../shared/geo/zone.ts';
import { serverNow } from '../state/faults.ts';
import '@mantine/spotlight/styles.layer.css';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useMay } from '../access/access.ts';
import { openForm, select } from '../actions.ts';
import { useAreaLoader, useAreaSearch } from '../api/areas.ts';
import { useIncidentSearch } from '../api/incidents.ts';
import { usePlaceSearch } from '../api/places.ts';
import { useUnitLoader, useUnits } from '../api/units.ts';
import { Icon } from '../components/icons.tsx';
import { IncidentMark, UnitMark } from '../components/marks.tsx';
import { parseCoordinates } from '../coordinates.ts';
import { coordinates } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { oncePanelsStand } from '../map/reveal.ts';
import { useSession } from '../session.ts';
import { relativeTime } from '../time.ts';
import { useCommands } from './commands.ts';
import classes from './search.module.css';
import { useSearch } from './search-store.ts';
import { useFirstResult } from './use-first-result.ts';

const [store, spotlight] = createSpotlight();

/** The palette: areas, places, units, incidents, coordinates and actions in one field. */
export default function Search() {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const waits = useRef<() => boolean>(undefined);
  const open = useSearch((search) => search.open);
  useEffect(() => (open ? spotlight.open() : spotlight.close()), [open]);
  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      maxHeight="70vh"
      onSpotlightClose={() => useSearch.setState({ open: false })}
      transitionProps={{ duration: 100 }}
      size={640}
      attributes={{ content: { 'aria-label': t('bar.search') } }}
    >
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('bar.searchHint')}
        leftSection={<Icon name="search" />}
        onKeyDownCapture={(event) => {
          if (event.key !== 'Enter' || !waits.current?.()) return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <Spotlight.ActionsList className={classes.list}>
        <Results written={text.trim()} waits={waits} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

interface ResultsProps {
  written: string;
  /** Filled with whether Enter is to wait for what is written to be looked for. */
  waits: RefObject<(() => boolean) | undefined>;
}

function Results({ written, waits }: ResultsProps) {
  const { t, language } = useTexts();
  const [query] = useDebouncedValue(written, 150);
  const map = useSession((session) => session.map);
  const mayLog = useMay('incident.write');
  const mayReadPlaces = useMay('place.read');
  const mayReadIncidents = useMay('incident.read');
  const mayReadUnits = useMay('unit.read');
  const typed = parseCoordinates(query);
  const words = typed ? '' : query;
  const areas = useAreaSearch(words);
  const places = usePlaceSearch(words, mayReadPlaces);
  const incidents = useIncidentSearch(words, mayReadIncidents);
  const { data: units = [] } = useUnits(mayReadUnits);
  const loadArea = useAreaLoader();
  const loadUnit = useUnitLoader();
  const wanted = words.toLocaleLowerCase('id');
  const long = words.length >= 2;
  const foundUnits = long
    ? units
        .filter(({ callsign, organisation }) =>
          `${callsign} ${t(`organisation.${organisation}`)}`.toLocaleLowerCase('id').includes(wanted),
        )
        .slice(0, 6)
    : [];
  const commands = useCommands().filter(({ label }) => !typed && label.toLocaleLowerCase('id').includes(wanted));
  const foundAreas = long ? (areas.data ?? []) : [];
  const foundPlaces = long ? (places.data ?? []) : [];
  const foundIncidents = long ? (incidents.data ?? []) : [];
  const failed = long && (areas.isError || places.isError || incidents.isError);
  const searching = [areas, places, incidents].some(({ isFetching }) => isFetching);
  useFirstResult(store, written, query === written && !searching, waits);
  const nothing =
    !typed &&
    foundAreas.length + foundPlaces.length + foundIncidents.length + foundUnits.length + commands.length === 0;

  const goTo = (lon: number, lat: number) => map?.flyTo({ lon, lat, zoom: Math.max(15, map.view().zoom) });
  return (
    <>
      {failed && <p className={classes.note}>{t('search.failed')}</p>}
      {typed && (
        <Group label={t('search.coordinates')}>
          <Spotlight.Action
            leftSection={<Icon name="target" />}
            label={t('search.goTo', { place: coordinates(typed.lon, typed.lat) })}
            onClick={() => goTo(typed.lon, typed.lat)}
          />
          {mayLog && (
            <Spotlight.Action
              leftSection={<Icon name="plus" />}
              label={t('search.logHere', { place: coordinates(typed.lon, typed.lat) })}
              onClick={() => openForm(typed)}
            />
          )}
        </Group>
      )}
      {foundAreas.length > 0 && (
        <Group label={t('search.areas')}>
          {foundAreas.map(({ code, name, level, path }) => (
            <Spotlight.Action
              key={code}
              leftSection={<Icon name="area" />}
              label={name}
              description={[t(`level.${level}`), ...path.slice(0, 2)].join(', ')}
              onClick={() => {
                select({ kind: 'area', code });
                // Where it cannot be loaded, its panel says so.
                loadArea(code).then(
                  ({ bounds }) => oncePanelsStand(() => map?.fitBounds(bounds)),
                  () => {},
                );
              }}
            />
          ))}
        </Group>
      )}
      {foundPlaces.length > 0 && (
        <Group label={t('search.places')}>
          {foundPlaces.map(({ id, name, kind, lon, lat }) => (
            <Spotlight.Action
              key={id}
              leftSection={<Icon name="pin" />}
              label={name}
              description={t(`place.${kind}`)}
              onClick={() => {
                goTo(lon, lat);
                select({ kind: 'place', id });
              }}
            />
          ))}
        </Group>
      )}
      {foundUnits.length > 0 && (
        <Group label={t('search.units')}>
          {foundUnits.map(({ id, callsign, organisation, status }) => (
            <Spotlight.Action
              key={id}
              leftSection={<UnitMark organisation={organisation} size={20} />}
              label={callsign}
              description={`${t(`organisation.${organisation}`)}, ${t(`unitStatus.${status}`)}`}
              onClick={() => {
                select({ kind: 'unit', id });
                loadUnit(id).then(
                  ({ position }) => position && goTo(position.lon, position.lat),
                  () => {},
                );
              }}
            />
          ))}
        </Group>
      )}
      {foundIncidents.length > 0 && (
        <Group label={t('search.incidents')}>
          {foundIncidents.map(({ id, title, category, severity, status, occurredAt, location, areas: within }) => (
            <Spotlight.Action
              key={id}
              leftSection={
                <span className={classes.mark}>
                  <IncidentMark category={category} severity={severity} />
                </span>
              }
              label={title}
              description={[
                t(`status.${status}`),
                relativeTime(
                  Date.parse(occurredAt),
                  serverNow(),
                  zoneOf(within.at(-1)?.code ?? '', location.lon),
                  language,
                ),
                within.at(-1)?.name,
              ]
                .filter(Boolean)
                .join(' · ')}
              onClick={() => {
                select({ kind: 'incident', id });
                goTo(location.lon, location.lat);
              }}
            />
          ))}
        </Group>
      )}
      {commands.length > 0 && (
        <Group label={t('search.actions')}>
          {commands.map(({ id, icon, label, keys, run }) => (
            <Spotlight.Action
              key={id}
              leftSection={<Icon name={icon} />}
              label={label}
              rightSection={keys && <kbd className={classes.key}>{keys}</kbd>}
              onClick={run}
            />
          ))}
        </Group>
      )}
      {nothing && <Spotlight.Empty>{searching ? t('search.searching') : t('search.empty')}</Spotlight.Empty>}
    </>
  );
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return <Spotlight.ActionsGroup label={label}>{children}</Spotlight.ActionsGroup>;
}
