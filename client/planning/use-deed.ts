import type { Plan } from '../../shared/schemas/plan.ts';
import { type PlanDeed, usePlanDeed } from '../api/plans.ts';
import { RequestError } from '../api/request.ts';
import { follow } from '../follow.ts';
import { notify } from '../notify.ts';
import { usePlanningTexts } from './words.ts';

/** Does something with plans, and says why when it failed. @param onRefused takes the server's reasons instead of a toast */
export function useDeed() {
  const { t } = usePlanningTexts();
  const { mutateAsync, isPending } = usePlanDeed();
  const run = (deed: PlanDeed, onSuccess: (plan: Plan | undefined) => void, onRefused?: (reasons: string[]) => void) =>
    follow(mutateAsync(deed), onSuccess, (error) => {
      const { status, body } = error instanceof RequestError ? error : { status: 0, body: undefined };
      if (status === 422 && body && onRefused)
        return onRefused(body.details?.map(({ problem }) => problem) ?? [body.message]);
      const told =
        status === 403 ? t('deed.forbidden') : status === 409 || status === 412 ? t('deed.conflict') : undefined;
      const why = told ?? (status >= 400 && status < 500 && body ? body.message : t('deed.failedHint'));
      notify({
        color: 'yellow',
        title: t(status >= 400 && status < 500 ? 'deed.refused' : 'deed.failed'),
        message: why,
      });
    });
  return { run, busy: isPending };
}
