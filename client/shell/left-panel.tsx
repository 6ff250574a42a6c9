import { ActionIcon } from '@mantine/core';
import { Suspense } from 'react';
import { Icon } from '../components/icons.tsx';
import { LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
import { OperationsPanel } from '../operations/operations-panel.tsx';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';
import classes from './left-panel.module.css';

const AnalysisRoom = lazyPart(() => import('../analysis/room.tsx'));
const PlanningRoom = lazyPart(() => import('../planning/room.tsx'));

/** What the open room has to list; collapsible. */
export function LeftPanel({ className }: { className: string | undefined }) {
  const { t } = useTexts();
  const open = usePanels((panels) => panels.left);
  const room = useView((view) => view.room);
  const { set } = usePanels.getState();
  const label = open ? t('list.collapse') : t('list.expand');
  return (
    <aside id="list" className={`${classes.panel} ${className}`} data-open={open} aria-label={t('sheet.label')}>
      {/* What the other rooms drew stays on the map while their panel is out of the way. */}
      {(open || room !== 'operasi') && (
        <div className={classes.content} data-room={room} hidden={!open}>
          <RoomContent />
        </div>
      )}
      <ActionIcon
        title={label}
        className={classes.toggle}
        variant="default"
        size={28}
        aria-label={label}
        aria-expanded={open}
        onClick={() => set({ left: !open })}
      >
        <Icon name={open ? 'chevronLeft' : 'chevronRight'} size={16} />
      </ActionIcon>
    </aside>
  );
}

/** The content of the open room, the same beside the map and in the sheet of a phone. */
export function RoomContent() {
  const room = useView((view) => view.room);
  if (room === 'operasi') return <OperationsPanel />;
  return <Suspense fallback={<LoadingNote />}>{room === 'analisis' ? <AnalysisRoom /> : <PlanningRoom />}</Suspense>;
}
