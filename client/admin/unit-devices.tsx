import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AccessLink } from '../../shared/schemas/access.ts';
import type { Device } from '../../shared/schemas/device.ts';
import { useMay } from '../access/access.ts';
import { useAccounts } from '../api/admin.ts';
import { useAddDevice, useDevices, useReEnrol, useRenameDevice, useRevokeDevice } from '../api/devices.ts';
import { Icon } from '../components/icons.tsx';
import { UnitMark } from '../components/marks.tsx';
import { PersonalDataWarning } from '../components/personal-data-warning.tsx';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { deviceZone } from '../zone.ts';
import classes from './admin.module.css';
import { Confirm } from './confirm.tsx';
import type { ListedUnit } from './devices.tsx';
import { LinkResult } from './link-result.tsx';
import { moment } from './times.ts';
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
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={words('app.close')} onClick={onClose}>
          <Icon name="close" size={18} />
        </ActionIcon>
      </div>
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
  const { mutate, isPending } = useAddDevice(unit);
  const refuse = useRefusal();
  const [label, setLabel] = useState('');
  const [holder, setHolder] = useState('');
  const mayName = useMay('access.manage');
  const { data: accounts = [] } = useAccounts(mayName);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const name = label.trim();
    if (!name) return;
    mutate(
      { label: name, ...(holder ? { accountId: Number(holder) } : {}) },
      {
        onSuccess({ enrolment }) {
          setLabel('');
          onLink(name, enrolment);
        },
        onError: refuse,
      },
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
        {mayName && (
          <NativeSelect
            label={t('devices.holder')}
            description={t('devices.holderHint')}
            value={holder}
            data={[
              { value: '', label: t('devices.noHolder') },
              ...accounts.map(({ id, displayName }) => ({ value: String(id), label: displayName })),
            ]}
            onChange={(event) => setHolder(event.currentTarget.value)}
          />
        )}
        <Button type="submit" disabled={!label.trim()} loading={isPending}>
          {t('devices.enrolSubmit')}
        </Button>
      </form>
    </section>
  );
}

interface DeviceRowProps {
  device: Device;
  onLink(link: AccessLink): void;
}

function DeviceRow({ device, onLink }: DeviceRowProps) {
  const { t } = useAdminTexts();
  const { language } = useTexts();
  const rename = useRenameDevice();
  const reEnrol = useReEnrol();
  const revoke = useRevokeDevice();
  const refuse = useRefusal();
  const [label, setLabel] = useState<string | undefined>();
  const state = stateOf(device);
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
            <b>{device.label || device.identifier}</b>
          ) : (
            <form className={classes.tools} style={{ margin: 0 }} onSubmit={save}>
              <TextInput
                className={classes.grow}
                aria-label={t('devices.label')}
                maxLength={60}
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
            aria-label={t('devices.rename', { name: device.label || device.identifier })}
            title={t('devices.rename', { name: device.label || device.identifier })}
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
            title={t('devices.revokeTitle', { name: device.label || device.identifier })}
            hint={t('devices.revokeHint')}
            confirmLabel={t('devices.revokeConfirm')}
            busy={revoke.isPending}
            onConfirm={() =>
              revoke.mutate(device.id, {
                onSuccess: () =>
                  notify({ title: t('devices.revoked', { name: device.label || device.identifier }), message: '' }),
                onError: refuse,
              })
            }
          />
        </div>
      )}
    </div>
  );
}

/** `configured`: it sends through a gateway by its identifier, without a token of its own. */
function stateOf({ revokedAt, enrolledAt, linkUntil }: Device): 'revoked' | 'active' | 'invited' | 'configured' {
  if (revokedAt) return 'revoked';
  if (enrolledAt) return 'active';
  return linkUntil ? 'invited' : 'configured';
}
