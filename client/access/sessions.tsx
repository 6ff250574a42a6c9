import { Button } from '@mantine/core';
import type { Session } from '../../shared/schemas/access.ts';
import { useRevokeSession, useSessions } from '../api/access.ts';
import { ErrorNote, LoadingNote } from '../components/state-note.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import { relativeTime } from '../time.ts';
import { useRefusalWords } from './refusal.ts';
import classes from './sheet.module.css';
import { Part } from './sheet-part.tsx';
import { browserOf } from './user-agent.ts';
import { useAccessTexts } from './words.ts';

/** Where one is signed in; every other place can be closed from here. */
export function Sessions() {
  const { t } = useAccessTexts();
  const { data, error, refetch } = useSessions();
  const { mutateAsync } = useRevokeSession();
  const refused = useRefusalWords();
  const others = data?.filter(({ current }) => !current) ?? [];
  const revoke = (sessions: Session[]) => {
    follow(
      Promise.all(sessions.map(({ id }) => mutateAsync(id))),
      () => notify({ title: t('account.revoked'), message: '' }),
      (error) => notify({ color: 'yellow', title: t('account.revokeFailed'), message: refused(error) }),
    );
  };
  return (
    <Part
      title={t('account.sessionsTitle')}
      lead={t('account.sessionsLead')}
      action={
        others.length > 1 && (
          <Button variant="default" size="xs" onClick={() => revoke(others)}>
            {t('account.revokeOthers')}
          </Button>
        )
      }
    >
      {data ? (
        <ul className={classes.rows}>
          {data.map((session) => (
            <Row key={session.id} session={session} onRevoke={() => revoke([session])} />
          ))}
        </ul>
      ) : error ? (
        <ErrorNote onRetry={refetch} />
      ) : (
        <LoadingNote />
      )}
    </Part>
  );
}

function Row({ session, onRevoke }: { session: Session; onRevoke(): void }) {
  const { t } = useAccessTexts();
  const { language } = useTexts();
  const zone = useZone();
  const { browser, system } = browserOf(session.userAgent);
  const seen = relativeTime(Date.parse(session.lastSeenAt), Date.now(), zone, language);
  return (
    <li>
      <div>
        <b>{browser && system ? t('account.on', { browser, system }) : t('account.unknownBrowser')}</b>
        <p className={classes.dim}>
          {[
            session.current ? t('account.here') : t('account.lastSeen', { time: seen }),
            session.address,
            session.kind === 'wall' && t('account.wall'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {!session.current && (
        <Button variant="default" size="xs" onClick={onRevoke}>
          {t('account.revoke')}
        </Button>
      )}
    </li>
  );
}
