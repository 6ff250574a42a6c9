import type { AreaCounts, CountLevel } from '../../shared/schemas/hotspot.ts';
import { type Answers, type Asker, dataVersion } from './answers.ts';
import { type Asked, invalid } from './asked.ts';
import { isInForce } from './in-force.queries.ts';
import { type AreaRow, type Coarse, coarseInAreas, listAreas, tallyByArea } from './queries.ts';
import { type Summary, summarise } from './summary.ts';

/** Areas of one answer. */
const PAGE = 10_000;
/** About what an area takes in memory with all that is told of it, bytes. */
const AREA_BYTES = 250;

/** The areas of a level that an asker is answered with, by code. */
export function areasOf(
  answers: Answers,
  asker: Asker,
  version: string,
  level: CountLevel,
  area: string | null,
): Promise<AreaRow[]> {
  const read = () => listAreas(asker.db, asker.scope, level, area);
  return answers.get(asker.scope, version, ['places', level, area], read, (areas) => areas.length * AREA_BYTES);
}

/** Throws `invalid_request` for an area that is not in force: nothing lies in it, and an empty answer would not say why. */
export async function requireInForce({ db }: Pick<Asker, 'db'>, area: string | null): Promise<void> {
  if (area === null || (await isInForce(db, area))) return;
  throw invalid('area', `${area} is no area in force; look for its code with GET /api/areas?q=`);
}

interface Counted extends Summary {
  asOf: string;
  areas: AreaRow[];
  count: number[];
  baselineCount: number[];
}

/** Counts by area of a level, of a page of the areas; see `AreaCounts`. Throws `invalid_request` for a cursor of something else. */
export async function countAreas(
  answers: Answers,
  asker: Asker,
  asked: Asked,
  level: CountLevel,
  cursor: string | undefined,
): Promise<Omit<AreaCounts, 'period' | 'baseline'>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const { hash, whole } = await countWhole(answers, asker, asked, level);
  const { areas, count: counts, baselineCount, ...summary } = whole;
  const first = after === undefined ? 0 : areas.findIndex(({ code }) => code > after);
  const begin = first < 0 ? areas.length : first;
  const page = areas.slice(begin, begin + PAGE);
  const end = begin + page.length;
  return {
    dataVersion: hash,
    ...summary,
    level,
    areas: {
      ...columnsOf(page),
      count: counts.slice(begin, end),
      baselineCount: baselineCount.slice(begin, end),
    },
    next: end < areas.length ? writeCursor(areas[end - 1]?.code ?? '') : null,
  };
}

/** Counts of every area of a level, of one answer, and the version of the data that they were asked of. */
export async function countAllAreas(
  answers: Answers,
  asker: Asker,
  asked: Asked,
  level: CountLevel,
): Promise<{ dataVersion: string; areas: AreaCounts['areas'] }> {
  const { hash, whole } = await countWhole(answers, asker, asked, level);
  const { areas, count, baselineCount } = whole;
  return { dataVersion: hash, areas: { ...columnsOf(areas), count, baselineCount } };
}

async function countWhole(
  answers: Answers,
  asker: Asker,
  asked: Asked,
  level: CountLevel,
): Promise<{ hash: string; whole: Counted }> {
  const { hash } = await dataVersion(asker);
  const count = async (): Promise<Counted> => {
    const asOf = new Date().toISOString();
    const areas = await areasOf(answers, asker, hash, level, asked.area);
    const [tallies, coarse] = await Promise.all([
      tallyByArea(asker.db, asker.scope, asked, level),
      coarseOf(asker, asked, level, areas),
    ]);
    return { asOf, ...joinCounts(areas, tallies, coarse) };
  };
  const whole = await answers.get(asker.scope, hash, ['areas', level, asked], count, ({ areas }) => areas.length * 20);
  return { hash, whole };
}

/** How many of the incidents that are counted in these areas are coarse. */
export async function coarseOf(
  { db, scope }: Asker,
  asked: Asked,
  level: CountLevel,
  areas: readonly AreaRow[],
): Promise<Coarse> {
  let least = Number.POSITIVE_INFINITY;
  for (const { km2 } of areas) least = Math.min(least, Math.sqrt(km2) * 1_000);
  // A little less: the database has the exact width of each.
  return areas.length > 0 ? coarseInAreas(db, scope, asked, level, least * 0.999) : { coarse: 0, coarseBaseline: 0 };
}

function joinCounts(
  areas: AreaRow[],
  tallies: Awaited<ReturnType<typeof tallyByArea>>,
  coarse: Coarse,
): Omit<Counted, 'asOf'> {
  const byCode = new Map(tallies.map((tally) => [tally.code, tally]));
  const codes = new Set(areas.map(({ code }) => code));
  return {
    ...summarise(tallies, ({ code }) => code !== null && codes.has(code), coarse),
    areas,
    count: areas.map(({ code }) => byCode.get(code)?.counted ?? 0),
    baselineCount: areas.map(({ code }) => byCode.get(code)?.countedBaseline ?? 0),
  };
}

function columnsOf(areas: readonly AreaRow[]): Omit<AreaCounts['areas'], 'count' | 'baselineCount'> {
  return {
    code: areas.map(({ code }) => code),
    name: areas.map(({ name }) => name),
    lon: areas.map(({ lon }) => lon),
    lat: areas.map(({ lat }) => lat),
    km2: areas.map(({ km2 }) => km2),
    households: areas.map(({ households }) => households),
    tps: areas.map(({ tps }) => tps),
  };
}

function writeCursor(code: string): string {
  return Buffer.from(code).toString('base64url');
}

function readCursor(cursor: string): string {
  const code = Buffer.from(cursor, 'base64url').toString('latin1');
  if (/^[\d.]{2,13}(\.RW\d{3}[A-Z]?)?$/.test(code)) return code;
  throw invalid('cursor', 'is not one that this answer gave; begin again without it');
}
