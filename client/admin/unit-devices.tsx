import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AccessLink } from '../../shared/schemas/access.ts';
import type { Unit } from '../../shared/schemas/unit.ts';
import { type Device, useAddDevice, useDevices, useReEnrol, useRenameDevice, useRevokeDevice } from '../api/devices.ts';
import { Icon } from '../components/icons.tsx';
import { UnitMark } from '../components/marks.tsx';
import { PersonalDataWarning } from '../components/personal-data-warning.tsx';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { deviceZone } from '../zone.ts';
import classes from './admin.module.css';
import { Confirm } from './confirm.tsx';
import { LinkResult } from './link-result.tsx';
import { moment } from './times.ts';
import { useRefusal } from './use-refusal.ts';
import { useAdminTexts } from './words.ts';

/** A unit's devices: enrolled by a code, renamed, revoked. */
export function UnitDevices({ unit, onClose }: { unit: Unit; onClose(): void }) {
  const { t } = useAdminTexts();
  const { t: words } = useTexts();
  const { data, error, refetch } = useDevices(unit.id);
  const [link, setLink] = useState<{ label: string; link: AccessLink } | undefined>();
  return (
    <div className={classes.sections}>
      <div className={classes.title}>
        <UnitMark organisation={unit.organisation} size={32} />
        <div>
          <h2>{unit.callsign}</h2>
          <p className={classes.dim}>{words(`organisation.${unit.organisation}`)}</p>
        </div>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={words('app.close')} onClick={onClose}>
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
      <section aria-label={t('devices.deviceCount', { count: data?.length ?? 0 })}>
        {!data && (error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />)}
        {data?.length === 0 && <p className={classes.dim}>{t('devices.noDevices')}</p>}
        {data?.map((device) => (
          <DeviceRow
            key={device.id}
            unit={unit.id}
            device={device}
            onLink={(made) => setLink({ label: device.label, link: made })}
          />
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
  const { mutate, isPending } = useAddDevice(unit);
  const refuse = useRefusal();
  const [label, setLabel] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = label.trim();
    if (!name) return;
    mutate(name, {
      onSuccess({ enrolment }) {
        setLabel('');
        onLink(name, enrolment);
      },
      onError: refuse,
    });
  };
  return (
    <section aria-label={t('devices.enrol')}>
      <h3>{t('devices.enrol')}</h3>
      <form className={classes.stack} onSubmit={submit}>
        <TextInput
          label={t('devices.label')}
          placeholder={t('devices.labelHint')}
          maxLength={80}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
        />
        <PersonalDataWarning text={label} />
        <Button type="submit" disabled={!label.trim()} loading={isPending}>
          {t('devices.enrolSubmit')}
        </Button>
      </form>
    </section>
  );
}

interface DeviceRowProps {
  unit: number;
  device: Device;
  onLink(link: AccessLink): void;
}

function DeviceRow({ unit, device, onLink }: DeviceRowProps) {
  const { t } = useAdminTexts();
  const { language } = useTexts();
  const rename = useRenameDevice(unit);
  const reEnrol = useReEnrol(unit);
  const revoke = useRevokeDevice(unit);
  const refuse = useRefusal();
  const [label, setLabel] = useState<string | undefined>();
  const state = device.revokedAt ? 'revoked' : device.enrolledAt ? 'active' : 'invited';
  const save = (event: FormEvent) => {
    event.preventDefault();
    const name = label?.trim();
    if (!name) return;
    rename.mutate(
      { device: device.id, label: name },
      {
        onSuccess() {
          setLabel(undefined);
          notify({ title: t('devices.renamed'), message: name });
        },
        onError: refuse,
      },
    );
  };
  return (
    <div className={classes.confirm} style={{ borderLeftColor: 'var(--hairline)' }}>
      <div className={classes.title}>
        <div>
          {label === undefined ? (
            <b>{device.label}</b>
          ) : (
            <form className={classes.tools} style={{ margin: 0 }} onSubmit={save}>
              <TextInput
                className={classes.grow}
                aria-label={t('devices.label')}
                maxLength={80}
                autoFocus
                value={label}
                onChange={(event) => setLabel(event.currentTarget.value)}
              />
              <Button type="submit" variant="default" loading={rename.isPending}>
                {t('save')}
              </Button>
            </form>
          )}
          <p className={classes.dim}>
            <span className={classes.state} data-state={state}>
              {t(`devices.states.${state}`)}
            </span>
            {device.enrolledAt &&
              state === 'active' &&
              ` · ${t('devices.enrolledAt', { time: moment(device.enrolledAt, deviceZone(), language) })}`}
          </p>
        </div>
        {label === undefined && state !== 'revoked' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('devices.rename', { name: device.label })}
            title={t('devices.rename', { name: device.label })}
            onClick={() => setLabel(device.label)}
          >
            <Icon name="pencil" size={18} />
          </ActionIcon>
        )}
      </div>
      {state !== 'revoked' && (
        <div className={classes.actions} style={{ marginTop: 8 }}>
          <Button
            size="xs"
            variant="default"
            loading={reEnrol.isPending}
            onClick={() =>
              reEnrol.mutate(device.id, { onSuccess: ({ enrolment }) => onLink(enrolment), onError: refuse })
            }
          >
            {t('devices.reEnrol')}
          </Button>
          <Confirm
            label={t('devices.revokeConfirm')}
            title={t('devices.revokeTitle', { name: device.label })}
            hint={t('devices.revokeHint')}
            confirmLabel={t('devices.revokeConfirm')}
            busy={revoke.isPending}
            onConfirm={() =>
              revoke.mutate(device.id, {
                onSuccess: () => notify({ title: t('devices.revoked', { name: device.label }), message: '' }),
                onError: refuse,
              })
            }
          />
        </div>
      )}
    </div>
  );
}
