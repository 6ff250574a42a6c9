import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AccessLink } from '../../shared/schemas/access.ts';
import { useAddDevice, useDevices } from '../api/devices.ts';
import { Icon } from '../components/icons.tsx';
import { UnitMark } from '../components/marks.tsx';
import { PersonalDataWarning } from '../components/personal-data-warning.tsx';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import classes from './admin.module.css';
import { DeviceRow } from './device-row.tsx';
import type { ListedUnit } from './devices.tsx';
import { HolderSelect } from './holder-select.tsx';
import { LinkResult } from './link-result.tsx';
import { useRefusal } from './use-refusal.ts';
import { useAdminTexts } from './words.ts';

/** A unit's devices: enrolled by a code, renamed, revoked. */
export function UnitDevices({ unit, onClose }: { unit: ListedUnit; onClose(): void }) {
  const { t } = useAdminTexts();
  const { t: words } = useTexts();
  const { data, error, refetch } = useDevices(unit.id);
  const [link, setLink] = useState<{ label: string; link: AccessLink } | undefined>();
  return (
    <div className={classes.sections}>
      <div className={classes.title}>
        {unit.organisation && <UnitMark organisation={unit.organisation} size={32} />}
        <div>
          <h2>{unit.callsign}</h2>
          <p className={classes.dim}>{unit.organisation && words(`organisation.${unit.organisation}`)}</p>
        </div>
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={words('app.close')} onClick={onClose}>
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
      {unit.status === 'off_duty' && <p className={classes.dim}>{t('devices.offDuty')}</p>}
      <section aria-label={t('devices.deviceCount', { count: data?.length ?? 0 })}>
        {!data && (error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />)}
        {data?.length === 0 && <p className={classes.dim}>{t('devices.noDevices')}</p>}
        {data?.map((device) => (
          <DeviceRow key={device.id} device={device} onLink={(made) => setLink({ label: device.label, link: made })} />
        ))}
      </section>
      {link ? (
        <section>
          <LinkResult
            title={`${link.label}: ${t('devices.enrolReady')}`}
            hint={t('devices.enrolHint')}
            link={link.link}
            onDone={() => setLink(undefined)}
          />
          <div className={classes.stack}>
            <h3>{t('devices.settings')}</h3>
            <p className={classes.dim}>{t('devices.settingsTraccar')}</p>
            <p className={classes.dim}>{t('devices.settingsOsmand')}</p>
          </div>
        </section>
      ) : (
        <EnrolForm unit={unit.id} onLink={(label, made) => setLink({ label, link: made })} />
      )}
    </div>
  );
}

function EnrolForm({ unit, onLink }: { unit: number; onLink(label: string, link: AccessLink): void }) {
  const { t } = useAdminTexts();
  const { mutateAsync, isPending } = useAddDevice(unit);
  const refuse = useRefusal();
  const [label, setLabel] = useState('');
  const [holder, setHolder] = useState<number | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = label.trim();
    if (!name) return;
    follow(
      mutateAsync(
        { label: name, ...(holder === null ? {} : { accountId: holder }) },
        { onSuccess: () => setLabel('') },
      ),
      ({ enrolment }) => onLink(name, enrolment),
      refuse,
    );
  };
  return (
    <section aria-label={t('devices.enrol')}>
      <h3>{t('devices.enrol')}</h3>
      <form className={classes.stack} onSubmit={submit}>
        <TextInput
          label={t('devices.label')}
          placeholder={t('devices.labelHint')}
          maxLength={60}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <PersonalDataWarning text={label} />
        <HolderSelect value={holder} onChange={setHolder} />
        <Button type="submit" disabled={!label.trim()} loading={isPending}>
          {t('devices.enrolSubmit')}
        </Button>
      </form>
    </section>
  );
}
