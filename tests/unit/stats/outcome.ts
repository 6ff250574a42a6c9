import type { Outcome, StatsReason } from '../../../shared/stats/result.ts';

/** The value of an outcome; throws what it was refused for. */
export function accepted<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail}`);
  return outcome.value;
}

/** What an outcome was refused for, or undefined when it was not. */
export function refused(outcome: Outcome<unknown>): StatsReason | undefined {
  return outcome.ok ? undefined : outcome.reason;
}
