import { Worker } from 'node:worker_threads';
import { RondaError } from '../../shared/errors.ts';
import type { PlanGround, PlanLevel } from '../../shared/schemas/plan.ts';
import { ByteCache } from '../byte-cache.ts';
import { compiled } from '../compiled.ts';
import type { Db } from '../database/connection.ts';
import { type ReadyBody, readyBody } from '../ready-body.ts';
import { Turns } from '../turns.ts';
import { areasVersion, cityShapes, groundRows, namesOf } from './ground.queries.ts';
import { kecamatanOf } from './ground-body.ts';
import type { GroundAnswer, GroundMessage } from './ground-worker.ts';

/** Memory for answers, bytes. */
const CACHE_BYTES = 64 * 1024 * 1024;
/** How often a ground is read anew because an import came between. */
const TRIES = 3;

/** What is answered about a ground. */
export interface GroundBodies {
  ground: ReadyBody;
  borders: ReadyBody;
  size: number;
}

/** What plans are painted from, kept until areas are imported. It is the same for everybody: boundaries are open to all. */
export class Grounds {
  readonly #cache = new ByteCache<GroundBodies>(CACHE_BYTES);
  /** Each thread has all outlines of a ground in memory. */
  readonly #turns = new Turns(
    { atOnce: 2, waiting: 20 },
    'Too many grounds of plans are being worked out at this moment; try again.',
  );

  /** The answers about a ground. Throws `overloaded` where too many wait. */
  async bodies(db: Db, level: PlanLevel, areas: readonly string[]): Promise<GroundBodies> {
    for (let left = TRIES; left > 0; left--) {
      const version = await areasVersion(db);
      const key = `${version} ${level} ${areas.join()}`;
      try {
        return await this.#cache.getOrMake(key, () => this.#turns.take(() => make(db, level, areas, version)));
      } catch (error) {
        if (!(error instanceof ImportedMeanwhile)) throw error;
      }
    }
    throw new RondaError('overloaded', 'Areas are being imported; try again when they are.', { retryAfterSeconds: 10 });
  }

  /** The ground itself, to judge a plan by. */
  async ground(db: Db, level: PlanLevel, areas: readonly string[]): Promise<PlanGround> {
    const { ground } = await this.bodies(db, level, areas);
    return JSON.parse(ground.body.toString()) as PlanGround;
  }
}

/** What was read is partly of the areas before an import. */
class ImportedMeanwhile extends Error {}

/** In a thread of its own: a province's outlines take seconds. */
async function make(db: Db, level: PlanLevel, areas: readonly string[], version: number): Promise<GroundBodies> {
  const worker = new Worker(compiled('server/plans/ground-worker.js'));
  try {
    const answered = new Promise<GroundAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    // A thread that breaks while outlines are still read is nobody's unhandled error.
    answered.catch(() => {});
    const send = (message: GroundMessage) => worker.postMessage(message);
    const rows = await groundRows(db, level, areas);
    const codes = rows.map(({ code }) => code);
    for await (const part of cityShapes(db, codes)) send({ part });
    const kecamatanName = await namesOf(db, [...new Set(codes.map(kecamatanOf))]);
    if ((await areasVersion(db)) !== version) throw new ImportedMeanwhile();
    send({ facts: { version: String(version), rows, kecamatanName } });
    const answer = await answered;
    const [ground, borders] = [
      readyBody(Buffer.from(answer.ground), version),
      readyBody(Buffer.from(answer.borders), version),
    ];
    return { ground, borders, size: ground.size + borders.size };
  } finally {
    await worker.terminate();
  }
}
