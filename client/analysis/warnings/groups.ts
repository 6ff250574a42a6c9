import { addDays, daysBetween } from '../../../shared/calendar/days.ts';
import type { EarlyWarning } from '../../../shared/schemas/warning.ts';

/** What several rules say of one area and category: one matter, told once. */
export interface WarningGroup {
  readonly key: string;
  /** The surest first. */
  readonly warnings: readonly [EarlyWarning, ...EarlyWarning[]];
}

/** Warnings of one area, category and state together, in the order of their first. */
export function groupsOf(warnings: readonly EarlyWarning[]): WarningGroup[] {
  const groups = new Map<string, [EarlyWarning, ...EarlyWarning[]]>();
  for (const warning of warnings) {
    // Two that ended are of one rise only where they ended together.
    const key = `${warning.area.code} ${warning.category} ${warning.endedAt ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(warning);
    else groups.set(key, [warning]);
  }
  return [...groups].map(([key, group]) => ({ key, warnings: group.sort((a, b) => a.p - b.p) }));
}

/** The earliest day that any of the rules saw the rise begin on. */
export function sinceOf({ warnings }: WarningGroup): string {
  return warnings.map(({ since }) => since).sort()[0] ?? warnings[0].since;
}

/** Whole weeks from a day to the last one that was counted, both included. */
export function weeksSince(since: string, lastDay: string): number {
  return Math.max(1, Math.round(daysBetween(since, addDays(lastDay, 1)) / 7));
}

/** The words that say that a warning ended, and why. */
export function endingKey({ endReason }: Pick<EarlyWarning, 'endReason'>): 'ended' | 'endedGone' {
  return endReason === 'not-in-force' ? 'endedGone' : 'ended';
}
