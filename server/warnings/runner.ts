import { RondaError } from '../../shared/errors.ts';
import type { Zone } from '../../shared/geo/zone.ts';
import type { Scope } from '../access/scope.ts';
import { oldestIncident } from './counts.queries.ts';
import { endWithoutArea } from './ending.ts';
import { allFamilies, type Family, familiesWithin } from './families.ts';
import { doRun, type RunServices } from './run.ts';
import { beginRun, findRun, giveUpDead, lastNights, newestRuns, type RunRecord } from './runs.queries.ts';
import { isQuietHourPast, lastWholeDay } from './weeks.ts';

export interface RunnerOptions extends RunServices {
  /** How long a run may be silent before another server takes it for dead, milliseconds. */
  silentMs?: number;
  /** Called with what ended a run that nobody waits for. */
  onFailure: (error: unknown) => void;
}

const SILENT_MS = 60_000;
/** How long the list of families is taken for what it is: areas are imported seldom, and it is read from thousands. */
const FAMILIES_MS = 60_000;
/** A run that was asked for is not done again for as long as it took, and for this long at least. */
const REST_MS = 60_000;
/** How long after a failure a night's run is tried again. */
const AGAIN_MS = 10 * 60_000;

/** Begins the runs of this server: each zone's at its quiet hour, once among all servers, and those that are asked for. */
export class Runner {
  private readonly options: RunnerOptions;
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();
  private pausedUntil = 0;
  private known: { families: readonly Family[]; at: number } | undefined;

  constructor(options: RunnerOptions) {
    this.options = options;
  }

  /** Every family of the areas in force, as of a minute ago at most. */
  async families(): Promise<readonly Family[]> {
    const at = performance.now();
    if (!this.known || at - this.known.at > FAMILIES_MS)
      this.known = { families: await allFamilies(this.options.db), at };
    return this.known.families;
  }

  /**
   * Does the night's runs that are due and that no other server has begun, one zone after the other. A zone that never had
   * one, as of a server that is new, does not wait for its night. Returns the zones that were done here.
   */
  async look(): Promise<Zone[]> {
    const { db, now, silentMs = SILENT_MS } = this.options;
    if (this.stopping.signal.aborted || now() < this.pausedUntil) return [];
    await giveUpDead(db, silentMs);
    await endWithoutArea(this.options);
    const last = await lastNights(db);
    const done: Zone[] = [];
    const families = await this.families();
    for (const zone of new Set(families.map((family) => family.zone))) {
      const at = now();
      const day = lastWholeDay(at, zone);
      const before = last.get(zone);
      if (before !== undefined && (before >= day || !isQuietHourPast(at, zone))) continue;
      if ((await oldestIncident(db)) === undefined) return done;
      const own = families.filter((family) => family.zone === zone);
      const begin = { cause: 'nightly' as const, zone, lastDay: day, families: null, startedAt: new Date(at) };
      const id = await beginRun(db, begin);
      if (id !== undefined && (await this.run(id, own, false))) done.push(zone);
    }
    return done;
  }

  /**
   * Begins a run over every family that a scope reaches into, or gives the one that is under way, and does not wait for
   * it. Throws `forbidden` where the scope names no areas, `conflict` while a run of other places is under way, and
   * `too_many_requests` when the same places have just been counted: who asks again and again keeps nobody from his run.
   */
  async ask(scope: Scope): Promise<RunRecord> {
    const { db, now, silentMs = SILENT_MS, onFailure } = this.options;
    await giveUpDead(db, silentMs);
    const every = await this.families();
    const families = familiesWithin(scope, every);
    const [first] = families;
    if (!first) {
      throw new RondaError(
        'forbidden',
        'No whole desa or kecamatan lies within your jurisdiction, and early warnings are of whole areas; ask those who hold the area, or have one added to the jurisdiction.',
      );
    }
    const at = now();
    await this.refuseTooSoon(families, at);
    const id = await beginRun(db, {
      cause: 'asked',
      zone: null,
      lastDay: lastWholeDay(at, first.zone),
      families: families.map(({ code }) => code),
      startedAt: new Date(at),
    });
    const run = await findRun(db, id);
    if (id === undefined) {
      if (run && covers(run, families) && !run.finished_at) return run;
      throw new RondaError('conflict', 'A run over other places is under way; ask again when it is done.', {
        retryAfterSeconds: 10,
      });
    }
    this.running = this.run(id, families, families.length < every.length).catch(onFailure);
    if (!run) throw new Error(`run ${id} is gone`);
    return run;
  }

  /** Throws `too_many_requests` where a run over these places was just done. Of what is under way others tell; who failed may try again. */
  private async refuseTooSoon(families: readonly Family[], at: number): Promise<void> {
    const [newest, ...before] = await newestRuns(this.options.db);
    if (!newest || !hasEnded(newest)) return;
    const last = [newest, ...before].find((run) => run.cause === 'asked' && run.finished_at && covers(run, families));
    if (!last?.finished_at) return;
    const begun = last.started_at.getTime();
    const ended = last.finished_at.getTime();
    const left = ended + Math.max(REST_MS, ended - begun) - at;
    if (left <= 0) return;
    throw new RondaError(
      'too_many_requests',
      'These places have just been counted; what came in meanwhile is counted when you ask again a little later.',
      { retryAfterSeconds: Math.ceil(left / 1000) },
    );
  }

  /** Stops what is under way and waits for it: its row says that it was given up. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(id: number, families: readonly Family[], narrow: boolean): Promise<boolean> {
    const doing = doRun(this.options, { id, families, narrow }, this.stopping.signal);
    this.running = doing.catch(() => {});
    try {
      return await doing;
    } catch (error) {
      this.pausedUntil = this.options.now() + AGAIN_MS;
      throw error;
    }
  }
}

function hasEnded({ finished_at, given_up_at }: RunRecord): boolean {
  return finished_at !== null || given_up_at !== null;
}

function covers(run: RunRecord, families: readonly Family[]): boolean {
  return families.every(({ code, zone }) => (run.families ? run.families.includes(code) : run.zone === zone));
}
