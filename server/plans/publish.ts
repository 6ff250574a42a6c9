import type { FastifyRequest } from 'fastify';
import { type ErrorDetail, RondaError } from '../../shared/errors.ts';
import { assignmentOf } from '../../shared/plans/assignment.ts';
import { checkPlan, type PlanCheck } from '../../shared/plans/checks.ts';
import { type Ground, readGround } from '../../shared/plans/ground.ts';
import type { Plan, PlanContent, PlanReason, PlanVersion } from '../../shared/schemas/plan.ts';
import type { Grounds } from './grounds.ts';
import { note, updatePlan } from './queries.ts';
import { changeOf, changePlan, requireDraft, requirePlan, textOf } from './service.ts';
import { findVersion, insertVersion } from './versions.queries.ts';

/** Areas that a message names before it only counts them. */
const NAMED = 5;

/**
 * Keeps what a draft is now as a version, with why. Sent once more by the same person while nothing was edited, it gives the
 * version that is there. Throws `not_found`, `forbidden` or `conflict`.
 */
export async function saveVersion(
  request: FastifyRequest,
  id: string,
  { reason }: PlanReason,
  at: Date,
): Promise<PlanVersion> {
  const why = textOf(reason, 'body.reason');
  const change = changeOf(request, at);
  let version: PlanVersion | undefined;
  await changePlan(request, id, async (trx, record) => {
    requireDraft(record);
    const last = await findVersion(trx, record.id, record.version);
    const isSame = last?.revision === record.revision && last.reason === why && last.actor === change.actor;
    const number = isSame ? record.version : await insertVersion(trx, record, why, change);
    const saved = await findVersion(trx, record.id, number);
    if (saved) {
      const { content: _, ...rest } = saved;
      version = rest;
    }
  });
  if (!version) throw new Error('a version was neither saved nor refused');
  return version;
}

/**
 * Publishes a draft as it is now, which it stays, and keeps that as a version. Throws `unprocessable` with what is wrong
 * with it, by the rules of the page; `not_found`, `forbidden` or `conflict`.
 */
export async function publishPlan(
  request: FastifyRequest,
  grounds: Grounds,
  id: string,
  { reason }: PlanReason,
  at: Date,
): Promise<Plan> {
  const why = textOf(reason, 'body.reason');
  // Before the plan is locked: a ground takes a second the first time. It does not depend on who edits meanwhile.
  const { level, areas } = await requirePlan(request, id);
  const ground = readGround(await grounds.ground(request.db, level, areas));
  const change = changeOf(request, at);
  return changePlan(request, id, async (trx, record) => {
    requireDraft(record);
    requireSound(record.content, ground);
    const version = await insertVersion(trx, record, why, change);
    await updatePlan(trx, record.id, { state: 'published', published_by: change.actor, published_at: at }, change);
    await note(trx, 'plan.published', record.id, { title: record.title, version, reason: why }, change);
  });
}

/** Ends what was published. Throws `not_found`, `forbidden` or `conflict`. */
export async function archivePlan(
  request: FastifyRequest,
  id: string,
  { reason }: PlanReason,
  at: Date,
): Promise<Plan> {
  const why = textOf(reason, 'body.reason');
  const change = changeOf(request, at);
  return changePlan(request, id, async (trx, record) => {
    if (record.state !== 'published') {
      const what = record.state === 'draft' ? 'a draft; publish or delete it' : 'archived already';
      throw new RondaError('conflict', `The plan is ${what}.`, {
        details: [{ field: 'params.id', problem: `is of a plan that is ${what}` }],
      });
    }
    await updatePlan(trx, record.id, { state: 'archived' }, change);
    await note(trx, 'plan.archived', record.id, { title: record.title, reason: why }, change);
  });
}

/** Throws `unprocessable` for a plan with errors. */
function requireSound(content: PlanContent, ground: Ground): void {
  const errors = checkPlan(ground, assignmentOf(ground, content)).filter(({ severity }) => severity === 'error');
  const problems = errors.map((check) => problemOf(check, content));
  if (ground.size === 0) problems.push('empty: no area is left of what it was painted from');
  if (problems.length === 0) return;
  const details = problems.map((problem): ErrorDetail => ({ field: 'params.id', problem }));
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more, see details)` : '';
  throw new RondaError(
    'unprocessable',
    `The plan can't be published yet: ${problems[0]}${more}. Mend that and publish again.`,
    {
      details,
    },
  );
}

function problemOf(check: PlanCheck, { zones }: PlanContent): string {
  const { kind, codes } = check;
  const zone = 'zone' in check ? zones.find(({ id }) => id === check.zone)?.name : undefined;
  const more = codes.length - NAMED;
  const named = codes.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  switch (kind) {
    case 'gap':
      return `gap: in no zone: ${named}`;
    case 'unknown':
      return `unknown: zone “${zone}” has areas that are no longer there: ${named}`;
    case 'empty':
      return `empty: zone “${zone}” has no areas`;
    default:
      return `${kind}: zone “${zone}”: ${named}`;
  }
}
