import type { OpenPlan } from '../open-plan.ts';
import type { DraftSync } from './sync.ts';

/** A plan that was left before all that was done on it had reached the server. */
export interface Kept {
  open: OpenPlan;
  sync: DraftSync;
}

const kept = new Map<string, Kept & { stop(): void }>();

/**
 * Lets go of a plan that is left. What has not reached the server goes on being sent, whatever room is open; opened again
 * meanwhile, the plan is found as it was left. @param onLost called with the number of edits that can't be sent any more
 */
export function letGo(plan: Kept, onLost: (edits: number) => void): void {
  const { open, sync } = plan;
  const isDone = () => open.draft.state.pending.length === 0 || sync.status.state === 'ended';
  if (isDone()) {
    sync.close();
    return;
  }
  const end = () => {
    if (!isDone()) return;
    takeBack(open.id);
    sync.close();
    const { length } = open.draft.state.pending;
    if (length > 0) onLost(length);
  };
  const stops = [open.draft.subscribe(end), sync.subscribe(end)];
  const stop = () => {
    for (const each of stops) each();
  };
  kept.set(open.id, { open, sync, stop });
  warnOnLeaving();
}

/** A plan that is still being sent, if it is; it belongs to the caller again. */
export function takeBack(id: string): Kept | undefined {
  const found = kept.get(id);
  kept.delete(id);
  found?.stop();
  return found && { open: found.open, sync: found.sync };
}

let isWarning = false;

/** The browser asks before the page is closed while anything waits. */
function warnOnLeaving(): void {
  if (isWarning) return;
  isWarning = true;
  addEventListener('beforeunload', (event) => {
    if (kept.size > 0) event.preventDefault();
  });
  addEventListener('online', () => {
    for (const { sync } of kept.values()) sync.retry();
  });
}
