import { RondaError } from '../../shared/errors.ts';
import type { Plan, PlanSummary } from '../../shared/schemas/plan.ts';
import type { PlanRecord, SummaryRecord } from './queries.ts';

/** A plan as the list shows it. */
export function presentSummary(record: SummaryRecord): PlanSummary {
  const { copied_from: origin, copied_title: title, published_at: publishedAt } = record;
  return {
    id: record.id,
    title: record.title,
    level: record.level,
    areas: record.areas,
    state: record.state,
    revision: record.revision,
    version: record.version,
    zoneCount: record.zone_count,
    copiedFrom: origin !== null && title !== null ? { id: origin, title } : null,
    createdBy: record.created_by,
    createdAt: record.created_at.toISOString(),
    updatedBy: record.updated_by,
    updatedAt: record.updated_at.toISOString(),
    publishedBy: record.published_by,
    publishedAt: publishedAt?.toISOString() ?? null,
    mayChange: record.may_change,
  };
}

/** A plan as a whole. */
export function presentPlan(record: PlanRecord): Plan {
  return { ...presentSummary(record), content: record.content };
}

/** The answer to who asks for a plan that does not exist, or that is not to be seen by him. */
export function notFound(id: string): RondaError {
  return new RondaError('not_found', `params.id: there is no plan ${id}.`);
}

/** The answer to who would change a plan that is no draft any more. */
export function notADraft({ state }: Pick<PlanRecord, 'state'>): RondaError {
  return new RondaError(
    'conflict',
    `The plan is ${state} and stays as it is; work on a copy of it (POST /api/plans/:id/copy).`,
    { details: [{ field: 'params.id', problem: `is of a plan that is ${state}` }] },
  );
}
