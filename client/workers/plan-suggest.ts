import { fixZone } from '../../shared/plans/suggest/fix-zone.ts';
import { suggestZones } from '../../shared/plans/suggest/suggest.ts';
import type { PlanJob, PlanMessage } from './plan-messages.ts';

const TELL_MS = 100;

/** Searches for divisions and for what mends a zone, and says how far it is; who asked ends it with its worker. */
addEventListener('message', ({ data }: MessageEvent<PlanJob>) => {
  try {
    tell(answer(data));
  } catch (error) {
    tell({ error: String(error) });
  }
});

function tell(message: PlanMessage): void {
  postMessage(message);
}

function answer(job: PlanJob): PlanMessage {
  if (job.kind === 'fix') {
    const { ground, zone, locked, zoneOf, workload } = job;
    return {
      fix: fixZone(ground, { zone, zones: locked.length, locked: (at) => locked[at] ?? false, zoneOf, workload }),
    };
  }
  const { ground, zones, seed, free, workload } = job;
  const outcome = suggestZones(ground, { zones, seed, free: (area) => free[area] === 1, workload });
  if (!outcome.ok) return { division: outcome };
  let told = performance.now();
  for (;;) {
    const step = outcome.search.next();
    if (step.done) return { division: { ok: true, value: step.value } };
    if (performance.now() - told < TELL_MS) continue;
    told = performance.now();
    tell({ done: step.value.done });
  }
}
