import { Worker } from 'node:worker_threads';
import type { AreaNeighbours, CountLevel } from '../../shared/schemas/hotspot.ts';
import { compiled } from '../compiled.ts';
import type { Db } from '../database/connection.ts';
import { type Answers, type Asker, dataVersion } from './answers.ts';
import { areasOf } from './areas.ts';
import type { OutlineAnswer, OutlineMessage } from './outline-worker.ts';
import { outlinesOf } from './queries.ts';

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
    return { code, ...(await compareOutlines(asker.db, code)) };
  };
  const bytes = (made: Omit<AreaNeighbours, 'version'>) => 48 * made.code.length + 8 * made.neighbour.length;
  return { version, ...(await answers.get(asker.scope, places, ['neighbours', level, area], make, bytes)) };
}

/** Compares outlines in a thread of its own: those of thousands of areas take seconds. */
async function compareOutlines(db: Db, codes: string[]): Promise<Pick<AreaNeighbours, 'start' | 'neighbour'>> {
  if (codes.length === 0) return { start: [0], neighbour: [] };
  const worker = new Worker(compiled('server/hotspots/outline-worker.js'));
  try {
    const answered = new Promise<OutlineAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    // A thread that breaks while outlines are still read is nobody's unhandled error.
    answered.catch(() => {});
    const tell = (message: OutlineMessage) => worker.postMessage(message);
    for await (const part of outlinesOf(db, codes)) tell({ part });
    tell('neighbours');
    const answer = await answered;
    if ('problem' in answer) throw new Error(answer.problem);
    return { start: [...answer.starts], neighbour: [...answer.neighbours] };
  } finally {
    await worker.terminate();
  }
}
