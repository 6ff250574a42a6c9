import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Plan } from '../../shared/schemas/plan.ts';
import type { DraftState } from './draft/draft.ts';
import type { PlanLive, Planner } from './draft/live.ts';
import type { DraftSync } from './draft/sync.ts';
import type { PlanFigures } from './figures.ts';
import type { OpenPlan } from './open-plan.ts';

/** The plan that is open, with everything that keeps it in step with the server. */
export interface Opened {
  /** As it was fetched; title and state follow the server. */
  plan: Plan;
  open: OpenPlan;
  /** Undefined where nothing can be changed. */
  sync: DraftSync | undefined;
  live: PlanLive;
  /** Whether it can be worked on here. */
  editable: boolean;
  /** It was deleted, or may not be seen any more. */
  isGone: boolean;
  /** Others at this plan. */
  planners: readonly Planner[];
}

export const PlanContext = createContext<Opened | undefined>(undefined);

/** The open plan. Throws outside the editor. */
export function useOpened(): Opened {
  const opened = useContext(PlanContext);
  if (!opened) throw new Error('useOpened is used outside PlanContext.');
  return opened;
}

/** The draft of the open plan, as it is now. */
export function useDraft(): DraftState {
  const { draft } = useOpened().open;
  return useSyncExternalStore(draft.subscribe, draft.getState);
}

/** The figures of the open plan; during a stroke new ones with every frame. */
export function useFigures(): PlanFigures {
  const { open } = useOpened();
  return useSyncExternalStore(open.subscribe, open.getFigures);
}
