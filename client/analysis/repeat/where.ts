import type { AreaSummary } from '../../../shared/schemas/area.ts';
import { placeName, type Texts } from '../map/figure-words.ts';
import type { Counts } from '../places.ts';

/** What lies in the middle of a cluster; without a name it is asked for. */
export interface Place {
  code: string;
  name?: string | undefined;
}

/** A place among which clusters were searched, named as everywhere in the room. @param at index among the areas counted */
export function searchedPlace(counts: Extract<Counts, { areas: unknown }>, at: number, t: Texts): Place {
  return { code: counts.areas.code[at] ?? '', name: placeName(counts, at, t) };
}

/** An area by its name, an RW with its desa: each desa has an RW 001. */
export function areaName({ name, level, path }: Pick<AreaSummary, 'name' | 'level' | 'path'>): string {
  return level === 'rw' && path[0] ? `${name}, ${path[0]}` : name;
}
