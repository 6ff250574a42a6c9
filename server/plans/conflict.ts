import { RondaError } from '../../shared/errors.ts';
import type { EditConflict } from '../../shared/plans/edits.ts';
import type { DonePlanEdit, PlanContent, PlanStep } from '../../shared/schemas/plan.ts';
import { touchedBy } from './edit-check.ts';

/** Codes that a message names before it only counts them. */
const NAMED = 5;

const WHAT: Record<EditConflict['reason'], string> = {
  'zone-gone': 'the zone is no longer there',
  'zone-there': 'the zone is already there',
  'zone-locked': 'the zone is locked',
  'zone-changed': 'the zone was changed meanwhile',
  'areas-moved': 'areas are no longer where this takes them from',
  'weights-changed': 'the weights were changed meanwhile',
};

/**
 * The answer to who sent an edit that can't be done any more: what is in its way, who did that and when.
 * @param content the plan as it is
 * @param done its last edits, the newest first
 */
export function conflictError(conflict: EditConflict, content: PlanContent, done: readonly DonePlanEdit[]): RondaError {
  const { reason, zone, codes = [] } = conflict;
  const named = content.zones.find(({ id }) => id === zone)?.name ?? nameOf(zone, done);
  const about = [named && `zone “${named}”`, codes.length > 0 && listed(codes)].filter(Boolean).join(', ');
  const by = done.find(({ edit }) => concerns(conflict, edit));
  const who = by ? ` ${by.actor} did that on ${by.at} (revision ${by.revision}).` : '';
  const what = `${WHAT[reason]}${about ? ` (${about})` : ''}`;
  return new RondaError(
    'conflict',
    `body.edit can't be done any more: ${what}.${who} Read the edits after yours and repeat what still fits; nothing was stored.`,
    { details: [{ field: 'body.edit', problem: `${reason}: ${what}${by ? `, by ${by.actor}, ${by.at}` : ''}` }] },
  );
}

function concerns({ reason, zone, codes = [] }: EditConflict, edit: DonePlanEdit['edit']): boolean {
  const touched = touchedBy(edit);
  if (reason === 'weights-changed') return touched.weights;
  if (reason === 'zone-locked') return edit.some((step) => locks(step, zone));
  if (codes.length > 0) return codes.some((code) => touched.codes.has(code));
  return zone !== undefined && touched.zones.has(zone);
}

/** Whether a step locks a zone, or makes it locked: other work on it may have come later. */
function locks(step: PlanStep, zone: string | undefined): boolean {
  if (step.kind === 'change') return step.zone === zone && step.after.locked === true;
  return step.kind === 'add' && step.zone.id === zone && step.zone.locked;
}

/** The name of a zone that is gone, as an edit had it that removed it. */
function nameOf(zone: string | undefined, done: readonly DonePlanEdit[]): string | undefined {
  for (const { edit } of done)
    for (const step of edit) if (step.kind === 'remove' && step.zone.id === zone) return step.zone.name;
  return undefined;
}

function listed(codes: readonly string[]): string {
  const more = codes.length - NAMED;
  return codes.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
