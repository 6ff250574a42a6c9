import { applyEdit, type EditConflict, zoneByCode } from '../../../shared/plans/edits.ts';
import type { Move, PlanContent, PlanEdit, PlanStep } from '../../../shared/schemas/plan.ts';

/** An edit brought onto a content that is not the one it was made for. */
export interface Fitted {
  /** The content with all of it that could be done. */
  content: PlanContent;
  /** That part; empty where nothing could be done. */
  edit: PlanEdit;
  /** What could not be done. */
  left: PlanEdit;
  /** Why not, of the first step of `left`. */
  conflict: EditConflict | undefined;
}

/**
 * Does as much of an edit as still fits: of painted areas those that are where the edit takes them from, of all other
 * steps the whole or nothing. Nothing that somebody else did in between is overwritten.
 */
export function fitEdit(content: PlanContent, edit: PlanEdit): Fitted {
  const whole = applyEdit(content, edit);
  if (whole.ok) return { content: whole.content, edit, left: [], conflict: undefined };
  const fitted: Fitted = { content, edit: [], left: [], conflict: undefined };
  for (const step of edit) {
    const outcome = applyEdit(fitted.content, [step]);
    if (outcome.ok) {
      fitted.content = outcome.content;
      fitted.edit.push(step);
      continue;
    }
    fitted.conflict ??= outcome.conflict;
    if (step.kind === 'assign') fitMoves(fitted, step.moves);
    else fitted.left.push(step);
  }
  return fitted;
}

function fitMoves(fitted: Fitted, moves: readonly Move[]): void {
  const zones = new Map(fitted.content.zones.map((zone) => [zone.id, zone]));
  const zoneOf = zoneByCode(fitted.content);
  const isOpen = (id: string | null) => id === null || zones.get(id)?.locked === false;
  const done: Move[] = [];
  const left: Move[] = [];
  for (const { from, to, codes } of moves) {
    const free = isOpen(from) && isOpen(to);
    const fits = codes.filter((code) => free && (zoneOf.get(code) ?? null) === from);
    const held = new Set(fits);
    const rest = codes.filter((code) => !held.has(code));
    if (rest.length > 0) left.push({ from, to, codes: rest });
    if (fits.length === 0) continue;
    done.push({ from, to, codes: fits });
    for (const code of fits) {
      if (to === null) zoneOf.delete(code);
      else zoneOf.set(code, to);
    }
  }
  if (left.length > 0) fitted.left.push({ kind: 'assign', moves: left });
  if (done.length === 0) return;
  const step: PlanStep = { kind: 'assign', moves: done };
  const outcome = applyEdit(fitted.content, [step]);
  if (!outcome.ok) {
    fitted.left.push(step);
    return;
  }
  fitted.content = outcome.content;
  fitted.edit.push(step);
}
