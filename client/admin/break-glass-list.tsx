import { Button } from '@mantine/core';
import type { Grant } from '../../shared/schemas/access.ts';
import { useMay } from '../access/access.ts';
import { useBreakGlassGrants, useRevokeGrant } from '../api/admin.ts';
import { EmptyNote, ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { useNow } from '../components/use-now.ts';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import classes from './admin.module.css';
import { moment } from './times.ts';
import { useRefusal } from './use-refusal.ts';
import { useAdminTexts } from './words.ts';

/** Who took access in an emergency, where, why and until when; what is open stands first. */
export function BreakGlassList() {
  const { t } = useAdminTexts();
  const { data, error, refetch } = useBreakGlassGrants();
  const now = useNow();
  if (!data) return error ? <ErrorNote onRetry={refetch} /> : <LoadingNote />;
  const sorted = [...data].sort((a, b) => Number(isOpen(b, now)) - Number(isOpen(a, now)));
  return (
    <div className={classes.body}>
      <div className={classes.list}>
        <p className={classes.lead}>{t('breakGlass.lead')}</p>
        {sorted.length === 0 ? (
          <EmptyNote title={t('breakGlass.empty')}>
            <p>{t('breakGlass.emptyHint')}</p>
          </EmptyNote>
        ) : (
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('breakGlass.who')}</th>
                <th scope="col">{t('breakGlass.where')}</th>
                <th scope="col">{t('breakGlass.reason')}</th>
                <th scope="col">{t('breakGlass.when')}</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((grant) => (
                <Row key={grant.id} grant={grant} open={isOpen(grant, now)} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}

function isOpen({ validTo, revokedAt }: Grant, now: number): boolean {
  return revokedAt === null && (validTo === null || Date.parse(validTo) > now);
}

function Row({ grant, open }: { grant: Grant; open: boolean }) {
  const { t } = useAdminTexts();
  const { language } = useTexts();
  const mayClose = useMay('access.manage');
  const { mutateAsync, isPending } = useRevokeGrant();
  const refuse = useRefusal();
  const zone = useZone();
  const end = grant.revokedAt ?? grant.validTo ?? grant.validFrom;
  const time = moment(end, zone, language);
  return (
    <tr>
      <td>
        <b>{grant.displayName}</b>
      </td>
      <td>{grant.jurisdiction.name}</td>
      <td>{grant.reason}</td>
      <td>
        <span className={classes.state} data-state={open ? 'invited' : 'disabled'}>
          {open ? t('breakGlass.open', { time }) : t('breakGlass.ended', { time })}
        </span>
        {open && mayClose && (
          <div style={{ marginTop: 4 }}>
            <Button
              size="xs"
              variant="default"
              loading={isPending}
              onClick={() =>
                follow(
                  mutateAsync(grant.id),
                  () => notify({ title: t('breakGlass.revoked', { name: grant.displayName }), message: '' }),
                  refuse,
                )
              }
            >
              {t('breakGlass.revoke')}
            </Button>
          </div>
        )}
      </td>
    </tr>
  );
}
