import { createRandom } from '../../stats/random.ts';
import type { Ground } from '../ground.ts';
import { flip, recombine } from './anneal.ts';
import { Division } from './division.ts';
import { drawZones } from './draw.ts';
import { type Region, regionOf } from './region.ts';
import { TreeCutter } from './tree.ts';

export interface SuggestionAsked {
  /** How many zones to make of what is free: a whole number from 1. */
  zones: number;
  /** A whole number; the same one gives the same suggestion. */
  seed: number;
  /** Whether each area of the ground may be divided: those of locked zones may not. */
  free: (area: number) => boolean;
  /** Of each area of the ground, 0 or more, by `areaWorkload`. */
  workload: Float64Array;
}

/** Why there is no suggestion. */
export type SuggestRefusal =
  /** Nothing is free. */
  | 'no-areas'
  /** Not a whole number from 1. */
  | 'no-zones'
  /** More zones than free areas. */
  | 'too-many-zones'
  /** Nothing that is weighed is in what is free: another period, or other weights, are needed. */
  | 'no-workload';

/** Where the search is, told every few hundredths of a second of work. */
export interface SuggestProgress {
  phase: 'drawing' | 'recombining' | 'refining';
  /** Of the whole search, from 0 to 1. */
  done: number;
  /** The division that it has now: the new zone of each area of the ground, from 0; −1 for what is not free, or not drawn yet. */
  zoneOf: Int32Array;
}

export interface Suggestion {
  /** The new zone of each area of the ground, from 0, each in use; −1 for what is not free. */
  zoneOf: Int32Array;
  /**
   * Areas, by index, that no border joins to the zone that they are in, because they are too small for one of their own:
   * islands, and what locked zones cut off. `to` is the area they were put with, the nearest one.
   */
  linked: { areas: number[]; to: number }[];
  /** Areas that have more workload than a zone's even share, so that their zone can't but be above the mean. */
  oversized: number[];
}

export type SuggestOutcome =
  | { ok: true; search: Generator<SuggestProgress, Suggestion, void> }
  | { ok: false; reason: SuggestRefusal };

/** Recombinations for each zone, and flips for each area. */
const RECOMBINATIONS = 300;
const FLIPS = 1_500;
/** Temperatures of the annealing, in units of what is said against a division: the first and the last of each phase. */
const RECOMBINING = [0.5, 0.02] as const;
const REFINING = [0.3, 0.005] as const;
/** How much is done between two reports: areas looked at by recombinations, and flips. */
const AREAS_AT_ONCE = 10_000;
const FLIPS_AT_ONCE = 10_000;
/** What the phases take of the time, more or less. */
const SHARE = { drawing: 0.05, recombining: 0.45, refining: 0.5 };

/**
 * Divides what is free into zones that are connected, compact and have about the same workload: cut along random trees at
 * first, then improved by recombining neighbouring zones and by single areas that change over at borders, both under
 * simulated annealing. The search is a generator: who runs it stops it by no longer asking.
 */
export function suggestZones(ground: Ground, asked: SuggestionAsked): SuggestOutcome {
  const free = ground.code.flatMap((_, area) => (asked.free(area) ? [area] : []));
  if (free.length === 0) return { ok: false, reason: 'no-areas' };
  if (!Number.isInteger(asked.zones) || asked.zones < 1) return { ok: false, reason: 'no-zones' };
  if (asked.zones > free.length) return { ok: false, reason: 'too-many-zones' };
  if (!free.some((area) => (asked.workload[area] ?? 0) > 0)) return { ok: false, reason: 'no-workload' };
  return { ok: true, search: search(ground, asked) };
}

function* search(
  ground: Ground,
  { zones, seed, free, workload }: SuggestionAsked,
): Generator<SuggestProgress, Suggestion, void> {
  const region = regionOf(ground, free, workload, zones);
  const random = createRandom(seed);
  const cutter = new TreeCutter(region, random);
  const zoneOf = new Int32Array(region.size).fill(-1);
  const report = (phase: SuggestProgress['phase'], before: number, done: number): SuggestProgress => ({
    phase,
    done: before + SHARE[phase] * done,
    zoneOf: onGround(ground, region, zoneOf),
  });
  for (const drawn of drawZones(region, cutter, zoneOf)) yield report('drawing', 0, drawn / zones);
  const division = new Division(region, zones, zoneOf);
  const recombinations = zones > 1 ? RECOMBINATIONS * zones : 0;
  for (let step = 0, looked = 0; step < recombinations; step++) {
    looked += recombine(division, cutter, random, cooled(RECOMBINING, step / recombinations));
    if (looked < AREAS_AT_ONCE) continue;
    looked = 0;
    yield report('recombining', SHARE.drawing, step / recombinations);
  }
  const flips = zones > 1 ? FLIPS * region.size : 0;
  for (let step = 0; step < flips; step++) {
    if (step % FLIPS_AT_ONCE === 0) yield report('refining', SHARE.drawing + SHARE.recombining, step / flips);
    flip(division, random, cooled(REFINING, step / flips));
  }
  return {
    zoneOf: onGround(ground, region, zoneOf),
    // A link that a border between zones runs through joins nothing.
    linked: region.linked
      .filter(({ from, to }) => zoneOf[from] === zoneOf[to])
      .map(({ areas, from, to }) => ({
        areas: areas.filter((one) => zoneOf[one] === zoneOf[from]).map((one) => region.area[one] ?? 0),
        to: region.area[to] ?? 0,
      })),
    oversized: [...region.area].filter((area) => (workload[area] ?? 0) > region.target),
  };
}

/** The zone of each area of the ground. */
function onGround(ground: Ground, region: Region, zoneOf: Int32Array): Int32Array {
  const all = new Int32Array(ground.size).fill(-1);
  for (const [index, area] of region.area.entries()) all[area] = zoneOf[index] ?? -1;
  return all;
}

function cooled([first, last]: readonly [number, number], done: number): number {
  return first * (last / first) ** done;
}
