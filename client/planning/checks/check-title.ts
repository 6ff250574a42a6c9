import type { PlanCheck } from '../../../shared/plans/checks.ts';
import { useOpened } from '../plan-context.ts';
import { usePlanningTexts } from '../words.ts';

/** What a check says, in a line. */
export function useCheckTitle(): (check: PlanCheck) => string {
  const { t } = usePlanningTexts();
  const { open, plan } = useOpened();
  return (check) =>
    t(`check.${check.kind}`, {
      zone: 'zone' in check ? (open.content.zones.find(({ id }) => id === check.zone)?.name ?? '') : '',
      level: t(`level.${plan.level}`),
      count: check.kind === 'apart' ? check.parts.length : check.codes.length,
    });
}
