import { Button } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { weeksBefore } from '../../../shared/calendar/baseline.ts';
import { lengthOf } from '../../../shared/calendar/days.ts';
import type { ElectionCalendar } from '../../../shared/schemas/election-calendar.ts';
import { useCalendars } from '../../api/calendars.ts';
import { EmptyNote } from '../../components/state-note.tsx';
import { useTexts } from '../../i18n/i18n.ts';
import { useView } from '../../state/view.ts';
import { Choice } from '../choice.tsx';
import { ComputedState } from '../computed-state.tsx';
import { CountedNote } from '../counted-note.tsx';
import { useComparison } from '../figures.ts';
import { valueWords } from '../map/figure-words.ts';
import { legendOf } from '../map/legend-of.ts';
import { MapKey } from '../map/map-key.tsx';
import { MapLegend } from '../map/map-legend.tsx';
import { usePlaceName } from '../parents.ts';
import { PlacesControl } from '../places-control.tsx';
import { useAnalysis } from '../state.ts';
import { useDrawn } from '../use-drawn.ts';
import { useAnalysisTexts } from '../words.ts';
import classes from './compare.module.css';
import { rowsOf } from './rows.ts';
import { SlopeChart } from './slope-chart.tsx';
import { ComparisonTable } from './table.tsx';
import { Whole } from './whole.tsx';

const NONE: readonly ElectionCalendar[] = [];

/** Period against baseline: of all places together, of each in a table in step with the map, and how both lie on it. */
export default function Compare() {
  const { t } = useAnalysisTexts();
  const { language } = useTexts();
  const theme = useView((view) => view.theme);
  const spec = useAnalysis((analysis) => analysis.spec);
  const { data: calendars = NONE } = useCalendars();
  const computed = useComparison();
  const { answer, zone } = computed;
  const comparison = spec?.baseline && answer?.outcome.ok ? answer.outcome.value : undefined;
  const change = comparison?.change;
  const asked = useMemo(() => answer && { ...answer.spec, measure: 'change' as const }, [answer]);
  const nameOf = usePlaceName();
  const tell = useCallback(
    (place: number) =>
      answer && asked && change
        ? `${nameOf(answer.counts, place)} · ${valueWords(change, place, asked, t, language)}`
        : '',
    [answer, asked, change, nameOf, t, language],
  );
  useDrawn(answer?.counts, change, tell);
  const rows = useMemo(() => {
    if (!answer?.spec.baseline || !comparison) return [];
    const days = { period: lengthOf(answer.spec.period), baseline: lengthOf(answer.spec.baseline) };
    return rowsOf(answer.counts, comparison, days);
  }, [answer, comparison]);
  const legend = useMemo(
    () =>
      answer &&
      asked &&
      change &&
      legendOf({ spec: asked, figure: change, incidents: answer.counts.total.period }, { t, language, theme }),
    [answer, asked, change, t, language, theme],
  );
  if (!spec) return null;
  if (!spec.baseline) {
    const { span } = weeksBefore(spec.period, calendars);
    return (
      <EmptyNote title={t('compare.need')}>
        <p>{t('compare.needHint')}</p>
        <Button onClick={() => useAnalysis.getState().ask({ baseline: { ...span, kind: 'weeks-before' } })}>
          {t('compare.choose')}
        </Button>
      </EmptyNote>
    );
  }
  return (
    <div className={classes.view}>
      <div className={classes.controls}>
        <PlacesControl places={spec.places} />
        <Choice
          label={t('map.fdr')}
          value={spec.fdr ? 'fdr' : 'plain'}
          options={[
            { value: 'fdr', label: t('compare.corrected') },
            { value: 'plain', label: t('compare.uncorrected') },
          ]}
          onChange={(value) => useAnalysis.getState().ask({ fdr: value === 'fdr' })}
        />
      </div>
      <ComputedState of={computed} />
      {answer && comparison && legend && (
        <div className={classes.results} data-old={computed.pending || undefined}>
          <Whole spec={answer.spec} counts={answer.counts} comparison={comparison} />
          <SlopeChart spec={answer.spec} counts={answer.counts} rows={rows} />
          <ComparisonTable spec={answer.spec} counts={answer.counts} rows={rows} tested={change?.test?.tested ?? 0} />
          <MapLegend {...legend} method="change" />
          <MapKey {...legend} always />
          {zone && <CountedNote counts={answer.counts} zone={zone} />}
        </div>
      )}
    </div>
  );
}
