import { dayIn } from '../../shared/geo/zone.ts';
import type { ElectionStage } from '../../shared/schemas/stage.ts';

const DAY_MS = 86_400_000;

/** The stage of a moment, the next one, and how many whole days remain. Days are those of WITA, the middle of the three zones. */
export function stageAt(
  stages: readonly ElectionStage[],
  now: number,
): { current: ElectionStage | undefined; next: ElectionStage | undefined; daysLeft: number } {
  const today = dayIn('WITA', now);
  const current = stages.filter(({ startsOn, endsOn }) => startsOn <= today && today <= endsOn).at(-1);
  const next = stages.find(({ startsOn }) => startsOn > today);
  const daysLeft = current ? Math.round((Date.parse(current.endsOn) - Date.parse(today)) / DAY_MS) : 0;
  return { current, next, daysLeft };
}
