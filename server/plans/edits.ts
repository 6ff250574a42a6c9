import type { FastifyRequest } from 'fastify';
import { fieldError, RondaError } from '../../shared/errors.ts';
import { applyEdit } from '../../shared/plans/edits.ts';
import { type DonePlanEdit, MOST_ZONES, type NewPlanEdit } from '../../shared/schemas/plan.ts';
import { containsCode } from '../access/scope.ts';
import type { Trx } from '../database/connection.ts';
import { canonical } from '../database/storable.ts';
import { notInForce } from './areas.queries.ts';
import { conflictError } from './conflict.ts';
import { checkEdit, codesPutIn } from './edit-check.ts';
import { findEdit, insertEdit, lastEdits } from './edits.queries.ts';
import { type PlanRecord, updatePlan } from './queries.ts';
import { changeOf, changePlan, requireDraft } from './service.ts';

/** How far back it is looked for who did what is in the way. */
const LOOKED_BACK = 500;

/**
 * Does an edit to a draft, once: the same id with the same edit gives what was done. Throws `unprocessable` for one that is
 * wrong in itself, `conflict` for one that can't be done any more, or to a plan that is no draft.
 */
export async function doEdit(
  request: FastifyRequest,
  planId: string,
  { id, edit }: NewPlanEdit,
  at: Date,
): Promise<DonePlanEdit> {
  checkEdit(edit);
  let done: DonePlanEdit | undefined;
  await changePlan(request, planId, async (trx, record) => {
    const before = await findEdit(trx, record.id, id);
    if (before && canonical(before.edit) !== canonical(edit)) throw taken();
    done = before ?? (await apply(request, trx, record, { id: id.toLowerCase(), edit }, at));
  });
  if (!done) throw new Error('an edit was neither done nor refused');
  return done;
}

async function apply(
  request: FastifyRequest,
  trx: Trx,
  record: PlanRecord,
  { id, edit }: NewPlanEdit,
  at: Date,
): Promise<DonePlanEdit> {
  requireDraft(record);
  await requireOwnAreas(trx, record, codesPutIn(edit));
  const outcome = applyEdit(record.content, edit);
  if (!outcome.ok) throw conflictError(outcome.conflict, record.content, await lastEdits(trx, record.id, LOOKED_BACK));
  if (outcome.content.zones.length > MOST_ZONES) {
    const problem = `makes ${outcome.content.zones.length} zones, more than the ${MOST_ZONES} of a plan; remove some first`;
    throw fieldError('unprocessable', 'body.edit', problem);
  }
  const change = changeOf(request, at);
  const revision = record.revision + 1;
  await insertEdit(trx, record.id, { id, revision, edit }, change);
  await updatePlan(trx, record.id, { content: outcome.content, revision }, change);
  return { revision, id, actor: change.actor, at: at.toISOString(), edit };
}

/** Throws `unprocessable` for areas that the plan is not painted from. */
async function requireOwnAreas(trx: Trx, { level, areas }: PlanRecord, codes: readonly string[]): Promise<void> {
  const own = { everything: false, codes: areas, jurisdictions: [] };
  const beyond = codes.filter((code) => !containsCode(own, code));
  const foreign = beyond.length > 0 ? beyond : await notInForce(trx, level, codes);
  if (foreign.length === 0) return;
  const named = foreign.slice(0, 5).join(', ') + (foreign.length > 5 ? ` and ${foreign.length - 5} more` : '');
  throw fieldError(
    'unprocessable',
    'body.edit',
    `puts ${named} into a zone, which is no ${level} of this plan; leave it out`,
  );
}

function taken(): RondaError {
  return new RondaError('conflict', 'body.id is already the id of another edit of this plan; make a new UUIDv7.', {
    details: [{ field: 'body.id', problem: 'is taken by another edit' }],
  });
}
