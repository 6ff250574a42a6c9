import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { openForm } from '../actions.ts';
import { Icon } from '../components/icons.tsx';
import { LoadingNote } from '../components/state-note.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { activeFilterCount } from '../state/filter.ts';
import { type SheetHeight, usePanels } from '../state/panels.ts';
import { NO_FILTER, useView } from '../state/view.ts';
import { IncidentList } from './incident-list.tsx';
import classes from './operations-panel.module.css';
import { UnitList } from './unit-list.tsx';

const Filters = lazy(() => import('./filters.tsx'));

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
  const active = activeFilterCount(filter) + (filter.hours === NO_FILTER.hours ? 0 : 1);
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
      <div className={classes.foot}>
        <Button fullWidth size="md" leftSection={<Icon name="plus" />} onClick={() => openForm()}>
          {t('list.log')}
        </Button>
      </div>
    </>
  );
}
