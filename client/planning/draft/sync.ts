import type { EditConflict } from '../../../shared/plans/edits.ts';
import type { DonePlanEdit, NewPlanEdit, PlanEdits } from '../../../shared/schemas/plan.ts';
import { RequestError } from '../../api/request.ts';
import type { Confirmed, Draft, Pending } from './draft.ts';

/** How the work stands with the server. `ended`: nothing more can be sent, for a reason. */
export type SyncStatus =
  | { state: 'saved' | 'sending' | 'offline' }
  | { state: 'ended'; why: 'frozen' | 'forbidden' | 'gone' };

/** What sending needs of the world; tests bring their own. */
export interface SyncEnvironment {
  post(edit: NewPlanEdit): Promise<DonePlanEdit>;
  /** Edits after a revision, in their order, and whether there are more of them. */
  editsAfter(revision: number): Promise<PlanEdits>;
  /** The whole plan as it is; null where it is no draft any more. */
  whole(): Promise<Confirmed | null>;
  /** Calls back once after so many milliseconds. Returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;
/** Where the server gives no reason that the page could find itself. */
const UNKNOWN: EditConflict = { reason: 'zone-changed' };

/** Sends the pending edits of a draft one after another, waits where nobody answers, and reads what others did. */
export class DraftSync {
  status: SyncStatus = { state: 'saved' };
  private readonly draft: Draft;
  private readonly environment: SyncEnvironment;
  private readonly stopListening: () => void;
  private readonly listeners = new Set<() => void>();
  private sending = false;
  private reading = false;
  private closed = false;
  private failures = 0;
  private callOff: (() => void) | undefined;

  constructor(draft: Draft, environment: SyncEnvironment) {
    this.draft = draft;
    this.environment = environment;
    this.stopListening = draft.subscribe(() => void this.send());
  }

  subscribe = (callback: () => void): (() => void) => {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  };

  getStatus = (): SyncStatus => this.status;

  /** Takes edits that were heard of; where some are missing they are asked for. */
  hear(edits: readonly DonePlanEdit[]): void {
    if (this.draft.take(edits).missing) void this.catchUp();
  }

  /** Reads what was done since the last edit known, such as after a cut. Where nobody answers, sending tries again. */
  async catchUp(): Promise<void> {
    if (this.reading || this.closed) return;
    this.reading = true;
    try {
      await this.read();
    } catch (error) {
      this.endWhere(error);
    } finally {
      this.reading = false;
    }
  }

  /** Tries at once instead of later. */
  retry(): void {
    this.callOff?.();
    this.callOff = undefined;
    void this.send();
  }

  close(): void {
    this.closed = true;
    this.stopListening();
    this.callOff?.();
  }

  private async read(): Promise<void> {
    const { edits, more } = await this.environment.editsAfter(this.draft.state.revision);
    if (this.closed) return;
    const { missing } = this.draft.take(edits);
    if (!more && !missing) return;
    // So many are not followed one by one.
    const whole = await this.environment.whole();
    if (this.closed) return;
    if (whole) this.draft.replace(whole);
    else this.end('frozen');
  }

  private async send(): Promise<void> {
    if (this.sending || this.closed || this.callOff || this.status.state === 'ended') return;
    this.sending = true;
    try {
      for (let next = this.next; next; next = this.next) {
        if (this.status.state !== 'offline') this.say({ state: 'sending' });
        await this.sendOne(next);
        this.failures = 0;
      }
      this.say({ state: 'saved' });
    } catch (error) {
      if (!this.endWhere(error)) this.pause();
    } finally {
      this.sending = false;
    }
  }

  /** What is to be sent next, while anything can be. */
  private get next(): Pending | undefined {
    return this.closed || this.status.state === 'ended' ? undefined : this.draft.state.pending[0];
  }

  private async sendOne(next: NewPlanEdit): Promise<void> {
    try {
      const done = await this.environment.post({ id: next.id, edit: next.edit });
      if (this.draft.take([done]).missing) await this.read();
      // One whose answer did not come was done long ago: what is known holds it, whatever it was followed by.
      this.draft.settle(next.id);
    } catch (error) {
      if (!(error instanceof RequestError) || ![400, 409, 413, 422].includes(error.status)) throw error;
      await this.read();
      const whole = error.status === 409 ? await this.environment.whole() : undefined;
      if (whole === null) this.end('frozen');
      else this.draft.refuse(next.id, UNKNOWN);
    }
  }

  /** Whether it is one that no waiting helps against. */
  private endWhere(error: unknown): boolean {
    if (!(error instanceof RequestError)) return false;
    if (error.status === 403 || error.status === 401) this.end('forbidden');
    else if (error.status === 404 || error.status === 410) this.end('gone');
    return this.status.state === 'ended';
  }

  private end(why: 'frozen' | 'forbidden' | 'gone'): void {
    this.say({ state: 'ended', why });
  }

  private pause(): void {
    if (this.closed) return;
    this.say({ state: 'offline' });
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.failures++);
    this.callOff = this.environment.after(ms, () => {
      this.callOff = undefined;
      void this.send();
    });
  }

  private say(status: SyncStatus): void {
    // What has ended stays so, whatever was on its way.
    if (this.status.state === 'ended' || JSON.stringify(status) === JSON.stringify(this.status)) return;
    this.status = status;
    for (const listener of this.listeners) listener();
  }
}
