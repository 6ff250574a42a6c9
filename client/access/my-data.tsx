import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMyData, useWithdraw } from '../api/access.ts';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { number } from '../format.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useAccess } from './access.ts';
import { MyDuty } from './my-duty.tsx';
import classes from './sheet.module.css';
import { useAccessTexts } from './words.ts';

/** What is kept about oneself: seen, taken along, withdrawn. */
export default function MyData() {
  const { t } = useAccessTexts();
  const { t: words, language } = useTexts();
  const account = useAccess((access) => access.me?.account);
  const { data, error, refetch } = useMyData();
  const withdraw = useWithdraw();
  const [asking, setAsking] = useState(false);
  return (
    <div className={classes.sheet}>
      <section className={classes.section} aria-label={t('data.account')}>
        <p>{t('data.lead')}</p>
        <dl className={classes.facts}>
          <dt>{t('account.name')}</dt>
          <dd>{account?.displayName}</dd>
          <dt>{t('account.username')}</dt>
          <dd>{account?.username}</dd>
        </dl>
      </section>
      <section className={classes.section} aria-label={t('data.units')}>
        <div className={classes.head}>
          <h3>{t('data.units')}</h3>
        </div>
        {!data && !error && <LoadingNote />}
        {error && <ErrorNote onRetry={refetch} />}
        {data?.units.length === 0 && <p className={classes.dim}>{t('data.none')}</p>}
        {data && data.units.length > 0 && (
          <ul className={classes.rows}>
            {data.units.map(({ id, callsign, positions, duty }) => (
              <li key={id}>
                <div className={classes.unit}>
                  <div>
                    <b>{callsign}</b>
                    <p className={classes.dim}>
                      {t('data.positions')}: {number(positions, language)}
                    </p>
                  </div>
                  <MyDuty unitId={id} duty={duty} />
                </div>
              </li>
            ))}
          </ul>
        )}
        <div className={classes.actions}>
          <Button component="a" href="/api/me/data/export" download variant="default">
            {t('data.download')}
          </Button>
        </div>
      </section>
      {data && data.units.length > 0 && (
        <section className={classes.section} aria-label={t('data.withdraw')}>
          <p className={classes.dim}>{t('data.withdrawHint')}</p>
          <div className={classes.actions}>
            {asking ? (
              <>
                <Button
                  color="red"
                  loading={withdraw.isPending}
                  onClick={() =>
                    withdraw.mutate(undefined, {
                      onSuccess() {
                        setAsking(false);
                        notify({ title: t('data.withdrawn'), message: t('data.withdrawnHint') });
                      },
                    })
                  }
                >
                  {t('data.withdrawConfirm')}
                </Button>
                <Button variant="default" onClick={() => setAsking(false)}>
                  {words('app.cancel')}
                </Button>
              </>
            ) : (
              <Button variant="default" onClick={() => setAsking(true)}>
                {t('data.withdraw')}
              </Button>
            )}
          </div>
        </section>
      )}
    </div>
  );
}
