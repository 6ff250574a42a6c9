import { fieldError, type RondaError } from '../../shared/errors.ts';
import type { PlanEdit, PlanStep, Zone } from '../../shared/schemas/plan.ts';
import { storableText } from '../database/storable.ts';

/**
 * Checks of an edit what its schema does not tell: zones have their areas in order, a change names the same fields before
 * and after, names can be stored as they are. Throws `unprocessable`, naming the field.
 */
export function checkEdit(edit: PlanEdit): void {
  for (const [at, step] of edit.entries()) checkStep(step, `body.edit.${at}`);
}

/** The areas that an edit puts into zones; what it takes out of them may be no area any more. */
export function codesPutIn(edit: PlanEdit): string[] {
  const codes = new Set<string>();
  for (const step of edit) {
    const put =
      step.kind === 'add'
        ? step.zone.codes
        : step.kind === 'assign'
          ? step.moves.flatMap((move) => (move.to === null ? [] : move.codes))
          : [];
    for (const code of put) codes.add(code);
  }
  return [...codes];
}

/** What an edit is about: ids of zones, codes of areas, and whether the weights. */
export interface Touched {
  zones: ReadonlySet<string>;
  codes: ReadonlySet<string>;
  weights: boolean;
}

export function touchedBy(edit: PlanEdit): Touched {
  const zones = new Set<string>();
  const codes = new Set<string>();
  let weights = false;
  for (const step of edit) {
    if (step.kind === 'weights') weights = true;
    else if (step.kind === 'change') zones.add(step.zone);
    else if (step.kind === 'assign') {
      for (const move of step.moves) {
        for (const id of [move.from, move.to]) if (id !== null) zones.add(id);
        for (const code of move.codes) codes.add(code);
      }
    } else {
      zones.add(step.zone.id);
      for (const code of step.zone.codes) codes.add(code);
    }
  }
  return { zones, codes, weights };
}

function checkStep(step: PlanStep, field: string): void {
  if (step.kind === 'add' || step.kind === 'remove') checkZone(step.zone, `${field}.zone`);
  if (step.kind !== 'change') return;
  const [before, after] = [step.before, step.after].map((properties) => Object.keys(properties).sort().join());
  if (before !== after)
    throw wrong(`${field}.before`, `names other fields than after (${after}); name what is replaced`);
  for (const [of, { name }] of [['before', step.before] as const, ['after', step.after] as const])
    checkName(name ?? '', `${field}.${of}.name`);
}

function checkZone({ name, codes }: Zone, field: string): void {
  checkName(name, `${field}.name`);
  const at = codes.findIndex((code, index) => index > 0 && code <= (codes[index - 1] ?? ''));
  if (at > 0)
    throw wrong(`${field}.codes`, `are not in order: ${codes[at]} stands after ${codes[at - 1]}; sort them ascending`);
}

function checkName(name: string, field: string): void {
  if (storableText(name) !== name)
    throw wrong(field, 'has a character that cannot be stored, such as NUL; leave it out');
}

function wrong(field: string, problem: string): RondaError {
  return fieldError('unprocessable', field, problem);
}
