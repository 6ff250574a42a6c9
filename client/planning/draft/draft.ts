import { type EditConflict, inverseOf } from '../../../shared/plans/edits.ts';
import type { DonePlanEdit, PlanContent, PlanEdit } from '../../../shared/schemas/plan.ts';
import { fitEdit } from './fit.ts';

/** Undone and done steps that are remembered. */
const MOST_UNDO = 200;
/** Edits of others that are remembered, to say who was first. */
const MOST_REMEMBERED = 500;

/** An edit that the server has not confirmed. */
export interface Pending {
  id: string;
  edit: PlanEdit;
}

/** Own work that others' work left no room for. */
export interface Clash {
  id: string;
  /** What was not done, or taken off again. */
  left: PlanEdit;
  conflict: EditConflict;
  /** Who was first, as far as it is known here. */
  by: { actor: string; at: string } | undefined;
}

/** What the server holds. */
export interface Confirmed {
  content: PlanContent;
  revision: number;
}

/** What can be seen of a draft; a new one with every change. */
export interface DraftState {
  /** What is shown: what the server holds, with the edits it has not confirmed. */
  content: PlanContent;
  revision: number;
  /** Edits not confirmed, in their order. */
  pending: readonly Pending[];
  /** Newest last; until they are read. */
  clashes: readonly Clash[];
  canUndo: boolean;
  canRedo: boolean;
}

/**
 * The work on one draft: what is done shows at once, waits until the server has it, and is brought onto what others did
 * meanwhile. It speaks to nobody: `DraftSync` sends what is pending.
 */
export class Draft {
  state: DraftState;
  private confirmed: Confirmed;
  private pending: Pending[] = [];
  private clashes: Clash[] = [];
  private undoable: PlanEdit[] = [];
  private redoable: PlanEdit[] = [];
  private others: DonePlanEdit[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly newId: () => string;

  /** @param newId makes the UUID of an edit */
  constructor(confirmed: Confirmed, newId: () => string) {
    this.confirmed = confirmed;
    this.newId = newId;
    this.state = this.see(confirmed.content);
  }

  /** Calls back after every change. Returns the way to stop it. */
  subscribe = (callback: () => void): (() => void) => {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  };

  getState = (): DraftState => this.state;

  /** What the server holds, as far as it is known here. */
  get server(): Confirmed {
    return this.confirmed;
  }

  /** Does an edit; what of it does not fit is not done, and why is answered. Undone steps can't be done again then. */
  do(edit: PlanEdit): EditConflict | undefined {
    const { done, conflict } = this.put(edit);
    if (done.length > 0) {
      this.remember(this.undoable, done);
      this.redoable = [];
    }
    this.show();
    return conflict;
  }

  /** Takes the last step back, as far as it is still as it was left. Answers why not all of it. */
  undo(): EditConflict | undefined {
    return this.turn(this.undoable, this.redoable);
  }

  /** Does the last undone step again, as far as it still fits. Answers why not all of it. */
  redo(): EditConflict | undefined {
    return this.turn(this.redoable, this.undoable);
  }

  /**
   * Takes edits that the server has done, of others and our own, in their order; those known already change nothing.
   * Answers whether some before them are missing: then these are not taken either.
   */
  take(edits: readonly DonePlanEdit[]): { missing: boolean } {
    let { content, revision } = this.confirmed;
    let missing = false;
    const before = revision;
    for (const done of edits) {
      missing ||= done.revision > revision + 1;
      if (done.revision !== revision + 1) continue;
      content = fitEdit(content, done.edit).content;
      revision = done.revision;
      const own = this.pending.findIndex(({ id }) => id === done.id);
      if (own >= 0) this.pending.splice(own, 1);
      else this.others.push(done);
    }
    if (revision === before) return { missing };
    this.others = this.others.slice(-MOST_REMEMBERED);
    this.confirmed = { content, revision };
    this.rebase();
    return { missing };
  }

  /** Takes what the server holds, when there were too many edits to follow one by one. */
  replace(confirmed: Confirmed): void {
    if (confirmed.revision < this.confirmed.revision) return;
    this.confirmed = confirmed;
    this.rebase();
  }

  /** The server has done a pending edit, and it is in what is known of the server: it waits no more. */
  settle(id: string): void {
    const at = this.pending.findIndex((each) => each.id === id);
    if (at < 0) return;
    this.pending.splice(at, 1);
    this.rebase();
  }

  /**
   * The server refused a pending edit. What of it fits what the server holds is done again, under a new id; the rest is
   * told as a clash. Nothing else that is pending is lost. @param conflict why, where the page finds no reason itself
   */
  refuse(id: string, conflict: EditConflict): void {
    const at = this.pending.findIndex((each) => each.id === id);
    const refused = this.pending[at];
    if (!refused) return;
    const before = this.pending
      .slice(0, at)
      .reduce((content, { edit }) => fitEdit(content, edit).content, this.confirmed.content);
    const { edit, left, conflict: found } = fitEdit(before, refused.edit);
    // Where all of it fits by our own reckoning, the server knows better: sent again it would be refused for ever.
    const again = left.length > 0 && edit.length > 0 ? [{ id: this.newId(), edit }] : [];
    this.pending.splice(at, 1, ...again);
    this.clash(left.length > 0 ? left : refused.edit, found ?? conflict);
    this.rebase();
  }

  /** A clash has been read. */
  forget(id: string): void {
    this.clashes = this.clashes.filter((clash) => clash.id !== id);
    this.show();
  }

  private turn(from: PlanEdit[], to: PlanEdit[]): EditConflict | undefined {
    const last = from.pop();
    if (!last) return undefined;
    const { done, conflict } = this.put(inverseOf(last));
    if (done.length > 0) this.remember(to, done);
    this.show();
    return conflict;
  }

  private put(edit: PlanEdit): { done: PlanEdit; conflict: EditConflict | undefined } {
    const fitted = fitEdit(this.state.content, edit);
    if (fitted.edit.length > 0) this.pending.push({ id: this.newId(), edit: fitted.edit });
    this.state = { ...this.state, content: fitted.content };
    return { done: fitted.edit, conflict: fitted.conflict };
  }

  private remember(stack: PlanEdit[], edit: PlanEdit): void {
    stack.push(edit);
    if (stack.length > MOST_UNDO) stack.shift();
  }

  /**
   * Brings what is pending onto what the server holds now. What no longer fits keeps its id all the same: it may have
   * arrived, and the server says what becomes of it.
   */
  private rebase(): void {
    this.show(this.pending.reduce((content, { edit }) => fitEdit(content, edit).content, this.confirmed.content));
  }

  private clash(left: PlanEdit, conflict: EditConflict): void {
    const codes = new Set(codesOf(left));
    const first = this.others.findLast(({ edit }) => codesOf(edit).some((code) => codes.has(code)));
    const other =
      first ?? this.others.findLast(({ edit }) => conflict.zone !== undefined && names(edit, conflict.zone));
    this.clashes = [
      ...this.clashes,
      { id: this.newId(), left, conflict, by: other && { actor: other.actor, at: other.at } },
    ];
  }

  private show(content = this.state.content): void {
    this.state = this.see(content);
    for (const listener of this.listeners) listener();
  }

  private see(content: PlanContent): DraftState {
    return {
      content,
      revision: this.confirmed.revision,
      pending: [...this.pending],
      clashes: this.clashes,
      canUndo: this.undoable.length > 0,
      canRedo: this.redoable.length > 0,
    };
  }
}

/** Every area that an edit moves. */
export function codesOf(edit: PlanEdit): string[] {
  return edit.flatMap((step) => {
    if (step.kind === 'assign') return step.moves.flatMap(({ codes }) => codes);
    return step.kind === 'add' || step.kind === 'remove' ? step.zone.codes : [];
  });
}

function names(edit: PlanEdit, zone: string): boolean {
  return edit.some((step) => {
    if (step.kind === 'assign') return step.moves.some(({ from, to }) => from === zone || to === zone);
    if (step.kind === 'change') return step.zone === zone;
    return step.kind !== 'weights' && step.zone.id === zone;
  });
}
