import type { AreaNeighbours, CountLevel } from '../../shared/schemas/hotspot.ts';
import { type Answers, type Asker, dataVersion } from './answers.ts';
import { areasOf } from './areas.ts';
import type { OutlineMessage } from './outline-worker.ts';
import { askOutlines } from './outlines.ts';
import { outlinesOf } from './shapes.queries.ts';

/** Which of the areas of an answer touch each other; see `AreaNeighbours`. */
export async function neighboursOf(
  answers: Answers,
  asker: Asker,
  level: CountLevel,
  area: string | null,
): Promise<AreaNeighbours> {
  const { areas: version, places } = await dataVersion(asker);
  // Incidents come and go, and the areas stay where they are.
  const make = async () => {
    const code = (await areasOf(answers, asker, places, level, area)).map((one) => one.code);
    return { code, ...(await compare(asker, code)) };
  };
  const bytes = (made: Omit<AreaNeighbours, 'version'>) => 48 * made.code.length + 8 * made.neighbour.length;
  return { version, ...(await answers.get(asker.scope, places, ['neighbours', level, area], make, bytes)) };
}

async function compare({ db }: Asker, codes: string[]): Promise<Pick<AreaNeighbours, 'start' | 'neighbour'>> {
  if (codes.length === 0) return { start: [0], neighbour: [] };
  async function* messages(): AsyncGenerator<OutlineMessage> {
    for await (const part of outlinesOf(db, codes)) yield { set: 'areas', part };
    yield { ask: 'neighbours' };
  }
  const answer = await askOutlines(messages());
  if (answer.kind !== 'neighbours') throw new Error(answer.kind === 'refused' ? answer.problem : answer.kind);
  return { start: [...answer.starts], neighbour: [...answer.neighbours] };
}
