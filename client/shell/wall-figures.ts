import {
  INCIDENT_STATUSES,
  type IncidentPoint,
  type IncidentStatus,
  OPEN_STATUSES,
} from '../../shared/schemas/incident.ts';

const DAY_MS = 86_400_000;
const FOCUSES = 12;

/** What the wall display counts, of every incident that the page knows, whatever is filtered on the map. */
export interface WallFigures {
  open: number;
  waiting: number;
  lastDay: number;
  byStatus: { status: IncidentStatus; count: number }[];
  /** Codes of the kecamatan with the most open incidents, twelve at most, in the order of their codes. */
  focuses: string[];
}

/** Counts incidents for the wall display. @param now Unix time, ms */
export function wallFigures(points: Iterable<IncidentPoint>, now: number): WallFigures {
  const byStatus = new Map<IncidentStatus, number>();
  const byKecamatan = new Map<string, number>();
  let open = 0;
  let lastDay = 0;
  for (const { status, occurredAt, area } of points) {
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    if (occurredAt > now - DAY_MS) lastDay++;
    if (!OPEN_STATUSES.includes(status)) continue;
    open++;
    const parts = area.split('.');
    const code = parts.slice(0, 3).join('.');
    if (parts.length >= 3) byKecamatan.set(code, (byKecamatan.get(code) ?? 0) + 1);
  }
  return {
    open,
    waiting: byStatus.get('new') ?? 0,
    lastDay,
    byStatus: INCIDENT_STATUSES.map((status) => ({ status, count: byStatus.get(status) ?? 0 })).filter(
      ({ count }) => count > 0,
    ),
    focuses: [...byKecamatan]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .slice(0, FOCUSES)
      .map(([code]) => code)
      .sort(),
  };
}
