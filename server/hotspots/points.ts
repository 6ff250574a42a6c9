import type { CountedPoints } from '../../shared/schemas/hotspot.ts';
import { readCursor, writeCursor } from '../database/list-place.ts';
import { type Answers, type Asker, dataVersion } from './answers.ts';
import type { Asked } from './asked.ts';
import { listPoints, tallyAll } from './queries.ts';
import { type Summary, summarise } from './summary.ts';

/** Points of one answer. */
const PAGE = 10_000;
const POINT_BYTES = 200;

/** The counted incidents themselves, a page of them; see `CountedPoints`. Throws `invalid_request` for a cursor of something else. */
export async function listCounted(
  answers: Answers,
  asker: Asker,
  asked: Asked,
  cursor: string | undefined,
): Promise<Omit<CountedPoints, 'period' | 'baseline'>> {
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const { hash } = await dataVersion(asker);
  const sum = async (): Promise<Summary & { asOf: string }> => {
    const asOf = new Date().toISOString();
    return {
      asOf,
      ...summarise(await tallyAll(asker.db, asker.scope, asked), () => true, { coarse: 0, coarseBaseline: 0 }),
    };
  };
  const summary = await answers.get(asker.scope, hash, ['sums', asked], sum, () => 500);
  const read = () => listPoints(asker.db, asker.scope, asked, PAGE + 1, after);
  const rows = await answers.get(asker.scope, hash, ['points', asked, cursor], read, (all) => all.length * POINT_BYTES);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return {
    dataVersion: hash,
    ...summary,
    points: {
      id: page.map(({ id }) => id),
      lon: page.map(({ lon }) => lon),
      lat: page.map(({ lat }) => lat),
      occurredAt: page.map(({ occurredAt }) => occurredAt),
      area: page.map(({ area }) => area),
      accuracyM: page.map(({ accuracyM }) => accuracyM),
      timePrecision: page.map(({ timePrecision }) => timePrecision),
    },
    next: rows.length > PAGE && last ? writeCursor({ time: last.exactly, id: last.id }) : null,
  };
}
