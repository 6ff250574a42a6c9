import type { IncidentCategory, IncidentSource, IncidentStatus, Severity } from '../../../shared/schemas/incident.ts';
import type { Random } from '../random.ts';

/** One step of an incident's life. Times in Unix milliseconds. */
export interface Step {
  status: IncidentStatus;
  at: number;
}

const MINUTE = 60_000;
const WAITING_MS = 30 * 60 * MINUTE;

/** Minutes from one status to the next: shortest, usual, longest. */
const DELAYS: Partial<Record<IncidentStatus, readonly [number, number, number]>> = {
  verified: [2, 8, 45],
  assigned: [1, 5, 25],
  en_route: [1, 3, 12],
  on_scene: [4, 12, 40],
  resolved: [10, 45, 360],
  referred: [20, 120, 1400],
  false: [6, 25, 240],
  unverifiable: [60, 300, 2800],
  duplicate: [2, 10, 90],
};

interface Report {
  category: IncidentCategory;
  severity: Severity;
  source: IncidentSource;
  reportedAt: number;
}

/**
 * The steps an incident has gone through by `now`, the first of them `new`. Old ones have ended; those of the last hours
 * may be under way.
 */
export function lifeOf({ category, severity, source, reportedAt }: Report, now: number, random: Random): Step[] {
  const hurry = { low: 1.5, moderate: 1, serious: 0.6, critical: 0.35 }[severity];
  const steps: Step[] = [{ status: 'new', at: reportedAt }];
  let at = reportedAt;
  for (const status of wayOf(category, source, random)) {
    const [shortest, usual, longest] = DELAYS[status] ?? [1, 5, 30];
    const minutes = Math.min(longest, Math.max(shortest, usual * hurry * Math.exp(random.normal() * 0.7)));
    at += Math.round(minutes * MINUTE);
    if (at >= now) break;
    steps.push({ status, at });
  }
  // What came in lately is in part still waiting for somebody.
  const waits = now - reportedAt < WAITING_MS && random.next() < 0.4;
  return waits ? steps.slice(0, 1 + random.below(3)) : steps;
}

function wayOf(category: IncidentCategory, source: IncidentSource, random: Random): IncidentStatus[] {
  if (source === 'patrol') return ['verified', 'on_scene', 'resolved'];
  if (category === 'narkotika') return ['verified', 'referred'];
  if (category === 'pemilu' && random.next() < 0.55) return ['verified', 'referred'];
  const roll = random.next();
  if (roll < 0.05) return ['false'];
  if (roll < 0.09) return ['unverifiable'];
  if (roll < 0.115) return ['duplicate'];
  if (roll < 0.16) return ['verified', 'referred'];
  if (roll < 0.25) return ['verified', 'resolved'];
  return ['verified', 'assigned', 'en_route', 'on_scene', 'resolved'];
}
