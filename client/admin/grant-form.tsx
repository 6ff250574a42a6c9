import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ROLES } from '../../shared/access/roles.ts';
import { useGrant, useJurisdictions } from '../api/admin.ts';
import { PersonalDataWarning } from '../components/personal-data-warning.tsx';
import { follow } from '../follow.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import classes from './admin.module.css';
import { beginOf, endOf } from './times.ts';
import { useRefusal } from './use-refusal.ts';
import { useAdminTexts } from './words.ts';

/** Gives a role: which, where, from and until when, why. */
export function GrantForm({ accountId, onDone }: { accountId: number; onDone(): void }) {
  const { t } = useAdminTexts();
  const { data: jurisdictions = [] } = useJurisdictions();
  const { mutateAsync, isPending } = useGrant();
  const refuse = useRefusal();
  const [role, setRole] = useState<(typeof ROLES)[number]>('operator');
  const [where, setWhere] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const backwards = Boolean(from && to && to < from);
  const ownZone = useZone();
  // Days begin and end where the role is held.
  const zone = jurisdictions.find(({ id }) => String(id) === where)?.zone ?? ownZone;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!where || backwards) return;
    const validFrom = beginOf(from, zone);
    const validTo = endOf(to, zone);
    follow(
      mutateAsync(
        {
          accountId,
          role,
          jurisdictionId: Number(where),
          ...(validFrom ? { validFrom } : {}),
          ...(validTo ? { validTo } : {}),
          ...(reason.trim() ? { reason: reason.trim() } : {}),
        },
        { onSuccess: onDone },
      ),
      (grant) =>
        notify({ title: t('people.granted'), message: `${t(`role.${grant.role}`)}, ${grant.jurisdiction.name}` }),
      refuse,
    );
  };
  return (
    <form className={classes.stack} onSubmit={submit} noValidate>
      <NativeSelect
        label={t('people.role')}
        description={t(`roleHint.${role}`)}
        value={role}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        onChange={({ currentTarget }) => {
          const chosen = ROLES.find((each) => each === currentTarget.value);
          if (chosen) setRole(chosen);
        }}
      />
      <NativeSelect
        label={t('people.where')}
        value={where}
        error={asked && !where ? t('people.missing') : undefined}
        data={[{ value: '', label: '–' }, ...jurisdictions.map(({ id, name }) => ({ value: String(id), label: name }))]}
        onChange={(event) => setWhere(event.currentTarget.value)}
      />
      <div className={classes.pair}>
        <TextInput
          type="date"
          label={t('people.fromNow')}
          description={t('people.fromHint', { zone })}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('people.toNever')}
          description={t('people.toHint', { zone })}
          value={to}
          error={backwards ? t('people.datesWrong') : undefined}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      </div>
      <TextInput
        label={t('people.reason')}
        maxLength={400}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <PersonalDataWarning text={reason} />
      <div className={classes.actions}>
        <Button type="submit" loading={isPending}>
          {t('people.grantSubmit')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
