import { ActionIcon } from '@mantine/core';
import { useMayManage } from '../access/access.ts';
import { Icon, type IconName } from '../components/icons.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { usePanels } from '../state/panels.ts';
import { ROOMS, type Room, useView } from '../state/view.ts';
import { Brand } from './brand.tsx';
import classes from './rail.module.css';

const ICONS: Record<Room, IconName> = { operasi: 'operations', perencanaan: 'planning', analisis: 'analysis' };

/** The three rooms. */
export function Rail({ className }: { className: string | undefined }) {
  const { t } = useTexts();
  const room = useView((view) => view.room);
  const admin = useView((view) => view.admin !== undefined);
  const mayManage = useMayManage();
  const { set } = useView.getState();
  return (
    <nav className={`${classes.rail} ${className}`} aria-label={t('room.label')}>
      <div className={classes.brand}>
        <Brand />
      </div>
      <ul className={classes.rooms}>
        {ROOMS.map((name) => (
          <li key={name}>
            <button
              type="button"
              className={classes.room}
              aria-current={room === name && !admin ? 'page' : undefined}
              onClick={() => set({ room: name, admin: undefined })}
            >
              <Icon name={ICONS[name]} size={22} />
              {t(`room.${name}`)}
            </button>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        {mayManage && (
          <ActionIcon
            title={t('action.admin')}
            variant="subtle"
            color="gray"
            size={44}
            aria-label={t('action.admin')}
            aria-pressed={admin}
            onClick={() => set({ admin: admin ? undefined : 'people' })}
          >
            <Icon name="gear" />
          </ActionIcon>
        )}
        <ActionIcon
          title={`${t('bar.shortcuts')} (?)`}
          variant="subtle"
          color="gray"
          size={44}
          aria-label={t('bar.shortcuts')}
          onClick={() => usePanels.getState().set({ shortcuts: true })}
        >
          <Icon name="keyboard" />
        </ActionIcon>
      </div>
    </nav>
  );
}
