import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type ChangeEvent, useRef, useState } from 'react';
import { useAreaLoader } from '../api/areas.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { Icon } from '../components/icons.tsx';
import { notify } from '../notify.ts';
import { useSession } from '../session.ts';
import { useView } from '../state/view.ts';
import classes from './admin.module.css';
import own from './jurisdictions.module.css';
import { newArea, newPolygon, type Part, pointCount, readGeoJson } from './parts.ts';
import { useAdminTexts } from './words.ts';

interface PartsProps {
  parts: Part[];
  /** Makes the parts anew from those of the moment: several may come at once. */
  onChange(make: (parts: Part[]) => Part[]): void;
  missing: boolean;
}

/** The parts of a jurisdiction: found by name, clicked or drawn on the map, imported; each with its dates. */
export function JurisdictionParts({ parts, onChange, missing }: PartsProps) {
  const { t } = useAdminTexts();
  const map = useSession((session) => session.map);
  const tool = useView((view) => view.tool);
  const loadArea = useAreaLoader();
  const file = useRef<HTMLInputElement>(null);
  const addArea = (code: string, name: string) =>
    onChange((before) =>
      before.some((part) => part.kind === 'area' && part.code === code) ? before : [...before, newArea(code, name)],
    );
  /** A click takes an area in, and a click on one that is in takes it out. */
  const toggleArea = (code: string, name: string) =>
    onChange((before) => {
      const without = before.filter((part) => !(part.kind === 'area' && part.code === code));
      return without.length < before.length ? without : [...before, newArea(code, name)];
    });
  const search = async (code: string | undefined) => {
    if (!code) return;
    const { name, bounds } = await loadArea(code);
    addArea(code, name);
    map?.fitBounds(bounds);
  };
  const importFile = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const chosen = currentTarget.files?.[0];
    currentTarget.value = '';
    if (!chosen) return;
    const read = readGeoJson(await chosen.text());
    if ('fault' in read) {
      notify({
        color: 'yellow',
        title: t('jurisdictions.importBad'),
        message: t(`jurisdictions.importReasons.${read.fault}`),
      });
      return;
    }
    onChange((before) => [...before, ...read.polygons.map(newPolygon)]);
  };
  const layDown = () => useView.getState().set({ tool: 'select' });
  return (
    <section className={classes.stack} aria-label={t('jurisdictions.parts')}>
      <b>
        {t('jurisdictions.parts')} <span className={classes.dim}>{parts.length || ''}</span>
      </b>
      {parts.length === 0 && (
        <p className={classes.dim} role={missing ? 'alert' : undefined}>
          {missing ? t('jurisdictions.partsMissing') : t('jurisdictions.noParts')}
        </p>
      )}
      {parts.length > 0 && (
        <ul className={own.parts}>
          {parts.map((part) => (
            <PartRow
              key={part.key}
              part={part}
              onChange={(changed) =>
                onChange((before) => before.map((each) => (each.key === part.key ? changed : each)))
              }
              onRemove={() => onChange((before) => before.filter(({ key }) => key !== part.key))}
            />
          ))}
        </ul>
      )}
      <AreaPicker value={undefined} onChange={search} />
      <div className={classes.actions}>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="target" size={16} />}
          aria-pressed={tool === 'pick-area'}
          onClick={() =>
            tool === 'pick-area' ? layDown() : map?.pickAreas(({ code, name }) => toggleArea(code, name))
          }
        >
          {t(tool === 'pick-area' ? 'jurisdictions.clickStop' : 'jurisdictions.clickMap')}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="polygon" size={16} />}
          aria-pressed={tool === 'draw-polygon'}
          onClick={() =>
            tool === 'draw-polygon'
              ? layDown()
              : void map?.drawPolygon((rings) => onChange((before) => [...before, newPolygon([toPairs(rings)])]))
          }
        >
          {t(tool === 'draw-polygon' ? 'jurisdictions.drawStop' : 'jurisdictions.draw')}
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<Icon name="upload" size={16} />}
          onClick={() => file.current?.click()}
        >
          {t('jurisdictions.import')}
        </Button>
        <input ref={file} type="file" accept=".geojson,.json,application/geo+json" hidden onChange={importFile} />
      </div>
      {tool === 'pick-area' && <p className={own.hint}>{t('jurisdictions.clickHint')}</p>}
      {tool === 'draw-polygon' && <p className={own.hint}>{t('jurisdictions.drawHint')}</p>}
    </section>
  );
}

interface PartRowProps {
  part: Part;
  onChange(part: Part): void;
  onRemove(): void;
}

function PartRow({ part, onChange, onRemove }: PartRowProps) {
  const { t } = useAdminTexts();
  const [open, setOpen] = useState(false);
  const name = part.kind === 'area' ? part.name : t('jurisdictions.polygon', { count: pointCount(part.polygon) });
  const dates = [part.validFrom, part.validTo].some(Boolean) && `${part.validFrom || '…'} – ${part.validTo || '…'}`;
  return (
    <li>
      <div className={own.part}>
        <Icon name={part.kind === 'area' ? 'area' : 'polygon'} size={18} />
        <div>
          {name}{' '}
          <span className={classes.dim}>{[part.kind === 'area' && part.code, dates].filter(Boolean).join(' · ')}</span>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={t('jurisdictions.dates', { name })}
          title={t('jurisdictions.dates', { name })}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name="clock" size={18} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={t('jurisdictions.removePart', { name })}
          title={t('jurisdictions.removePart', { name })}
          onClick={onRemove}
        >
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
      {open && (
        <div className={own.dates}>
          <TextInput
            type="date"
            label={t('jurisdictions.from')}
            value={part.validFrom}
            onChange={(event) => onChange({ ...part, validFrom: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('jurisdictions.to')}
            value={part.validTo}
            onChange={(event) => onChange({ ...part, validTo: event.currentTarget.value })}
          />
        </div>
      )}
    </li>
  );
}

/** Rings without heights. */
function toPairs(rings: GeoJSON.Position[][]): [number, number][][] {
  return rings.map((ring) => ring.map(([lon = 0, lat = 0]): [number, number] => [lon, lat]));
}
