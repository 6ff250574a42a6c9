import { ActionIcon, Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { askWho, useAccess } from '../access/access.ts';
import { forgetSetup } from '../access/setup-offer.ts';
import { useAccessTexts } from '../access/words.ts';
import { Icon } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useRonda } from '../session.ts';
import { usePanels } from '../state/panels.ts';
import { clock } from '../time.ts';
import classes from './notices.module.css';
import { type Notice, noticeKey } from './use-notices.ts';
import { useZone } from './use-zone.ts';

/** Over the map: what is wrong or new, what still works, what to do. Each can be put away. */
export default function Notices({ notices, onPutAway }: { notices: Notice[]; onPutAway(key: string): void }) {
  return (
    <div className={classes.notices}>
      {notices.slice(0, 2).map((notice) => (
        <One key={noticeKey(notice)} notice={notice} onPutAway={() => onPutAway(noticeKey(notice))} />
      ))}
    </div>
  );
}

function One({ notice, onPutAway }: { notice: Notice; onPutAway(): void }) {
  const { t } = useAccessTexts();
  const { language } = useTexts();
  const { live } = useRonda();
  const zone = useZone();
  const time = (ms: number) => `${clock(ms, zone, language)} ${zone}`;
  const again = (
    <Button
      size="xs"
      variant="default"
      onClick={() => {
        live.comeBack();
        void askWho();
      }}
    >
      {t('fault.again')}
    </Button>
  );
  const putAway = (
    <Button
      size="xs"
      variant="default"
      onClick={() => {
        useAccess.setState({ changed: undefined });
      }}
    >
      {t('change.ok')}
    </Button>
  );
  switch (notice.kind) {
    case 'unreachable':
      return (
        <Card title={t('fault.unreachable', { time: time(notice.since) })} onPutAway={onPutAway} action={again}>
          {t('fault.unreachableWorks')}
        </Card>
      );
    case 'database':
      return (
        <Card title={t('fault.database', { time: time(notice.since) })} onPutAway={onPutAway} action={again}>
          {t('fault.databaseWorks')}
        </Card>
      );
    case 'disk':
      return (
        <Card title={t('fault.disk')} onPutAway={onPutAway}>
          {t('fault.diskWorks')}
        </Card>
      );
    case 'asleep':
      return (
        <Card title={t('fault.asleep', { time: time(notice.from) })} onPutAway={onPutAway}>
          {t('fault.asleepWorks')}
        </Card>
      );
    case 'clock': {
      const minutes = Math.round(Math.abs(notice.ahead) / 60_000);
      return (
        <Card title={t(notice.ahead > 0 ? 'fault.clockAhead' : 'fault.clockBehind', { minutes })} onPutAway={onPutAway}>
          {t('fault.clockWorks')}
        </Card>
      );
    }
    case 'changed':
      return (
        <Card kind="info" title={t(`change.${notice.how}`)} action={putAway}>
          {t(`change.${notice.how}Hint`)}
        </Card>
      );
    case 'break-glass':
      return (
        <Card onPutAway={onPutAway} title={t('breakGlass.title')}>
          {t('breakGlass.active', { place: notice.place, time: time(notice.until) })}
        </Card>
      );
    case 'setup':
      return (
        <Card
          kind="info"
          title={t('setup.welcome')}
          onPutAway={() => {
            forgetSetup(sessionStorage);
            onPutAway();
          }}
          action={
            <Button size="xs" onClick={() => usePanels.getState().set({ sheetOver: 'account' })}>
              {t('setup.offerAction')}
            </Button>
          }
        >
          {t('setup.offer')}
        </Card>
      );
  }
}

interface CardProps {
  kind?: 'warning' | 'info';
  title: string;
  children: ReactNode;
  action?: ReactNode;
  onPutAway?: () => void;
}

function Card({ kind = 'warning', title, children, action, onPutAway }: CardProps) {
  const { t } = useTexts();
  return (
    <div className={classes.notice} data-kind={kind} role={kind === 'warning' ? 'alert' : 'status'}>
      <Icon name={kind === 'warning' ? 'warning' : 'shield'} />
      <div className={classes.words}>
        <b>{title}</b>
        <p>{children}</p>
        {action}
      </div>
      {onPutAway && (
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t('app.close')} onClick={onPutAway}>
          <Icon name="close" size={16} />
        </ActionIcon>
      )}
    </div>
  );
}
