import { Button } from '@mantine/core';
import { Suspense } from 'react';
import { useMay, useMayManage } from '../access/access.ts';
import { openForm } from '../actions.ts';
import { Icon } from '../components/icons.tsx';
import { EmptyNote, LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { lazyPart } from '../lazy-part.ts';
import { activeFilterCount } from '../state/filter.ts';
import { type SheetHeight, usePanels } from '../state/panels.ts';
import { NO_FILTER, useView } from '../state/view.ts';
import { IncidentList } from './incident-list.tsx';
import classes from './operations-panel.module.css';
import { UnitList } from './unit-list.tsx';
import { useCalm } from './use-calm.ts';

const Filters = lazyPart(() => import('./filters.tsx'));
const ExportList = lazyPart(() => import('./export-list.tsx'));
const EarlyWarnings = lazyPart(() => import('./early-warnings.tsx'));

/** The sheet of a phone, high enough to read what was asked for. */
function raised(): SheetHeight {
  const { sheet } = usePanels.getState();
  return sheet === 'low' ? 'half' : sheet;
}

/** The list of the operations room: incidents or units of the map's window, with the filters on top. */
export function OperationsPanel() {
  const { t } = useTexts();
  const tab = usePanels((panels) => panels.leftTab);
  const filters = usePanels((panels) => panels.filters);
  const { set } = usePanels.getState();
  const filter = useView((view) => view.filter);
  const calm = useCalm();
  const mayRead = useMay('incident.read');
  const mayLog = useMay('incident.write');
  const mayExport = useMay('export') && tab === 'incidents' && !filters;
  const active = activeFilterCount(filter) + (filter.hours === NO_FILTER.hours ? 0 : 1);
  if (!mayRead) return <NotOperational />;
  return (
    <>
      <div className={classes.head}>
        <div className={classes.tabs}>
          {(['incidents', 'units'] as const).map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={tab === name && !filters}
              onClick={() => set({ leftTab: name, filters: false, sheet: raised() })}
            >
              {t(name === 'incidents' ? 'list.title' : 'units.title')}
            </button>
          ))}
          <button
            type="button"
            className={classes.filter}
            aria-expanded={filters}
            aria-label={active > 0 ? `${t('filter.open')}, ${t('filter.active', { count: active })}` : t('filter.open')}
            onClick={() => set({ filters: !filters, sheet: raised() })}
          >
            <Icon name="filter" size={18} />
            {t('filter.open')}
            {active > 0 && <b className={classes.badge}>{active}</b>}
          </button>
        </div>
      </div>
      {calm && tab === 'incidents' && !filters && (
        <Suspense>
          <EarlyWarnings />
        </Suspense>
      )}
      {filters ? (
        <div className={classes.scroll}>
          <Suspense fallback={<LoadingNote />}>
            <Filters onDone={() => set({ filters: false })} />
          </Suspense>
        </div>
      ) : tab === 'incidents' ? (
        <IncidentList />
      ) : (
        <UnitList />
      )}
      {(mayLog || mayExport) && (
        <div className={classes.foot}>
          {mayLog && (
            <Button className={classes.grow} size="md" leftSection={<Icon name="plus" />} onClick={() => openForm()}>
              {t('list.log')}
            </Button>
          )}
          {mayExport && (
            <Suspense>
              <ExportList narrow={mayLog} className={mayLog ? undefined : classes.grow} />
            </Suspense>
          )}
        </div>
      )}
    </>
  );
}

/** To administer is not to read what happens: such a role finds its own work instead of the lists. */
function NotOperational() {
  const { t } = useTexts();
  const mayManage = useMayManage();
  return (
    <EmptyNote title={t('list.notYours')}>
      <p>{t('list.notYoursHint')}</p>
      {mayManage && (
        <Button variant="default" onClick={() => useView.getState().set({ admin: 'people' })}>
          {t('action.admin')}
        </Button>
      )}
    </EmptyNote>
  );
}
