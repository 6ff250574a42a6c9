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
/** The stream that the demonstration is drawn from: one of those in which chance adds little to what was put in. */
const STREAM = 'karang';
/** The hidden hotspot: so many more a day of these kinds within these metres, and ever more, in the last so many days. */
const HOTSPOT = { kinds: ['curanmor', 'curat'], metres: 190, perDay: 0.3, growing: 1.8, days: 91 };

/** Where a history's incidents happen, with what is hidden among them. */
export function historySites(area: DemoArea, seed: number): Sites {
  return findSites(area, seededRandom(seed).fork(STREAM).fork('sites'));
}

/**
 * Half a year of incidents up to `now`: the rhythm of day and week by kind, and the election's stages. A pure function of
 * area, seed and `now`. Sorted by time of report. Hidden in it, and told nowhere in the data:
 *
 * - a hotspot: thefts in the evening within 190 m of a crossing in kelurahan Taman Asri, RW 009 (Contoh Barat), for 13
 *   weeks and ever more, from two a week to two a day. It neither touches the kelurahan with patrols nor their control;
 * - extra patrols (`patrols.ts`) in the kelurahan Alun-Alun, Kamboja and Pasar Lama (Contoh Kota) since the campaign began:
 *   42 % of what eyes on the street prevent does not happen, an eighth of that happens within 900 m instead, and the
 *   patrols find things that nobody else would have reported. Contoh Timur had none;
 * - near repeats: a quarter of the thefts of motorcycles, two fifths of the burglaries and an eighth of the robberies are
 *   followed by another one 40 to 180 m away within a week;
 * - the election: reports about it grow through campaign, quiet period and vote, everywhere.
 *
 * Each incident draws from a stream of its own, by its days before today, its kind and its number: a history that ends on
 * another weekday has a few more of one kind and fewer of another, and is otherwise the same, so that what can be found in
 * it does not hang on the day when the demonstration is loaded.
 */
export function generateHistory(area: DemoArea, seed: number, now: number): DemoIncident[] {
  const random = seededRandom(seed).fork(STREAM);
  const sites = historySites(area, seed);
  const patrols = extraPatrols(sites, now, random.fork('patrols'));
  const out: DemoIncident[] = [];
  const happen: Happen = (kind, at, site, its, isPrevented = false) => {
    if (at >= now - 60_000) return;
    // What is prevented takes its repeats with it.
    const prevented = isPrevented || patrols.prevents(kind.subcategory, site.ward, at, its);
    const where = prevented ? patrols.moved(site, its) : site;
    if (where) out.push(incident(kind, at, where, now, its.fork('words')));
    if (its.next() >= (kind.repeats ?? 0)) return;
    const next = its.fork('repeat');
    const later = at + Math.round((0.3 + next.next() ** 2 * 6.5) * DAY_MS);
    const near = sites.near(site, 40 + 140 * next.next(), next);
    happen(kind, atHour(kind, dayStart(later), next), near, next, prevented);
  };
  const today = dayStart(now);
  for (let ago = HISTORY_DAYS; ago >= 0; ago--) {
    const day = today - ago * DAY_MS;
    const own = random.fork(`day ${ago}`);
    // A quiet day is quiet for most kinds at once: rain, holidays.
    const mood = Math.exp(own.normal() * 0.12);
    for (const kind of KINDS) {
      const rate = kind.perDay * stageFactor(kind, now, day + DAY_MS / 2) * weekdayWeight(kind, localWeekday(day));
      for (const its of streams(rate * mood, own.fork(kind.subcategory))) {
        happen(kind, atHour(kind, day, its), sites.pick(kind.setting, its), its);
      }
    }
    hotspot(day, ago, sites, own.fork('hotspot'), happen);
  }
  for (const { kind, at, site, its } of patrols.finds()) out.push(incident(kind, at, site, now, its));
  return out.sort((a, b) => reportedAt(a) - reportedAt(b) || (a.id < b.id ? -1 : 1));
}

type Happen = (kind: Kind, at: number, site: Site, its: Random, isPrevented?: boolean) => void;

/** A stream for each of as many incidents as Poisson's distribution gives. */
function streams(mean: number, random: Random): Random[] {
  return Array.from({ length: poisson(mean, random) }, (_, n) => random.fork(`${n}`));
}

/** When an incident became known: the first of its steps. */
export function reportedAt({ steps }: DemoIncident): number {
  return steps[0]?.at ?? 0;
}

function hotspot(day: number, ago: number, sites: Sites, random: Random, happen: Happen): void {
  if (ago > HOTSPOT.days) return;
  const rate = HOTSPOT.perDay + HOTSPOT.growing * (1 - ago / HOTSPOT.days);
  const kinds = KINDS.filter(({ subcategory }) => HOTSPOT.kinds.includes(subcategory));
  for (const its of streams(rate, random)) {
    happen(its.pick(kinds), day + its.between(18, 23) * HOUR, sites.near(sites.hidden, HOTSPOT.metres, its), its);
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
