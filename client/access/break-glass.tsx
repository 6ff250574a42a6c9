import { Button, NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useBreakGlass } from '../api/access.ts';
import { useJurisdictions } from '../api/admin.ts';
import { PersonalDataWarning } from '../components/personal-data-warning.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import { usePanels } from '../state/panels.ts';
import { clock } from '../time.ts';
import { useAccess } from './access.ts';
import classes from './door-card.module.css';
import { DoorNote } from './door-card.tsx';
import { useRefusalWords } from './refusal.ts';
import { useAccessTexts } from './words.ts';

const MINUTES = [30, 60, 120, 240] as const;
const LEAST_REASON = 10;

/** Opens another jurisdiction in an emergency: where, why, for how long. */
export default function BreakGlass() {
  const { t } = useAccessTexts();
  const refused = useRefusalWords();
  const { language } = useTexts();
  const { data: jurisdictions = [] } = useJurisdictions();
  const held = useAccess((access) => access.me?.grants);
  const zone = useZone();
  const [where, setWhere] = useState('');
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<number>(60);
  const [asked, setAsked] = useState(false);
  const { mutateAsync, isPending, error } = useBreakGlass();
  const short = reason.trim().length < LEAST_REASON;
  const other = jurisdictions.filter(
    ({ id, everything }) => !everything && !held?.some(({ jurisdiction }) => jurisdiction.id === id),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!where || short) return;
    follow(
      mutateAsync(
        { jurisdictionId: Number(where), reason: reason.trim(), minutes },
        { onSuccess: () => usePanels.getState().set({ sheetOver: undefined }) },
      ),
      (grant) => {
        const until = grant.validTo ? Date.parse(grant.validTo) : Date.now() + minutes * 60_000;
        notify({
          title: t('breakGlass.granted'),
          message: t('breakGlass.grantedHint', {
            place: grant.jurisdiction.name,
            time: `${clock(until, zone, language)} ${zone}`,
          }),
        });
      },
    );
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      <p className={classes.small}>{t('breakGlass.lead')}</p>
      {error && <DoorNote>{refused(error)}</DoorNote>}
      <NativeSelect
        label={t('breakGlass.where')}
        value={where}
        error={asked && !where ? t('signIn.missing') : undefined}
        data={[
          { value: '', label: t('breakGlass.pick') },
          ...other.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onChange={(event) => setWhere(event.currentTarget.value)}
      />
      <Textarea
        label={t('breakGlass.reason')}
        description={t('breakGlass.reasonHint', { count: LEAST_REASON })}
        rows={3}
        maxLength={400}
        value={reason}
        error={asked && short ? t('signIn.missing') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <PersonalDataWarning text={reason} />
      <NativeSelect
        label={t('breakGlass.minutes')}
        value={String(minutes)}
        data={MINUTES.map((each) => ({
          value: String(each),
          label:
            each < 60
              ? t('breakGlass.minutesOption', { count: each })
              : t('breakGlass.hoursOption', { count: each / 60 }),
        }))}
        onChange={(event) => setMinutes(Number(event.currentTarget.value))}
      />
      <Button type="submit" loading={isPending}>
        {t('breakGlass.submit')}
      </Button>
    </form>
  );
}
