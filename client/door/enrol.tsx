import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Enrolled } from '../../shared/schemas/device.ts';
import classes from '../access/door-card.module.css';
import { DoorCard, DoorNote } from '../access/door-card.tsx';
import { useRefusalWords } from '../access/refusal.ts';
import { useAccessTexts } from '../access/words.ts';
import { useEnrol } from '../api/enrolment.ts';
import { RequestError } from '../api/request.ts';
import { CopyField } from '../components/copy-field.tsx';
import { UnitMark } from '../components/marks.tsx';
import { Qr } from '../components/qr.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { keepKey } from './own-key.ts';
import { PhoneDuty } from './phone-duty.tsx';

/** Sets a phone up to send its place: asked first, because the link works once. */
export default function Enrol({ token }: { token: string }) {
  const { t } = useAccessTexts();
  const refused = useRefusalWords();
  const { mutate, isPending, error, data } = useEnrol();
  if (data) return <Settings enrolment={data} />;
  const dead = error instanceof RequestError && error.status >= 400 && error.status < 500 && error.status !== 429;
  if (!token || dead) {
    return (
      <DoorCard title={t(token ? 'enrol.failed' : 'accept.missing')}>
        <p className={classes.lead}>{t(token ? 'enrol.failedHint' : 'accept.missingHint')}</p>
      </DoorCard>
    );
  }
  return (
    <DoorCard title={t('enrol.title')}>
      <p className={classes.lead}>{t('enrol.consent')}</p>
      {error && <DoorNote>{refused(error)}</DoorNote>}
      <Button size="md" loading={isPending} onClick={() => mutate(token)}>
        {t('enrol.start')}
      </Button>
      <p className={classes.foot}>{t('enrol.once')}</p>
    </DoorCard>
  );
}

function Settings({ enrolment }: { enrolment: Enrolled }) {
  const { t } = useAccessTexts();
  const { t: words } = useTexts();
  const { token, server, unit, label, osmandUrl, traccarClient } = enrolment;
  return (
    <DoorCard title={t('enrol.title')} wide>
      <p className={classes.lead}>{t('enrol.lead')}</p>
      <div className={classes.unit}>
        <UnitMark organisation={unit.organisation} size={36} />
        <div>
          <b>{unit.callsign}</b>
          <span className={classes.small}>
            {words(`organisation.${unit.organisation}`)} · {label}
          </span>
        </div>
      </div>
      <DoorNote>{t('enrol.secret')}</DoorNote>
      <div className={classes.split}>
        <section>
          <h2>{t('enrol.traccar')}</h2>
          <p className={classes.small}>{t('enrol.traccarLead')}</p>
          <Button component="a" href={traccarClient.link} size="md">
            {t('enrol.traccarOpen')}
          </Button>
          <p className={classes.small}>{t('enrol.traccarScan')}</p>
          <Qr text={traccarClient.code} label={t('enrol.traccarScan')} />
          <CopyField label={t('enrol.server')} value={traccarClient.url} />
          <CopyField label={t('enrol.deviceId')} value={traccarClient.deviceId} />
          <p className={classes.small}>
            {t('enrol.interval')} {traccarClient.interval} s · {t('enrol.distance')} {traccarClient.distance} m ·{' '}
            {t('enrol.accuracy')} {traccarClient.accuracy === 'high' ? t('enrol.accuracyHigh') : traccarClient.accuracy}
          </p>
        </section>
        <div className={classes.column}>
          <section>
            <h2>{t('enrol.osmand')}</h2>
            <p className={classes.small}>{t('enrol.osmandLead')}</p>
            <CopyField label={t('enrol.osmandUrl')} value={osmandUrl} />
          </section>
          <OwnSwitch token={token} server={server} />
        </div>
      </div>
      <p className={classes.foot}>
        {t('enrol.done')} {t('enrol.once')}
      </p>
    </DoorCard>
  );
}

/** Offers the switch of the duty on this phone; its key is kept only where somebody wants that. */
function OwnSwitch({ token, server }: { token: string; server: string }) {
  const { t } = useAccessTexts();
  const [kept, setKept] = useState<boolean>();
  return (
    <section>
      <h2>{t('duty.phoneTitle')}</h2>
      {kept ? (
        <>
          <p className={classes.small}>{t('duty.phoneLead')}</p>
          <PhoneDuty token={token} />
          <CopyField label={t('duty.phoneInstalled')} value={`${server}/duty`} />
        </>
      ) : (
        <>
          <p className={classes.small}>{t('duty.phoneOffer')}</p>
          <Button variant="default" size="md" onClick={() => setKept(keepKey(localStorage, token))}>
            {t('duty.phoneInstall')}
          </Button>
          {kept === false && <DoorNote>{t('duty.phoneNotKept')}</DoorNote>}
        </>
      )}
    </section>
  );
}
