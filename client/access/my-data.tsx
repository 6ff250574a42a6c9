import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MyData as Data } from '../../shared/schemas/my-data.ts';
import { useMyData, useWithdraw } from '../api/access.ts';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { useNow } from '../components/use-now.ts';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import { momentOf } from '../time.ts';
import { useDataTexts } from './data-words.ts';
import { DoorNote } from './door-card.tsx';
import { MyDuty } from './my-duty.tsx';
import { MyLog } from './my-log.tsx';
import { useRefusalWords } from './refusal.ts';
import classes from './sheet.module.css';
import { Part, Row, Rows } from './sheet-part.tsx';
import { browserOf } from './user-agent.ts';
import { useAccessTexts } from './words.ts';

/** What is kept about oneself: seen, taken along, withdrawn. */
export default function MyData() {
  const { t } = useDataTexts();
  const { data, error, refetch } = useMyData();
  return (
    <div className={classes.sheet}>
      <p>{t('lead')}</p>
      {data ? <Loaded data={data} /> : error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />}
      <div className={classes.actions}>
        <Button component="a" href="/api/me/data/export" download variant="default">
          {t('download')}
        </Button>
      </div>
      {data && data.devices.length > 0 && <Withdraw />}
    </div>
  );
}

function Loaded({ data }: { data: Data }) {
  const { t } = useDataTexts();
  const { t: words } = useAccessTexts();
  const { language } = useTexts();
  const zone = useZone();
  const now = useNow();
  const time = (iso: string) => momentOf(Date.parse(iso), now, zone, language);
  return (
    <>
      <Part title={t('account')}>
        <dl className={classes.facts}>
          <dt>{words('account.name')}</dt>
          <dd>{data.account.displayName}</dd>
          <dt>{words('account.username')}</dt>
          <dd>{data.account.username}</dd>
          <dt>{t('since')}</dt>
          <dd>{time(data.account.createdAt)}</dd>
        </dl>
      </Part>
      <Part title={t('units')} lead={t('retention', { count: data.retentionDays })}>
        <Rows empty={t('noUnits')}>
          {data.units.map(({ id, callsign, positions, duty }) => (
            <li key={id}>
              <div className={classes.unit}>
                <div>
                  <b>{callsign}</b>
                  <p className={classes.dim}>{t('positions', { count: positions })}</p>
                </div>
                <MyDuty unitId={id} duty={duty} />
              </div>
            </li>
          ))}
        </Rows>
      </Part>
      <Part title={t('devices')}>
        <Rows empty={t('noDevices')}>
          {data.devices.map(({ id, label, callsign, enrolledAt, revokedAt, lastSeenAt }) => (
            <Row
              key={id}
              title={label}
              facts={[
                callsign,
                revokedAt
                  ? t('revoked', { time: time(revokedAt) })
                  : enrolledAt
                    ? t('enrolled', { time: time(enrolledAt) })
                    : t('waiting'),
                lastSeenAt ? t('lastSeen', { time: time(lastSeenAt) }) : t('neverSeen'),
              ]}
            />
          ))}
        </Rows>
      </Part>
      <Part title={t('grants')}>
        <Rows empty={t('noGrants')}>
          {data.grants.map(({ id, role, jurisdiction, validTo, breakGlass, grantedBy }) => (
            <Row
              key={id}
              title={`${words(`role.${role}`)}, ${jurisdiction.name}`}
              facts={[
                validTo ? t('until', { time: time(validTo) }) : t('always'),
                breakGlass && t('breakGlass'),
                grantedBy && t('by', { name: grantedBy }),
              ]}
            />
          ))}
        </Rows>
      </Part>
      <Part title={t('sessions')}>
        <Rows empty={t('noSessions')}>
          {data.sessions.map(({ kind, createdAt, lastSeenAt, expiresAt, address, userAgent }) => {
            const { browser, system } = browserOf(userAgent);
            return (
              <Row
                key={createdAt}
                title={browser && system ? t('on', { browser, system }) : t('unknownBrowser')}
                facts={[
                  t('sessionSeen', { time: time(lastSeenAt) }),
                  t('sessionUntil', { time: time(expiresAt) }),
                  address,
                  kind === 'wall' && t('wall'),
                ]}
              />
            );
          })}
        </Rows>
      </Part>
      <MyLog data={data} />
    </>
  );
}

/** Ends the tracking of the person's devices, once it was asked whether that is meant. */
function Withdraw() {
  const { t } = useDataTexts();
  const { t: words } = useTexts();
  const refused = useRefusalWords();
  const { mutateAsync, isPending, error } = useWithdraw();
  const [asking, setAsking] = useState(false);
  const withdraw = () =>
    follow(mutateAsync(undefined, { onSuccess: () => setAsking(false) }), () =>
      notify({ title: t('withdrawn'), message: t('withdrawnHint') }),
    );
  return (
    <Part title={t('withdraw')} lead={t('withdrawHint')}>
      {error && (
        <DoorNote>
          <b>{t('withdrawFailed')}</b> {refused(error)}
        </DoorNote>
      )}
      <div className={classes.actions}>
        {asking ? (
          <>
            <Button color="red" loading={isPending} onClick={withdraw}>
              {t('withdrawConfirm')}
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              {words('app.cancel')}
            </Button>
          </>
        ) : (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('withdraw')}
          </Button>
        )}
      </div>
    </Part>
  );
}
