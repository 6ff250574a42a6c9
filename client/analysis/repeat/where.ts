import { levelOfCode } from '../../../shared/area-code.ts';
import type { AreaSummary } from '../../../shared/schemas/area.ts';

/** What lies in the middle of a cluster; without a name it is asked for. */
export interface Place {
  code: string;
  name?: string | undefined;
}

/** Those that are named with their desa, whose name is asked for meanwhile. */
export function namedWithDesa(places: readonly Place[]): { key: string }[] {
  return places.flatMap(({ code, name }) => (name !== undefined && levelOfCode(code) === 'rw' ? [{ key: code }] : []));
}

/** An area by its name, an RW with its desa: each desa has an RW 001. */
export function areaName({ name, level, path }: Pick<AreaSummary, 'name' | 'level' | 'path'>): string {
  return level === 'rw' && path[0] ? `${name}, ${path[0]}` : name;
}
