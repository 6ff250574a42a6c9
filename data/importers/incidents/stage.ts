import { areasAtEach } from '../../../server/database/area-lookup.ts';
import type { Db } from '../../../server/database/connection.ts';
import { ZONE_NAMES, zoneOf } from '../../../shared/geo/zone.ts';
import type { AreaHit } from '../../../shared/schemas/area.ts';
import { ImportError } from '../import-error.ts';
import { isGone, thisOwner } from '../owner.ts';
import { Pace } from '../pacing.ts';
import type { IncidentDraft, RowProblem } from './draft.ts';
import {
  beginIncidents,
  forgetIncidents,
  giveUp,
  hiddenIncidents,
  incidentsThere,
  publishIncidents,
  removeIncidents,
  type StagedIncident,
  stageIncidents,
} from './queries.ts';
import { momentOf } from './times.ts';

/** A row that was read, with its lasting id. */
export interface Candidate {
  row: number;
  id: string;
  contentHash: string;
  draft: IncidentDraft;
}

/** What became of a row: its problem when it was refused. */
export type Outcome = 'imported' | 'in no area' | 'known' | 'changed' | RowProblem;

const EARLIEST = Date.UTC(1900, 0, 1);
/** Clocks differ, but nothing is reported before it happens. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** The rows of one file on their way: written in short batches that nobody sees, then made visible by one switch. */
export class IncidentStage {
  readonly #db: Db;
  readonly #zone: string | undefined;
  readonly #now: number;
  readonly #pace = new Pace(50, 1000);
  /** `undefined` when nothing is written. */
  readonly #importId: number | undefined;

  private constructor(db: Db, importId: number | undefined, zone: string | undefined, now: number) {
    this.#db = db;
    this.#importId = importId;
    this.#zone = zone;
    this.#now = now;
  }

  /**
   * Removes what dead imports left, and opens a new one, unless it is a dry run.
   *
   * @param zone time zone of times that do not tell theirs; `undefined`: that of the area they happened in
   * @throws ImportError while another import of the source runs
   */
  static async open(
    db: Db,
    { file, source, zone, now, dryRun }: { file: string; source: string; zone: string | undefined; now: number; dryRun: boolean }, // biome-ignore format: one line
  ): Promise<IncidentStage> {
    if (dryRun) return new IncidentStage(db, undefined, zone, now);
    for (const { id, owner, silent } of await hiddenIncidents(db)) if (isGone(owner, silent)) await remove(db, id);
    const importId = await beginIncidents(db, { fileName: file, source, owner: thisOwner() });
    if (importId === undefined) {
      throw new ImportError(`Another import of the source "${source}" is running: wait until it has ended.`);
    }
    return new IncidentStage(db, importId, zone, now);
  }

  /** How many rows the next batch should have. */
  get batchSize(): number {
    return Math.ceil(this.#pace.size);
  }

  get slowestBatchMs(): number {
    return this.#pace.slowestMs;
  }

  /** Writes rows of ids that are all different. Returns what became of each, in their order. */
  write(candidates: readonly Candidate[]): Promise<Outcome[]> {
    return this.#pace.run(candidates.length, () => this.#write(candidates));
  }

  async #write(candidates: readonly Candidate[]): Promise<Outcome[]> {
    const there = await incidentsThere(this.#db, candidates.map(({ id }) => id)); // biome-ignore format: one line
    const fresh = candidates.filter(({ id }) => !there.has(id));
    const located = await areasAtEach(this.#db, fresh.map(({ draft }) => draft)); // biome-ignore format: one line
    const outcomes = new Map<string, Outcome>();
    const staged: StagedIncident[] = [];
    for (const [index, candidate] of fresh.entries()) {
      const read = this.#complete(candidate, located[index] ?? []);
      if (!('problem' in read)) staged.push(read);
      const outcome = 'problem' in read ? read : read.areaMatch === 'none' ? 'in no area' : 'imported';
      outcomes.set(candidate.id, outcome);
    }
    // Also without rows: it tells others that this import is alive.
    if (this.#importId !== undefined) await stageIncidents(this.#db, this.#importId, staged);
    return candidates.map(({ id, contentHash }) => {
      const hash = there.get(id);
      return outcomes.get(id) ?? (hash === contentHash ? 'known' : 'changed');
    });
  }

  /** Makes all of it visible. */
  async publish(report: unknown): Promise<void> {
    if (this.#importId !== undefined) await publishIncidents(this.#db, this.#importId, report);
  }

  /** Removes what was written; nobody has seen it. */
  async discard(): Promise<void> {
    if (this.#importId !== undefined) await remove(this.#db, this.#importId);
  }

  #complete({ id, contentHash, draft }: Candidate, hits: readonly AreaHit[]): StagedIncident | RowProblem {
    const { ownId, time, reported, ...fields } = draft;
    const areaCodes = hits.map(({ code }) => code);
    const areaMatch = hits.length === 0 ? 'none' : hits.some(({ match }) => match === 'inside') ? 'inside' : 'nearest';
    const own = areaCodes[0];
    const zone = this.#zone ?? (own === undefined ? undefined : ZONE_NAMES[zoneOf(own, draft.lon)]);
    if (zone === undefined && time.offsetMs === undefined) {
      const problem = 'tells no time zone, and its place lies in no imported area; give --zone, or import boundaries';
      return { field: 'time', value: '', problem };
    }
    const occurredAt = momentOf(time, zone ?? 'UTC');
    const reportedAt = reported === null ? occurredAt : momentOf(reported, zone ?? 'UTC');
    for (const [field, moment] of [
      ['time', occurredAt],
      ['reported', reportedAt],
    ] as const) {
      // biome-ignore format: one line
      const value = new Date(moment).toISOString();
      if (moment < EARLIEST) return { field, value, problem: 'is before 1900; correct it' };
      if (moment > this.#now + CLOCK_TOLERANCE_MS) return { field, value, problem: 'is in the future; correct it, or the --zone' }; // biome-ignore format: one line
    }
    return { ...fields, id, contentHash, occurredAt, reportedAt, timePrecision: time.precision, areaCodes, areaMatch };
  }
}

async function remove(db: Db, importId: number): Promise<void> {
  if (!(await giveUp(db, importId))) return;
  const pace = new Pace(50, 1000);
  for (;;) {
    const limit = Math.ceil(pace.size);
    if ((await pace.run(limit, () => removeIncidents(db, importId, limit))) < limit) break;
  }
  await forgetIncidents(db, importId);
}
