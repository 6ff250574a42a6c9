import { Button } from '@mantine/core';
import {
  INCIDENT_CATEGORIES,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  OPEN_STATUSES,
  SEVERITIES,
} from '../../shared/schemas/incident.ts';
import { clearFilter } from '../actions.ts';
import { AreaPicker } from '../components/area-picker.tsx';
import { CategoryIcon } from '../components/marks.tsx';
import { ToggleChips } from '../components/toggle-chips.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { useZone } from '../shell/use-zone.ts';
import { activeFilterCount } from '../state/filter.ts';
import { type IncidentFilter, NO_FILTER, useView } from '../state/view.ts';
import { exactTime } from '../time.ts';
import classes from './filters.module.css';

const HOURS: (number | undefined)[] = [1, 6, 24, 72, 168, 720];
const TIMES = ['h1', 'h6', 'h24', 'h72', 'h168', 'h720', 'all'] as const;

/** What the map, the list and the timeline show; arrivals too. */
export default function Filters({ onDone }: { onDone?: (() => void) | undefined }) {
  const { t, language } = useTexts();
  const filter = useView((view) => view.filter);
  const change = (part: Partial<IncidentFilter>) => useView.getState().set({ filter: { ...filter, ...part } });
  const time = TIMES[HOURS.indexOf(filter.hours)] ?? 'all';
  const openOnly = OPEN_STATUSES.every((status) => filter.statuses.includes(status)) && filter.statuses.length === 5;
  const active = activeFilterCount(filter) > 0 || filter.hours !== NO_FILTER.hours;
  const zone = useZone(filter.area);
  return (
    <section className={classes.filters} aria-label={t('filter.title')}>
      <p className={classes.hint}>{t('filter.applies')}</p>
      <ToggleChips
        label={t('filter.category')}
        options={INCIDENT_CATEGORIES.map((value) => ({
          value,
          label: t(`category.${value}`),
          icon: <CategoryIcon category={value} />,
        }))}
        chosen={filter.categories}
        onChange={(categories) => change({ categories })}
      />
      <ToggleChips
        label={t('filter.severity')}
        options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
        chosen={filter.severities}
        onChange={(severities) => change({ severities })}
      />
      <ToggleChips
        label={t('filter.time')}
        options={TIMES.map((value) => ({ value, label: t(`hours.${value}`) }))}
        chosen={[time]}
        onChange={([value = 'all']) => change({ hours: HOURS[TIMES.indexOf(value)], between: undefined })}
        single
      />
      {filter.between && (
        <Button variant="default" onClick={() => change({ between: undefined })}>
          {t('filter.brushed', {
            from: exactTime(filter.between[0], zone, language),
            to: exactTime(filter.between[1], zone, language),
          })}{' '}
          ✕
        </Button>
      )}
      <ToggleChips
        label={t('filter.status')}
        options={[
          { value: 'open', label: t('filter.openOnly') },
          ...INCIDENT_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
        ]}
        chosen={openOnly ? ['open', ...filter.statuses] : filter.statuses}
        onChange={(chosen) => {
          if (chosen.includes('open') !== openOnly) change({ statuses: openOnly ? [] : [...OPEN_STATUSES] });
          else change({ statuses: INCIDENT_STATUSES.filter((status) => chosen.includes(status)) });
        }}
      />
      <ToggleChips
        label={t('filter.source')}
        options={INCIDENT_SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))}
        chosen={filter.sources}
        onChange={(sources) => change({ sources })}
      />
      <AreaPicker value={filter.area} onChange={(area) => change({ area })} />
      <div className={classes.end}>
        <Button variant="default" disabled={!active} onClick={clearFilter}>
          {t('filter.clear')}
        </Button>
        {onDone && <Button onClick={onDone}>{t('filter.done')}</Button>}
      </div>
    </section>
  );
}
