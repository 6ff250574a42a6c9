import type { CellCounts, Grid } from '../../shared/schemas/hotspot.ts';
import { type Answers, type Asker, dataVersion } from './answers.ts';
import { type Asked, invalid } from './asked.ts';
import type { OutlineMessage } from './outline-worker.ts';
import { askOutlines } from './outlines.ts';
import { tallyByCell } from './queries.ts';
import { drawnShapes, outlinesOf, widestAreas } from './shapes.queries.ts';
import { summarise } from './summary.ts';

/** Cells whose middles lie in the places of a question, at most. */
const MOST = 50_000;
/** About what a cell takes in memory, bytes. */
const CELL_BYTES = 80;

/** Counts by cell of a grid; see `CellCounts`. Throws `invalid_request` for more cells than 50,000, with a size that fits. */
export async function countCells(
  answers: Answers,
  asker: Asker,
  asked: Asked,
  cell: Pick<Grid, 'shape' | 'metres'>,
): Promise<Omit<CellCounts, 'period' | 'baseline'>> {
  const { hash, places } = await dataVersion(asker);
  const key = [asked.area, cell.shape, cell.metres] as const;
  const fill = () => fillPlaces(asker, asked.area, cell);
  const filled = await answers.get(asker.scope, places, ['cells', ...key], fill, ({ q }) => q.length * 16);
  if ('leastMetres' in filled) {
    const { leastMetres } = filled;
    throw invalid('metres', `makes more than 50,000 cells; the smallest that fits here is ${leastMetres} m`);
  }
  const count = () => tally(asker, asked, filled);
  const bytes = ({ cells }: Counted) => cells.q.length * CELL_BYTES;
  return { dataVersion: hash, ...(await answers.get(asker.scope, hash, ['cells', asked, ...key], count, bytes)) };
}

type Counted = Omit<CellCounts, 'period' | 'baseline' | 'dataVersion'>;

interface Filled {
  grid: Grid;
  q: number[];
  r: number[];
}

/** The cells of a question's places. Cells that hold a counted incident and have their middle outside are beside them. */
async function tally({ db, scope }: Asker, asked: Asked, { grid, q, r }: Filled): Promise<Counted> {
  const asOf = new Date().toISOString();
  const tallies = await tallyByCell(db, scope, asked, grid);
  const nameOf = (column: number, row: number) => `${column},${row}`;
  const places = new Map(q.map((column, at) => [nameOf(column, r[at] ?? 0), at]));
  const cells = { q: [...q], r: [...r], count: q.map(() => 0), baselineCount: q.map(() => 0) };
  const isPlaced = (one: (typeof tallies)[number]) => one.isSomewhere || places.has(nameOf(one.q, one.r));
  const placed = tallies.filter(isPlaced);
  const summary = summarise(tallies, isPlaced, {
    coarse: placed.reduce((sum, { coarse }) => sum + coarse, 0),
    coarseBaseline: placed.reduce((sum, { coarseBaseline }) => sum + coarseBaseline, 0),
  });
  for (const one of placed) {
    if (one.counted + one.countedBaseline === 0) continue;
    const name = nameOf(one.q, one.r);
    const at = places.get(name) ?? cells.q.length;
    if (at === cells.q.length) {
      places.set(name, at);
      cells.q.push(one.q);
      cells.r.push(one.r);
    }
    cells.count[at] = (cells.count[at] ?? 0) + one.counted;
    cells.baselineCount[at] = (cells.baselineCount[at] ?? 0) + one.countedBaseline;
  }
  return { asOf, ...summary, grid, cells };
}

async function fillPlaces(
  { db, scope }: Asker,
  area: string | null,
  grid: Pick<Grid, 'shape' | 'metres'>,
): Promise<Filled | { leastMetres: number; q: [] }> {
  async function* messages(): AsyncGenerator<OutlineMessage> {
    for await (const part of outlinesOf(db, await widestAreas(db, scope, area))) yield { set: 'areas', part };
    const drawn = await drawnShapes(db, scope);
    yield { set: 'drawn', part: drawn };
    if (area !== null && drawn.length > 0)
      for await (const part of outlinesOf(db, [area])) yield { set: 'within', part };
    yield { ask: 'cells', grid, most: MOST };
  }
  const answer = await askOutlines(messages());
  if (answer.kind === 'cells') return answer;
  if (answer.kind === 'too-many') return { leastMetres: answer.leastMetres, q: [] };
  throw new Error(answer.kind === 'refused' ? answer.problem : answer.kind);
}
