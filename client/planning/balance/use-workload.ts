import { useEffect, useState } from 'react';
import { addDays, type DaySpan } from '../../../shared/calendar/days.ts';
import { dayIn, type Zone, zoneOf, zoneOffset } from '../../../shared/geo/zone.ts';
import type { PlanWorkload } from '../../../shared/schemas/plan.ts';
import { usePlanWorkload } from '../../api/plans.ts';
import { serverNow } from '../../state/faults.ts';
import { useOpened } from '../plan-context.ts';
import { usePlanning } from '../state.ts';

/** How long incidents are counted back at first, days. */
const REACH = 90;

interface WorkloadState {
  days: DaySpan;
  isLoading: boolean;
  error: Error | null;
  retry(): void;
}

/** The zone whose days are counted by: that of the plan's areas. */
export function planZone(areas: readonly string[], lon?: number): Zone {
  return zoneOf(areas[0] ?? '', lon);
}

/** What there is in the plan's areas over the days that are chosen, and how its coming stands. */
export function useWorkload(): WorkloadState & { data: PlanWorkload | undefined } {
  const { plan, open } = useOpened();
  const chosen = usePlanning((planning) => planning.days);
  const zone = planZone(plan.areas, open.ground.lon[0]);
  const [today] = useState(() => dayIn(zone, serverNow()));
  const days = chosen ?? { startsOn: addDays(today, 1 - REACH), endsOn: today };
  const offset = `+0${zoneOffset(zone) / 3_600_000}:00`;
  const answer = usePlanWorkload(plan, {
    from: `${days.startsOn}T00:00:00${offset}`,
    to: `${addDays(days.endsOn, 1)}T00:00:00${offset}`,
  });
  return {
    days,
    data: answer.data,
    isLoading: answer.isPending,
    error: answer.data ? null : answer.error,
    retry: () => void answer.refetch(),
  };
}

/**
 * Hands what there is in the areas to the plan, once for the whole room. Answers whether it is of other areas than the plan
 * was opened with: areas were imported meanwhile.
 */
export function useTakenWorkload(): { isOther: boolean } {
  const { open } = useOpened();
  const { data } = useWorkload();
  const [isOther, setOther] = useState(false);
  useEffect(() => {
    if (data) setOther(!open.takeWorkload(data));
  }, [open, data]);
  return { isOther };
}
