import type { IncidentCategory, IncidentSource, Severity, TimePrecision } from '../../../shared/schemas/incident.ts';
import type { DemoArea } from '../area/generate.ts';
import { type Random, seededRandom } from '../random.ts';
import { DAY_MS, dayStart, localWeekday, stageAt } from './calendar.ts';
import { hourWeight, type Kind, weekdayWeight } from './kind.ts';
import { KINDS } from './kinds.ts';
import { extraPatrols } from './patrols.ts';
import { findSites, type Site, type Sites } from './sites.ts';
import { lifeOf, type Step } from './workflow.ts';

export const HISTORY_DAYS = 182;

/** One incident of the history. Times in Unix milliseconds. */
export interface DemoIncident extends Site {
  /** UUIDv7 of the time at which it was reported. */
  id: string;
  category: IncidentCategory;
  subcategory: string;
  severity: Severity;
  source: IncidentSource;
  title: string;
  description: string;
  place: string;
  occurredAt: number;
  occurredUntil: number | undefined;
  precision: TimePrecision;
  accuracyM: number;
  steps: Step[];
}

const HOUR = 3_600_000;
/** The hidden hotspot: so many more a day of these kinds within these metres, in its last weeks. */
const HOTSPOT = { kinds: ['curanmor', 'curat'], metres: 190, perDay: 0.55, growing: 1.1, days: 120 };

/**
 * Half a year of incidents up to `now`: daily and weekly rhythm by kind, the election's stages, series of near repeats,
 * one hotspot, and wards in which extra patrols prevent incidents from half way on; nothing in the data names either. A
 * pure function of area, seed and `now`. Sorted by time of report.
 */
export function generateHistory(area: DemoArea, seed: number, now: number): DemoIncident[] {
  const random = seededRandom(seed).fork('history');
  const sites = findSites(area, random.fork('sites'));
  const patrols = extraPatrols(sites, now, random.fork('patrols'));
  const out: DemoIncident[] = [];
  const prevented: { kind: Kind; one: DemoIncident }[] = [];
  // What is prevented takes its random numbers and its repeats with it: the rest of the island is as it would have been.
  const happen = (kind: Kind, at: number, site: Site, isPrevented = false) => {
    if (at >= now - 60_000) return;
    const one = incident(kind, at, site, now, random);
    const stopped = isPrevented || patrols.prevents(kind.subcategory, site.ward, at);
    if (stopped) prevented.push({ kind, one });
    else out.push(one);
    if (random.next() >= (kind.repeats ?? 0)) return;
    const later = at + Math.round((0.3 + random.next() ** 2 * 9) * DAY_MS);
    happen(kind, atHour(kind, dayStart(later), random), sites.near(site, 40 + 180 * random.next()), stopped);
  };
  const today = dayStart(now);
  for (let day = today - HISTORY_DAYS * DAY_MS; day <= today; day += DAY_MS) {
    // A quiet day is quiet for most kinds at once: rain, holidays.
    const mood = Math.exp(random.normal() * 0.12);
    for (const kind of KINDS) {
      const rate = kind.perDay * stageFactor(kind, now, day + DAY_MS / 2) * weekdayWeight(kind, localWeekday(day));
      for (let left = poisson(rate * mood, random); left > 0; left--) {
        happen(kind, atHour(kind, day, random), sites.pick(kind.setting));
      }
    }
    hotspot(day, today, sites, random, happen);
  }
  for (const { kind, one } of prevented) {
    const site = patrols.moved(one);
    if (site) out.push(incident(kind, one.occurredAt, site, now, random));
  }
  for (const { kind, at, site } of patrols.finds()) out.push(incident(kind, at, site, now, random));
  return out.sort((a, b) => reportedAt(a) - reportedAt(b) || (a.id < b.id ? -1 : 1));
}

/** When an incident became known: the first of its steps. */
export function reportedAt({ steps }: DemoIncident): number {
  return steps[0]?.at ?? 0;
}

function hotspot(
  day: number,
  today: number,
  sites: Sites,
  random: Random,
  happen: (kind: Kind, at: number, site: Site) => void,
): void {
  const ago = (today - day) / DAY_MS;
  if (ago > HOTSPOT.days) return;
  const rate = HOTSPOT.perDay + HOTSPOT.growing * (1 - ago / HOTSPOT.days);
  const kinds = KINDS.filter(({ subcategory }) => HOTSPOT.kinds.includes(subcategory));
  for (let left = poisson(rate, random); left > 0; left--) {
    happen(random.pick(kinds), day + random.between(18, 23) * HOUR, sites.near(sites.hidden, HOTSPOT.metres));
  }
}

/** How much more often a kind happens in the stage that `time` falls in; campaigns and tensions rise towards their end. */
function stageFactor(kind: Kind, now: number, time: number): number {
  const stage = stageAt(now, time);
  const factor = stage && kind.inStage?.[stage.key];
  if (!factor) return 1;
  if (stage.key === 'campaign') return factor * (0.45 + 1.1 * stage.progress);
  return stage.key === 'recapitulation' ? factor * (1.6 - 1.4 * stage.progress) : factor;
}

function atHour(kind: Kind, day: number, random: Random): number {
  const hours = Array.from({ length: 24 }, (_, hour): [number, number] => [hour, hourWeight(kind, hour + 0.5)]);
  return Math.round(day + (random.weighted(hours) + random.next()) * HOUR);
}

function incident(kind: Kind, occurredAt: number, site: Site, now: number, random: Random): DemoIncident {
  const severity = random.weighted(kind.severities);
  const source = random.weighted(kind.sources);
  const delay = source === 'patrol' ? random.between(1, 6) : Math.min(2200, 4 + 14 * Math.exp(random.normal() * 1.1));
  const wait = kind.precision === 'day' ? delay * 8 : kind.precision === 'hour' ? delay * 3 : delay;
  const reported = Math.min(now - 30_000, Math.round(occurredAt + wait * 60_000));
  return {
    ...site,
    id: idAt(reported, random),
    category: kind.category,
    subcategory: kind.subcategory,
    severity,
    source,
    title: kind.title,
    description: random.pick(kind.descriptions),
    place: site.street ? `Dekat ${site.street}` : '',
    occurredAt,
    occurredUntil: kind.precision === 'minute' ? undefined : reported,
    precision: kind.precision,
    accuracyM: Math.round(source === 'patrol' ? random.between(5, 15) : random.between(10, 80)),
    steps: lifeOf({ category: kind.category, severity, source, reportedAt: reported }, now, random),
  };
}

/** A UUID of version 7 at a time, its random part from the seed. */
export function idAt(time: number, random: Random): string {
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => Math.floor(random.next() * 16).toString(16)).join('');
  const stamp = time.toString(16).padStart(12, '0');
  const variant = (8 + random.below(4)).toString(16);
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
}

function poisson(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}
