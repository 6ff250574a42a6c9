import { ActionIcon, Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AccessLink } from '../../shared/schemas/access.ts';
import type { Device, DevicePatch } from '../../shared/schemas/device.ts';
import { useChangeDevice, useReEnrol, useRevokeDevice } from '../api/devices.ts';
import { Icon } from '../components/icons.tsx';
import { PersonalDataWarning } from '../components/personal-data-warning.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import classes from './admin.module.css';
import { Confirm } from './confirm.tsx';
import { HolderSelect, useHolderName } from './holder-select.tsx';
import { moment } from './times.ts';
import { useRefusal } from './use-refusal.ts';
import { useAdminTexts } from './words.ts';

interface DeviceRowProps {
  device: Device;
  onLink(link: AccessLink): void;
}

/** A device: how it stands, whose it is; renamed, enrolled anew, revoked. */
export function DeviceRow({ device, onLink }: DeviceRowProps) {
  const { t } = useAdminTexts();
  const { language } = useTexts();
  const reEnrol = useReEnrol();
  const revoke = useRevokeDevice();
  const refuse = useRefusal();
  const zone = useZone();
  const holder = useHolderName(device);
  const [editing, setEditing] = useState(false);
  const state = stateOf(device);
  const name = device.label || device.identifier;
  if (editing) return <EditDevice device={device} onDone={() => setEditing(false)} />;
  return (
    <div className={classes.confirm} style={{ borderLeftColor: 'var(--hairline)' }}>
      <div className={classes.title}>
        <div>
          <b>{name}</b>
          <p className={classes.dim}>
            <span className={classes.state} data-state={state}>
              {t(`devices.states.${state}`)}
            </span>
            {device.enrolledAt &&
              state === 'active' &&
              ` · ${t('devices.enrolledAt', { time: moment(device.enrolledAt, zone, language) })}`}
          </p>
          {holder && <p className={classes.dim}>{t('devices.heldBy', { name: holder })}</p>}
        </div>
        {state !== 'revoked' && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={40}
            aria-label={t('devices.change', { name })}
            title={t('devices.change', { name })}
            onClick={() => setEditing(true)}
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
            onClick={() => follow(reEnrol.mutateAsync(device.id), ({ enrolment }) => onLink(enrolment), refuse)}
          >
            {t('devices.reEnrol')}
          </Button>
          <Confirm
            size="xs"
            label={t('devices.revokeConfirm')}
            title={t('devices.revokeTitle', { name })}
            hint={t('devices.revokeHint')}
            confirmLabel={t('devices.revokeConfirm')}
            busy={revoke.isPending}
            onConfirm={() =>
              follow(
                revoke.mutateAsync(device.id),
                () => notify({ title: t('devices.revoked', { name }), message: '' }),
                refuse,
              )
            }
          />
        </div>
      )}
    </div>
  );
}

/** Its name and whose it is. */
function EditDevice({ device, onDone }: { device: Device; onDone(): void }) {
  const { t } = useAdminTexts();
  const { mutateAsync, isPending } = useChangeDevice(device.id);
  const refuse = useRefusal();
  const [label, setLabel] = useState(device.label);
  const [holder, setHolder] = useState(device.accountId);
  const name = label.trim();
  const unnamed = !name && device.label !== '';
  const save = (event: FormEvent) => {
    event.preventDefault();
    const change: DevicePatch = {
      ...(name === device.label ? {} : { label: name }),
      // Whose it is is only said when that changes: it may be somebody whom this page does not know.
      ...(holder === device.accountId ? {} : { accountId: holder }),
    };
    if (unnamed) return;
    if (Object.keys(change).length === 0) return onDone();
    follow(
      mutateAsync(change, { onSuccess: onDone }),
      () => notify({ title: t('saved'), message: name || device.identifier }),
      refuse,
    );
  };
  return (
    <form
      className={`${classes.confirm} ${classes.stack}`}
      style={{ borderLeftColor: 'var(--focus)' }}
      onSubmit={save}
      noValidate
    >
      <TextInput
        label={t('devices.label')}
        maxLength={60}
        autoFocus
        value={label}
        placeholder={device.label ? undefined : device.identifier}
        error={unnamed ? t('people.missing') : undefined}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <PersonalDataWarning text={label} />
      <HolderSelect value={holder} onChange={setHolder} device={device} />
      <div className={classes.actions}>
        <Button type="submit" loading={isPending}>
          {t('save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

/** `configured`: it sends through a gateway by its identifier, without a token of its own. */
function stateOf({ revokedAt, enrolledAt, linkUntil }: Device): 'revoked' | 'active' | 'invited' | 'configured' {
  if (revokedAt) return 'revoked';
  if (enrolledAt) return 'active';
  return linkUntil ? 'invited' : 'configured';
}
