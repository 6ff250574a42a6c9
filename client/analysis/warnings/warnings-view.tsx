import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { INCIDENT_CATEGORIES, type IncidentCategory } from '../../../shared/schemas/incident.ts';
import { WARNING_STATES, type WarningState } from '../../../shared/schemas/warning.ts';
import { useRuns, useWarnings } from '../../api/warnings.ts';
import { AreaPicker } from '../../components/area-picker.tsx';
import { EmptyNote, ErrorNote, LoadingNote } from '../../components/state-note.tsx';
import { ToggleChips } from '../../components/toggle-chips.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { MethodLink } from '../methods/method-link.tsx';
import { groupsOf } from './groups.ts';
import { useOpened } from './opened.ts';
import { PrecisionTable } from './precision-table.tsx';
import { RunPanel } from './run-panel.tsx';
import { WarningRow } from './warning-row.tsx';
import { WarningView } from './warning-view.tsx';
import classes from './warnings.module.css';
import { useWarningTexts } from './words.ts';

interface Filter {
  state: WarningState;
  area: string | undefined;
  category: IncidentCategory | undefined;
}

const NO_FILTER: Filter = { state: 'open', area: undefined, category: undefined };

/** Early warning: the matters that the rules tell of, one of them whole, and how often each rule was right. */
export default function WarningsView() {
  const { t } = useWarningTexts();
  const [filter, setFilter] = useState(NO_FILTER);
  const opened = useOpened(({ key }) => key);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useWarnings(filter);
  const groups = groupsOf(data ?? []);
  const runs = useRuns().data;
  const open = groups.find(({ key }) => key === opened);
  if (open) return <WarningView key={open.key} group={open} onBack={() => useOpened.setState({ key: undefined })} />;
  if (runs && !runs.reachesAreas) {
    return (
      <EmptyNote title={t('empty.drawn')}>
        <p>{t('empty.drawnHint')}</p>
      </EmptyNote>
    );
  }
  return (
    <div className={classes.list}>
      <div className={classes.lead}>
        <p>{t('lead')}</p>
        <MethodLink of="warning" />
      </div>
      <RunPanel />
      <FilterBar filter={filter} onChange={setFilter} />
      {!data && (error ? <ErrorNote title={t('failed')} onRetry={refetch} /> : <LoadingNote />)}
      {data && groups.length === 0 && <Nothing filter={filter} onClear={() => setFilter(NO_FILTER)} />}
      {groups.length > 0 && (
        <>
          <p className={classes.count} aria-live="polite">
            {t('count', { count: groups.length })}
          </p>
          <ul className={classes.rows}>
            {groups.map((group) => (
              <WarningRow key={group.key} group={group} onOpen={() => useOpened.setState({ key: group.key })} />
            ))}
          </ul>
        </>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      <PrecisionTable />
    </div>
  );
}

function FilterBar({ filter, onChange }: { filter: Filter; onChange(filter: Filter): void }) {
  const { t } = useWarningTexts();
  const { t: texts } = useTexts();
  return (
    <div className={classes.filter}>
      <ToggleChips
        label={t('state.label')}
        hideLabel
        options={WARNING_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        chosen={[filter.state]}
        onChange={([state = 'open']) => onChange({ ...filter, state })}
        single
      />
      <div className={classes.selects}>
        <NativeSelect
          label={t('category')}
          value={filter.category ?? ''}
          data={[
            { value: '', label: t('allCategories') },
            ...INCIDENT_CATEGORIES.map((value) => ({ value, label: texts(`category.${value}`) })),
          ]}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...filter, category: INCIDENT_CATEGORIES.find((each) => each === value) })
          }
        />
        <AreaPicker value={filter.area} onChange={(area) => onChange({ ...filter, area })} />
      </div>
    </div>
  );
}

/** Nothing to show: because nothing rises, or because it is not known yet. */
function Nothing({ filter, onClear }: { filter: Filter; onClear(): void }) {
  const { t } = useWarningTexts();
  const { data } = useRuns();
  const finished = data?.runs.find(({ state }) => state === 'finished');
  if (filter.area || filter.category) {
    return (
      <EmptyNote title={t('empty.filtered')}>
        <Button variant="default" onClick={onClear}>
          {t('empty.clear')}
        </Button>
      </EmptyNote>
    );
  }
  if (filter.state === 'ended') return <EmptyNote title={t('empty.ended')} />;
  const why = !finished ? 'never' : finished.tooShort ? 'short' : 'open';
  return (
    <EmptyNote title={t(`empty.${why}`)}>
      <p>{t(`empty.${why}Hint`)}</p>
    </EmptyNote>
  );
}
