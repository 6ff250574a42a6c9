import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { fieldError, RondaError } from '../../shared/errors.ts';
import { EMPTY_PLAN } from '../../shared/plans/edits.ts';
import type { NewPlan, Plan, PlanCopy, PlanTitle } from '../../shared/schemas/plan.ts';
import { versionConflict } from '../../shared/version-tag.ts';
import { principalOf } from '../access/context.ts';
import { wholeAreas } from '../access/scope.ts';
import type { Trx } from '../database/connection.ts';
import { canonical, storableText } from '../database/storable.ts';
import { requirePaintable, widest } from './areas.ts';
import { notADraft, notFound, presentPlan } from './present.ts';
import {
  type Change,
  deletePlan,
  findPlan,
  insertPlan,
  type NewRecord,
  type PlanRecord,
  updatePlan,
} from './queries.ts';
import { writerSight } from './sight.ts';

/** A plan that was asked to be made, and whether it is new: the same sent twice makes one. */
export interface Made {
  plan: Plan;
  created: boolean;
}

/**
 * Stores a new plan without zones, once: the same id with the same body gives the stored one, with another body `conflict`.
 * Throws `unprocessable` or `forbidden` for areas that can't be painted.
 */
export async function createPlan(request: FastifyRequest, body: NewPlan, at: Date): Promise<Made> {
  const areas = widest(body.areas);
  await requirePaintable(request.db, wholeAreas(request.scope), body.level, areas, {
    field: 'body.areas',
    code: 'unprocessable',
    each: true,
  });
  const title = textOf(body.title, 'body.title');
  const request_hash = hashOf({ title, level: body.level, areas });
  const record = {
    id: body.id.toLowerCase(),
    title,
    level: body.level,
    areas,
    content: EMPTY_PLAN,
    copied_from: null,
    request_hash,
  };
  const change = changeOf(request, at);
  const created = await request.db.transaction().execute((trx) => insertPlan(trx, record, change));
  return readMade(request, record, created);
}

/** Makes a draft of what a plan is now, once. Throws `not_found` or `forbidden`. */
export async function copyPlan(request: FastifyRequest, id: string, body: PlanCopy, at: Date): Promise<Made> {
  const title = textOf(body.title, 'body.title');
  const request_hash = hashOf({ title, copyOf: id.toLowerCase() });
  const own = { id: body.id.toLowerCase(), title, copied_from: id, request_hash };
  const created = await request.db.transaction().execute(async (trx) => {
    // Locked, or it could be deleted before its copy names it.
    const origin = await findPlan(trx, writerSight(request), id, true);
    if (!origin) return undefined;
    const { level, areas, content } = origin;
    return insertPlan(trx, { ...own, level, areas, content }, changeOf(request, at));
  });
  if (created === undefined) throw await missing(request, id);
  return readMade(request, own, created);
}

/** Gives a draft another title, if it still has the one before. Throws `not_found` or `conflict`. */
export async function renamePlan(
  request: FastifyRequest,
  id: string,
  { before, title }: PlanTitle,
  at: Date,
): Promise<Plan> {
  const text = textOf(title, 'body.title');
  return changePlan(request, id, async (trx, record) => {
    requireDraft(record);
    if (record.title === text) return;
    if (record.title !== before) {
      const problem = `is not its title any more, which is “${record.title}” now; look at that and name it anew`;
      throw fieldError('conflict', 'body.before', problem);
    }
    await updatePlan(trx, id, { title: text }, changeOf(request, at));
  });
}

/** Deletes a draft whose revision is `revision`. Throws `not_found`, `conflict` or `version_conflict`. */
export async function removePlan(request: FastifyRequest, id: string, revision: number, at: Date): Promise<void> {
  const found = await request.db.transaction().execute(async (trx) => {
    const record = await findPlan(trx, writerSight(request), id, true);
    if (!record) return undefined;
    requireDraft(record);
    if (record.revision !== revision) throw versionConflict('plan', record.revision);
    await deletePlan(trx, record, changeOf(request, at));
    return record;
  });
  // Asked after the transaction: the embedded database does not answer another one within it.
  if (!found) throw await missing(request, id);
}

/** Changes a plan that stays locked meanwhile, and gives it as it is then. Throws `not_found`, `forbidden`, and what `apply` throws. */
export async function changePlan(
  request: FastifyRequest,
  id: string,
  apply: (trx: Trx, record: PlanRecord) => Promise<void>,
): Promise<Plan> {
  const sight = writerSight(request);
  const record = await request.db.transaction().execute(async (trx) => {
    const found = await findPlan(trx, sight, id, true);
    if (!found) return undefined;
    await apply(trx, found);
    return findPlan(trx, sight, id);
  });
  if (!record) throw await missing(request, id);
  return presentPlan(record);
}

/** A plan that whoever asks may work on. Throws `not_found` or `forbidden`. */
export async function requirePlan(request: FastifyRequest, id: string): Promise<PlanRecord> {
  const record = await findPlan(request.db, writerSight(request), id);
  if (!record) throw await missing(request, id);
  return record;
}

/** Throws `conflict` for a plan that is published or archived. */
export function requireDraft(record: PlanRecord): void {
  if (record.state !== 'draft') throw notADraft(record);
}

/** Who changes something, and when. */
export function changeOf(request: FastifyRequest, at: Date): Change {
  return { actor: principalOf(request).name, at };
}

/** A text of the body as it is stored. Throws `unprocessable` where nothing is left of it. */
export function textOf(text: string, field: string): string {
  const stored = storableText(text).trim();
  if (stored === '') throw fieldError('unprocessable', field, 'is blank; write some words');
  return stored;
}

/** Who may not work on a plan, but may read it, is told so. */
async function missing(request: FastifyRequest, id: string): Promise<RondaError> {
  const reader = request.within('plan.read');
  const read = reader && wholeAreas(reader.scope);
  const seen = reader && read && (await findPlan(reader.db, { read, write: undefined }, id));
  if (!seen) return notFound(id);
  return new RondaError(
    'forbidden',
    'params.id: the plan reaches beyond where you work on plans; ask who plans there.',
  );
}

/** What was made, or had been by the same request. Throws `conflict` where its id is taken by another plan. */
async function readMade(
  request: FastifyRequest,
  { id, request_hash }: Pick<NewRecord, 'id' | 'request_hash'>,
  created: boolean,
): Promise<Made> {
  const found = await findPlan(request.db, writerSight(request), id);
  if (!found || (!created && found.request_hash !== request_hash)) {
    throw new RondaError('conflict', 'body.id is already the id of another plan; make a new UUIDv7 for this one.', {
      details: [{ field: 'body.id', problem: 'is taken by a plan with another body' }],
    });
  }
  return { plan: presentPlan(found), created };
}

function hashOf(body: object): string {
  return createHash('sha256').update(canonical(body)).digest('hex');
}
