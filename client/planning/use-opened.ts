import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Plan, PlanBorders, PlanGround } from '../../shared/schemas/plan.ts';
import { fetchEdits, fetchPlan, usePlan, usePlanBorders, usePlanGround } from '../api/plans.ts';
import { RequestError, request } from '../api/request.ts';
import { notify } from '../notify.ts';
import { letGo, takeBack } from './draft/kept.ts';
import { PlanLive, type Planner } from './draft/live.ts';
import { DraftSync } from './draft/sync.ts';
import { OpenPlan } from './open-plan.ts';
import type { Opened } from './plan-context.ts';
import { beginAnew, layDown } from './state.ts';
import { forgetSearch } from './suggest/search.ts';
import { usePlanningTexts } from './words.ts';

/** What stands between a plan and its opening. */
export type Opening = { opened: Opened } | { error: Error; retry(): void } | 'loading';

/** Opens a plan, and keeps it in step with the server until it is left. */
export function useOpening(id: string): Opening {
  const plan = usePlan(id);
  const place = plan.data;
  const ground = usePlanGround(place);
  const borders = usePlanBorders(place);
  const { t } = usePlanningTexts();
  const queries = useQueryClient();
  const [planners, setPlanners] = useState<readonly Planner[]>([]);
  const [state, setState] = useState<{ plan: Plan; open: OpenPlan; sync: DraftSync | undefined; live: PlanLive }>();

  const isReady = plan.data && ground.data && borders.data;
  const frozen = plan.data?.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is opened once is kept in step by its own stream; only another state, or another right to change it, opens it anew.
  useEffect(() => {
    if (!plan.data || !ground.data || !borders.data) return;
    const { title: name, state: openedIn, mayChange } = plan.data;
    const editable = openedIn === 'draft' && mayChange;
    const left = editable ? takeBack(id) : undefined;
    const opened = left?.open ?? openPlan(plan.data, ground.data, borders.data);
    const sync = left?.sync ?? syncOf(opened);
    const renew = () => void queries.invalidateQueries({ queryKey: ['plans'] });
    const live = new PlanLive(id, {
      revision: () => opened.draft.state.revision,
      edits: (edits) => sync.hear(edits),
      planners: setPlanners,
      state(now) {
        if (now !== openedIn) renew();
      },
      status: ({ state: now, ended }) => {
        if (now === 'live') sync.retry();
        if (ended) renew();
      },
      withdrawn: renew,
    });
    const online = () => sync.retry();
    addEventListener('online', online);
    const leaving = (event: BeforeUnloadEvent) => {
      if (opened.draft.state.pending.length > 0) event.preventDefault();
    };
    addEventListener('beforeunload', leaving);
    setState({ plan: plan.data, open: opened, sync: editable ? sync : undefined, live });
    return () => {
      removeEventListener('online', online);
      removeEventListener('beforeunload', leaving);
      live.close();
      letGo({ open: opened, sync }, (count) =>
        notify({ color: 'yellow', autoClose: false, title: name, message: t('editor.frozenLost', { count }) }),
      );
      setState(undefined);
      setPlanners([]);
      layDown();
      forgetSearch();
      // Opened again it begins with what is known here, and is told what came since.
      const known = opened.draft.server;
      queries.setQueryData<Plan>(['plans', 'plan', id], (before) => before && { ...before, ...known });
      void queries.invalidateQueries({ queryKey: ['plans', 'list'] });
    };
  }, [id, isReady !== undefined, frozen, plan.data?.mayChange]);

  useEffect(() => beginAnew, []);

  const isGone = plan.error instanceof RequestError && plan.error.status === 404;
  const opened = useMemo(
    () =>
      state && {
        ...state,
        plan: plan.data ?? state.plan,
        editable: state.sync !== undefined && !isGone,
        isGone,
        planners,
      },
    [state, plan.data, planners, isGone],
  );
  if (opened) return { opened };
  const failed = [plan, ground, borders].find(({ error }) => error);
  if (failed?.error) return { error: failed.error, retry: () => void failed.refetch() };
  return 'loading';
}

function syncOf({ id, draft }: OpenPlan): DraftSync {
  return new DraftSync(draft, {
    post: (edit) => request(`/api/plans/${id}/edits`, { method: 'POST', body: edit }),
    editsAfter: (revision) => fetchEdits(id, revision),
    whole: async () => {
      const whole = await fetchPlan(id);
      return whole.state === 'draft' ? whole : null;
    },
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  });
}

function openPlan(plan: Plan, ground: PlanGround, borders: PlanBorders): OpenPlan {
  return new OpenPlan(plan, ground, borders, {
    newId: () => crypto.randomUUID(),
    onFrame: (callback) => void requestAnimationFrame(callback),
  });
}
