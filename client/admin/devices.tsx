import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { ORGANISATIONS, type Organisation, type UnitStatus } from '../../shared/schemas/unit.ts';
import { useMay } from '../access/access.ts';
import { useArea } from '../api/areas.ts';
import { useAllDevices, useCreateUnit } from '../api/devices.ts';
import { useUnits } from '../api/units.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { Icon } from '../components/icons.tsx';
import { UnitMark } from '../components/marks.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import classes from './admin.module.css';
import { UnitDevices } from './unit-devices.tsx';
import { useRefusal } from './use-refusal.ts';
import { useSide } from './use-side.ts';
import { useAdminTexts } from './words.ts';

/** Units by callsign; each opens its devices. */
export function Devices() {
  const { t } = useAdminTexts();
  const { t: words } = useTexts();
  const mayMake = useMay('unit.write');
  const { data, error, refetch } = useListedUnits();
  const [text, setText] = useState('');
  const { open, show, side } = useSide<number | 'new'>();
  if (!data) return error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />;
  const wanted = text.trim().toLocaleLowerCase('id');
  const found = data
    .filter(({ callsign, organisation }) =>
      `${callsign} ${organisation ? words(`organisation.${organisation}`) : ''}`
        .toLocaleLowerCase('id')
        .includes(wanted),
    )
    .sort((a, b) => a.callsign.localeCompare(b.callsign, 'id', { numeric: true }));
  const unit = data.find(({ id }) => id === open);
  return (
    <div className={classes.body} data-detail={open !== undefined || undefined}>
      <div className={classes.list}>
        <div className={classes.tools}>
          <TextInput
            className={classes.grow}
            aria-label={t('devices.search')}
            placeholder={t('devices.search')}
            leftSection={<Icon name="search" size={18} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <span className={`${classes.dim} ${classes.aside}`} aria-live="polite">
            {t('devices.count', { count: found.length })}
          </span>
          {mayMake && (
            <Button className={classes.push} leftSection={<Icon name="plus" size={18} />} onClick={() => show('new')}>
              {t('devices.newUnit')}
            </Button>
          )}
        </div>
        {data.length === 0 ? (
          <EmptyNote title={t('devices.empty')}>
            <p>{t('devices.emptyHint')}</p>
          </EmptyNote>
        ) : found.length === 0 ? (
          <EmptyNote title={t('devices.none')} />
        ) : (
          <Table units={found.slice(0, 300)} open={open} onOpen={show} />
        )}
      </div>
      {open === 'new' && (
        <aside ref={side} tabIndex={-1} className={classes.side} aria-label={t('devices.newUnit')}>
          <NewUnitForm onClose={() => show(undefined)} onMade={show} />
        </aside>
      )}
      {unit && (
        <aside ref={side} tabIndex={-1} className={classes.side} aria-label={unit.callsign}>
          <UnitDevices key={unit.id} unit={unit} onClose={() => show(undefined)} />
        </aside>
      )}
    </div>
  );
}

/** A unit as far as whoever looks after devices may know it. */
export interface ListedUnit {
  id: number;
  callsign: string;
  organisation: Organisation | undefined;
  homeArea: string | null;
  status: UnitStatus | undefined;
}

/** All units for who may see them; for the others those that have a device, by name alone. */
function useListedUnits() {
  const maySee = useMay('unit.read');
  const units = useUnits(maySee);
  const devices = useAllDevices(!maySee);
  const { error, refetch } = maySee ? units : devices;
  const data = useMemo((): ListedUnit[] | undefined => {
    if (maySee) return units.data;
    const named = new Map(devices.data?.map(({ unitId, callsign }) => [unitId, callsign]));
    const unknown = { organisation: undefined, homeArea: null, status: undefined };
    return devices.data && [...named].map(([id, callsign]) => ({ id, callsign, ...unknown }));
  }, [maySee, units.data, devices.data]);
  return { data, error, refetch };
}

interface TableProps {
  units: ListedUnit[];
  open: number | 'new' | undefined;
  onOpen(id: number): void;
}

function Table({ units, open, onOpen }: TableProps) {
  const { t } = useAdminTexts();
  const { t: words } = useTexts();
  return (
    <table className={classes.table} data-tight>
      <thead>
        <tr>
          <th scope="col">{t('devices.callsign')}</th>
          <th scope="col">{t('devices.organisation')}</th>
          <th scope="col">{t('devices.homeArea')}</th>
          <th scope="col">{t('people.state')}</th>
        </tr>
      </thead>
      <tbody>
        {units.map(({ id, callsign, organisation, homeArea, status }) => (
          <tr key={id} data-chosen={id === open || undefined}>
            <td>
              <span style={{ display: 'flex', gap: 8, alignItems: 'center' }}>
                {organisation && <UnitMark organisation={organisation} size={18} />}
                <button type="button" className={classes.open} onClick={() => onOpen(id)}>
                  {callsign}
                </button>
              </span>
            </td>
            <td>{organisation ? words(`organisation.${organisation}`) : '–'}</td>
            <td>{homeArea ? <AreaName code={homeArea} /> : '–'}</td>
            <td>{status ? words(`unitStatus.${status}`) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** An area by its name; by its code as long as that is not known. */
function AreaName({ code }: { code: string }) {
  const { data } = useArea(code);
  return <span title={code}>{data?.name ?? code}</span>;
}

function NewUnitForm({ onClose, onMade }: { onClose(): void; onMade(id: number): void }) {
  const { t } = useAdminTexts();
  const { t: words } = useTexts();
  const { mutateAsync, isPending } = useCreateUnit();
  const refuse = useRefusal();
  const [callsign, setCallsign] = useState('');
  const [organisation, setOrganisation] = useState<Organisation>('ronda');
  const [homeArea, setHomeArea] = useState<string | undefined>();
  const [asked, setAsked] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!callsign.trim()) return;
    follow(
      mutateAsync(
        // Its phones come after it, and no shift has begun: its duty is switched when one does.
        { callsign: callsign.trim(), organisation, status: 'off_duty', ...(homeArea ? { homeArea } : {}) },
        { onSuccess: (unit) => onMade(unit.id) },
      ),
      (unit) => notify({ title: t('devices.created', { name: unit.callsign }), message: t('devices.createdHint') }),
      refuse,
    );
  };
  return (
    <div className={classes.sections}>
      <div className={classes.title}>
        <div>
          <h2>{t('devices.newUnit')}</h2>
        </div>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={words('app.close')} onClick={onClose}>
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
      <form className={classes.stack} onSubmit={submit} noValidate>
        <TextInput
          label={t('devices.callsign')}
          maxLength={40}
          autoFocus
          value={callsign}
          error={asked && !callsign.trim() ? t('people.missing') : undefined}
          onChange={(event) => setCallsign(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('devices.organisation')}
          value={organisation}
          data={ORGANISATIONS.map((value) => ({ value, label: words(`organisation.${value}`) }))}
          onChange={({ currentTarget }) => {
            const chosen = ORGANISATIONS.find((each) => each === currentTarget.value);
            if (chosen) setOrganisation(chosen);
          }}
        />
        <AreaPicker value={homeArea} onChange={setHomeArea} />
        <p className={classes.dim}>{t('devices.startsOff')}</p>
        <Button type="submit" loading={isPending}>
          {t('devices.create')}
        </Button>
      </form>
    </div>
  );
}
