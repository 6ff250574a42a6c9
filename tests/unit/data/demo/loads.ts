import type { DemoArea } from '../../../../data/demo/area/generate.ts';
import { DEMO_SEED, generateArea } from '../../../../data/demo/area/generate.ts';
import { DAY_MS, dayStart, electionStages, type StageKey } from '../../../../data/demo/history/calendar.ts';
import { type DemoIncident, generateHistory } from '../../../../data/demo/history/generate.ts';
import { COUNTED_STATUSES } from '../../../../shared/schemas/warning.ts';
import type { Neighbours } from '../../../../shared/stats/index.ts';
import { contiguityNeighbours } from '../../../../shared/stats/index.ts';
import { accepted } from '../../stats/outcome.ts';

/** Moments at which somebody might load the demonstration: three weeks of days, at hours of the whole day. */
export const LOADS = Array.from({ length: 21 }, (_, day) => Date.UTC(2026, 5, 10 + day, (day * 5 + 1) % 24, 17));

/** Days of the island, the first and the last one included, and the moments where they begin and end. */
export interface Days {
  startsOn: string;
  endsOn: string;
  from: number;
  to: number;
  length: number;
}

/** What can be found in the demonstration is looked for in it as it is loaded at each of these moments. */
export class Demonstration {
  readonly area: DemoArea = generateArea(DEMO_SEED);
  private readonly histories = new Map<number, { all: DemoIncident[]; counted: DemoIncident[] }>();

  history(now: number): DemoIncident[] {
    return this.of(now).all;
  }

  /** As the room counts: not what is false, doubtful or waiting, nor what patrols found. */
  counted(now: number): DemoIncident[] {
    return this.of(now).counted;
  }

  private of(now: number) {
    const known = this.histories.get(now);
    if (known) return known;
    const all = generateHistory(this.area, DEMO_SEED, now);
    const counted = all.filter(
      ({ source, steps }) => source !== 'patrol' && COUNTED_STATUSES.includes(steps.at(-1)?.status ?? 'new'),
    );
    const made = { all, counted };
    this.histories.set(now, made);
    return made;
  }

  /** Counted incidents of public order within days. */
  order(now: number, { from, to }: Days): DemoIncident[] {
    return this.counted(now).filter(
      ({ category, occurredAt }) => category === 'kamtibmas' && occurredAt >= from && occurredAt < to,
    );
  }

  areas(level: 'desa' | 'rw') {
    const own = this.area.areas.filter((one) => one.level === level);
    const neighbours: Neighbours = accepted(contiguityNeighbours(own.map(({ geometry }) => geometry)));
    const households = own.map(({ code }) =>
      this.area.wards.reduce(
        (sum, ward) => (ward.code === code || ward.code.startsWith(`${code}.`) ? sum + ward.households : sum),
        0,
      ),
    );
    return { codes: own.map(({ code }) => code), neighbours, households: Float64Array.from(households) };
  }

  codeOf(name: string): string {
    return this.area.areas.find((one) => one.name === name && one.level !== 'rw')?.code ?? '?';
  }
}

/** Incidents of each area. */
export function countBy(codes: readonly string[], incidents: readonly DemoIncident[]): Float64Array {
  const counts = new Float64Array(codes.length);
  const index = new Map(codes.map((code, at) => [code, at]));
  for (const { ward } of incidents) {
    const at = index.get(ward) ?? index.get(ward.split('.').slice(0, 4).join('.'));
    if (at !== undefined) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** From so many days before today to so many, that one not included. */
export function daysAgo(now: number, from: number, to: number): Days {
  const today = dayStart(now);
  const iso = (ago: number) => new Date(today - ago * DAY_MS + DAY_MS / 2).toISOString().slice(0, 10);
  return {
    startsOn: iso(from),
    endsOn: iso(to + 1),
    from: today - from * DAY_MS,
    to: today - to * DAY_MS,
    length: from - to,
  };
}

/** The days between two ISO days, both included. */
export function daysOf(now: number, { startsOn, endsOn }: { startsOn: string; endsOn: string }): Days {
  const noon = (day: string) => dayStart(Date.parse(`${day}T04:00:00Z`));
  const ago = (day: string) => Math.round((dayStart(now) - noon(day)) / DAY_MS);
  return daysAgo(now, ago(startsOn), ago(endsOn) - 1);
}

export function stageDays(now: number, key: StageKey): Days {
  const stage = electionStages(now).find((one) => one.key === key);
  if (!stage) throw new Error(`${key} is no stage`);
  return daysOf(now, stage);
}
