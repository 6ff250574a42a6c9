import { parentOfCode } from '../../shared/area-code.ts';
import { RondaError } from '../../shared/errors.ts';
import { type AreaCounts, COUNT_LEVELS, type CountLevel } from '../../shared/schemas/hotspot.ts';
import { EVERYTHING } from '../access/scope.ts';
import type { Db } from '../database/connection.ts';
import { type Answers, type Asker, dataVersion } from './answers.ts';
import { countAllAreas } from './areas.ts';
import { type Asked, invalid } from './asked.ts';
import { type CountTree, suppress } from './suppression.ts';

/** Columns of the areas of an answer. */
export type AreaColumns = AreaCounts['areas'];

/** Areas of a level with their counts, and which of those are hidden. */
export interface PublicCounts {
  areas: AreaColumns;
  hidden: boolean[];
  baselineHidden: boolean[];
}

/** How often counts are read again that changed while they were read. */
const TRIES = 5;

/**
 * Counts of areas, of one state of the data: made anew when that changed meanwhile. Throws `overloaded` when it does not stop
 * changing.
 */
async function ofOneState<Made extends readonly { dataVersion: string }[]>(
  asker: Asker,
  make: () => Promise<Made>,
): Promise<Made> {
  for (let left = TRIES; left > 0; left--) {
    const made = await make();
    // The version is read before the counts: only one that still holds after the last of them is that of all.
    const { hash } = await dataVersion(asker);
    if (made.every(({ dataVersion: version }) => version === hash)) return made;
  }
  throw new RondaError('overloaded', 'The incidents changed again and again while they were counted; try again.', {
    retryAfterSeconds: 5,
  });
}

/** Counts of every area of a level that the asker sees, as they are: areas and counts of one state of the data. */
export async function countForOneself(
  answers: Answers,
  asker: Asker,
  asked: Asked,
  level: CountLevel,
): Promise<AreaColumns> {
  const [{ areas }] = await ofOneState(asker, async () => [await countAllAreas(answers, asker, asked, level)] as const);
  return areas;
}

/**
 * Counts as the public may have them: decided over all areas of all levels together, whoever asks and whatever part of it is
 * asked for, so that files of one question do not contradict each other. Throws `invalid_request` for a baseline that
 * shares days with the period: their difference would be the count of fewer days.
 */
export async function countForPublic(answers: Answers, db: Db, asked: Asked, level: CountLevel): Promise<PublicCounts> {
  const { period, baseline } = asked;
  if (baseline && baseline.from < period.to && period.from < baseline.to)
    throw invalid(
      'baselineFrom',
      'shares days with the period, and differences of public counts tell too much; choose one that shares none',
    );
  const levels = await countLevels(answers, { db, scope: EVERYTHING }, { ...asked, area: null });
  const at = COUNT_LEVELS.indexOf(level);
  const areas = levels[at] as AreaColumns;
  const codes = levels.flatMap(({ code }) => code);
  const first = levels.slice(0, at).reduce((sum, { code }) => sum + code.length, 0);
  const hiddenOf = (of: 'count' | 'baselineCount') => {
    const { tree, provinces } = treeOf(
      codes,
      levels.flatMap((columns) => columns[of]),
    );
    return suppress(tree).hidden.slice(provinces + first, provinces + first + areas.code.length);
  };
  return {
    areas,
    hidden: hiddenOf('count'),
    baselineHidden: baseline ? hiddenOf('baselineCount') : areas.code.map(() => false),
  };
}

/** The areas of all levels, widest first, of one state of the data. */
async function countLevels(answers: Answers, asker: Asker, asked: Asked): Promise<AreaColumns[]> {
  const levels = await ofOneState(asker, async () => {
    const made = [];
    for (const level of COUNT_LEVELS) made.push(await countAllAreas(answers, asker, asked, level));
    return made;
  });
  return levels.map(({ areas }) => areas);
}

/**
 * Areas by their codes, widest first, each within the nearest one that contains it. Provinces are put before them, as many
 * incidents in each as in its parts: what a province has may be known, too.
 */
function treeOf(codes: readonly string[], counts: readonly number[]): { tree: CountTree; provinces: number } {
  const provinces = [...new Set(codes.map((code) => code.slice(0, 2)))];
  const all = [...provinces, ...codes];
  const place = new Map(all.map((code, at) => [code, at]));
  const parent = all.map((code) => {
    let above = parentOfCode(code);
    while (above !== undefined && !place.has(above)) above = parentOfCode(above);
    return above === undefined ? -1 : (place.get(above) ?? -1);
  });
  const count = [...provinces.map(() => 0), ...counts];
  for (const [at, above] of parent.entries()) {
    if (above >= 0 && above < provinces.length) count[above] = (count[above] ?? 0) + (count[at] ?? 0);
  }
  return { tree: { parent, count }, provinces: provinces.length };
}
