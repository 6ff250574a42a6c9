import { ActionIcon } from '@mantine/core';
import { type PointerEvent, Suspense } from 'react';
import { closeForm, select } from '../actions.ts';
import { Icon } from '../components/icons.tsx';
import { LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
import { usePanels } from '../state/panels.ts';
import { useView } from '../state/view.ts';
import classes from './detail-panel.module.css';

const IncidentDetail = lazyPart(() => import('../operations/incident-detail.tsx'));
const IncidentForm = lazyPart(() => import('../operations/incident-form.tsx'));
const UnitDetail = lazyPart(() => import('../operations/unit-detail.tsx'));
const AreaDetail = lazyPart(() => import('../operations/area-detail.tsx'));
const PlaceDetail = lazyPart(() => import('../operations/place-detail.tsx'));

const MIN_WIDTH = 320;
const MAX_WIDTH = 640;

/** Whether there is anything to show on the right. */
export function useHasDetail(): boolean {
  const form = usePanels((panels) => panels.form !== undefined);
  return useView((view) => view.selection !== undefined) || form;
}

/** The one panel at the right: the form or the selected thing. Its left edge can be dragged, or moved by arrow keys. */
export function DetailPanel({ className }: { className: string | undefined }) {
  const { t } = useTexts();
  const width = usePanels((panels) => panels.detailWidth);
  const resize = (to: number) =>
    usePanels.getState().set({ detailWidth: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(to))) });
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  };
  return (
    <aside className={`${classes.panel} ${className}`} style={{ width }} aria-label={t('detail.label')}>
      {/* biome-ignore lint/a11y/useSemanticElements: an <hr> takes no pointer or keys. */}
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('detail.resize')}
        aria-valuenow={width}
        aria-valuemin={MIN_WIDTH}
        aria-valuemax={MAX_WIDTH}
        className={classes.edge}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onKeyDown={(event) => {
          const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
          if (step) resize(width + step);
        }}
      />
      <DetailContent />
    </aside>
  );
}

/** The form or the selected thing, the same beside the map and in the sheet of a phone. */
export function DetailContent() {
  const { t } = useTexts();
  const selection = useView((view) => view.selection);
  const form = usePanels((panels) => panels.form);
  return (
    <div className={classes.content}>
      <ActionIcon
        className={classes.close}
        variant="subtle"
        color="gray"
        size={44}
        aria-label={form ? t('app.close') : t('detail.close')}
        onClick={() => (form ? closeForm() : select(undefined))}
      >
        <Icon name="close" />
      </ActionIcon>
      <Suspense fallback={<LoadingNote />}>
        {form ? (
          <IncidentForm start={form.start} />
        ) : selection?.kind === 'incident' ? (
          <IncidentDetail key={selection.id} id={selection.id} />
        ) : selection?.kind === 'unit' ? (
          <UnitDetail key={selection.id} id={selection.id} />
        ) : selection?.kind === 'area' ? (
          <AreaDetail key={selection.code} code={selection.code} />
        ) : selection?.kind === 'place' ? (
          <PlaceDetail key={selection.id} id={selection.id} />
        ) : null}
      </Suspense>
    </div>
  );
}
