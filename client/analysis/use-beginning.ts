import { useEffect } from 'react';
import { addDays } from '../../shared/calendar/days.ts';
import { dayIn, type Zone } from '../../shared/geo/zone.ts';
import type { CountSeries } from '../../shared/schemas/hotspot.ts';
import { useCalendars } from '../api/calendars.ts';
import { countedParams, useTotals } from '../api/hotspots.ts';
import { useView } from '../state/view.ts';
import { beginWith } from './beginning.ts';
import { decodeLink, encodeLink } from './link.ts';
import { offsetOf } from './room-zone.ts';
import { firstSpec, useAnalysis } from './state.ts';

/** How far back a beginning is sought, days. */
const REACH = 730;

/**
 * Sets what the room asks when it is opened: what the link says, else the newest stage of an election that has incidents, else
 * the last weeks. Afterwards keeps the link in step with what is asked.
 */
export function useBeginning(zone: Zone | undefined): void {
  const asked = useAnalysis(({ spec }) => spec !== undefined);
  const link = useView((view) => view.analysis);
  const calendars = useCalendars();
  const open = !asked && link === undefined && zone !== undefined;
  const today = zone && dayIn(zone, Date.now());
  const all = open && today ? { startsOn: addDays(today, -REACH), endsOn: today } : undefined;
  const totals = useTotals(
    all && zone && countedParams({ ...firstSpec(all.endsOn), period: all, baseline: null }, offsetOf(zone)),
    1,
  );
  useEffect(() => {
    if (asked || !today) return;
    const start = firstSpec(today);
    if (link !== undefined) return useAnalysis.getState().set(decodeLink(link, start));
    if (calendars.isLoading || totals.isLoading) return;
    const found =
      calendars.data && totals.data && beginWith(calendars.data, today, countsOf(totals.data, addDays(today, -REACH)));
    useAnalysis.getState().set({ spec: { ...start, ...found } });
  }, [asked, today, link, calendars.isLoading, calendars.data, totals.isLoading, totals.data]);

  useEffect(
    () =>
      useAnalysis.subscribe(({ view, spec }, before) => {
        if (spec && (spec !== before.spec || view !== before.view))
          useView.getState().set({ analysis: encodeLink(view, spec) });
      }),
    [],
  );
}

/** Sums of a daily series that begins on a day (ISO) over spans of days. */
function countsOf({ step, count }: CountSeries, first: string): (span: { startsOn: string; endsOn: string }) => number {
  const days = step.map((index) => addDays(first, index));
  return ({ startsOn, endsOn }) =>
    days.reduce((sum, day, at) => (day >= startsOn && day <= endsOn ? sum + (count[at] ?? 0) : sum), 0);
}
