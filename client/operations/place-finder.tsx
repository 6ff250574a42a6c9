import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useMay } from '../access/access.ts';
import { useAreaLoader, useAreaSearch } from '../api/areas.ts';
import { usePlaceSearch } from '../api/places.ts';
import { parseCoordinates } from '../coordinates.ts';
import { coordinates } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import own from './form-place.module.css';

interface Choice {
  key: string;
  label: string;
  kind: string;
  choose(): void;
}

/**
 * Search of places and areas by name, or a place by its coordinates. Enter takes the first of what is shown for exactly
 * what is written: never what was found for the letters before.
 */
export function PlaceFinder({ onFound }: { onFound(place: { lon: number; lat: number }, accuracyM: number): void }) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const wanted = text.trim();
  const typed = parseCoordinates(wanted);
  const search = typed ? '' : wanted;
  const [query] = useDebouncedValue(search, 200);
  const places = usePlaceSearch(query, useMay('place.read'));
  const areas = useAreaSearch(query, 4);
  const loadArea = useAreaLoader();
  const found = (place: { lon: number; lat: number }, accuracyM: number) => {
    setText('');
    onFound(place, accuracyM);
  };
  const takeArea = async (code: string) => {
    setFailed(false);
    try {
      const { labelPoint, areaKm2 } = await loadArea(code);
      found({ lon: labelPoint[0], lat: labelPoint[1] }, Math.sqrt((areaKm2 * 1e6) / Math.PI));
    } catch {
      setFailed(true);
    }
  };

  const asking = search.length >= 2;
  const current = query === search && !places.isFetching && !areas.isFetching;
  const choices: Choice[] = typed
    ? [{ key: 'typed', label: coordinates(typed.lon, typed.lat), kind: '', choose: () => found(typed, 0) }]
    : [];
  if (asking) {
    for (const place of places.data ?? [])
      choices.push({ key: place.id, label: place.name, kind: t(`place.${place.kind}`), choose: () => found(place, 0) });
    for (const { code, name, level, path } of areas.data ?? []) {
      const kind = [t(`level.${level}`), path[0]].filter(Boolean).join(', ');
      choices.push({ key: code, label: name, kind, choose: () => void takeArea(code) });
    }
  }
  const note =
    failed || (asking && current && (places.isError || areas.isError))
      ? t('form.searchFailed')
      : asking && choices.length === 0
        ? t(current ? 'form.noneFound' : 'search.searching')
        : undefined;
  return (
    <div>
      <TextInput
        label={t('form.placeSearch')}
        placeholder={t('form.placeSearchPlaceholder')}
        value={text}
        onChange={(event) => {
          setFailed(false);
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          if (typed || current) choices[0]?.choose();
        }}
      />
      {note && (
        <p className={own.note} role="status">
          {note}
        </p>
      )}
      {choices.length > 0 && (
        <ul className={own.results}>
          {choices.map(({ key, label, kind, choose }) => (
            <li key={key}>
              <button type="button" onClick={choose}>
                {label} {kind && <span>{kind}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
