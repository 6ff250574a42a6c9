import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  DonePlanEdit,
  NewPlan,
  NewPlanEdit,
  PLAN_STATES,
  Plan,
  PlanCopy,
  PlanEdits,
  PlanList,
  PlanTitle,
} from '../../shared/schemas/plan.ts';
import { IfMatch, readIfMatch } from '../../shared/version-tag.ts';
import type { Bus } from '../events.ts';
import { editsAfter } from './edits.queries.ts';
import { doEdit } from './edits.ts';
import { notFound, presentPlan, presentSummary } from './present.ts';
import { findPlan, listPlans } from './queries.ts';
import { copyPlan, createPlan, type Made, removePlan, renamePlan } from './service.ts';
import { readerSight } from './sight.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
/** Longest list of plans, and of edits. */
const MOST = 500;
/** Largest edit, bytes: that of a plan of the most areas, whose zones are all replaced. */
const EDIT_BYTES = 2 * 1024 * 1024;
const reads = { config: { access: 'plan.read' as const } };
const writes = { config: { access: 'plan.write' as const } };

/** Plans of patrol zones: what each is now, and the edits that made it. Seen by whoever reaches all of its areas. */
export const planRoutes: FastifyPluginAsyncTypebox<{ bus: Bus; now: () => number }> = async (http, { bus, now }) => {
  const changed = (id: string) => void bus.emit('plan.changed', { id: id.toLowerCase() });
  const made = ({ plan, created }: Made) => ({
    status: created ? (201 as const) : (200 as const),
    headers: { etag: `"${plan.revision}"`, location: `/api/plans/${plan.id}` },
  });

  http.get(
    '/api/plans',
    {
      ...reads,
      schema: {
        summary: `The ${MOST} plans that were changed last; drafts for who works on them`,
        querystring: Type.Object({ state: Type.Optional(Type.Enum(PLAN_STATES)) }, { additionalProperties: false }),
        response: { 200: PlanList },
      },
    },
    async (request) => {
      const records = await listPlans(request.db, readerSight(request), request.query.state, MOST + 1);
      return { plans: records.slice(0, MOST).map(presentSummary), more: records.length > MOST };
    },
  );

  http.post(
    '/api/plans',
    {
      ...writes,
      schema: {
        summary: 'Make a plan, a draft without zones, once however often it is sent',
        body: NewPlan,
        response: { 200: Plan, 201: Plan },
      },
    },
    async (request, reply) => {
      const answer = await createPlan(request, request.body, new Date(now()));
      const { status, headers } = made(answer);
      return reply.status(status).headers(headers).send(answer.plan);
    },
  );

  http.get(
    '/api/plans/:id',
    {
      ...reads,
      schema: { summary: 'A plan with its revision as ETag', params: Id, response: { 200: Plan } },
    },
    async (request, reply) => {
      const record = await findPlan(request.db, readerSight(request), request.params.id);
      if (!record) throw notFound(request.params.id);
      return reply.header('etag', `"${record.revision}"`).send(presentPlan(record));
    },
  );

  http.patch(
    '/api/plans/:id',
    {
      ...writes,
      schema: { summary: 'Give a draft another title', params: Id, body: PlanTitle, response: { 200: Plan } },
    },
    async (request, reply) => {
      const plan = await renamePlan(request, request.params.id, request.body, new Date(now()));
      return reply.header('etag', `"${plan.revision}"`).send(plan);
    },
  );

  http.delete(
    '/api/plans/:id',
    {
      ...writes,
      schema: {
        summary: 'Delete a draft whose revision If-Match names',
        headers: IfMatch,
        params: Id,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await removePlan(request, request.params.id, readIfMatch(request.headers['if-match']), new Date(now()));
      changed(request.params.id);
      return reply.status(204).send(null);
    },
  );

  http.post(
    '/api/plans/:id/copy',
    {
      ...writes,
      schema: {
        summary: 'Make a draft of what a plan is now, once however often it is sent',
        params: Id,
        body: PlanCopy,
        response: { 200: Plan, 201: Plan },
      },
    },
    async (request, reply) => {
      const answer = await copyPlan(request, request.params.id, request.body, new Date(now()));
      const { status, headers } = made(answer);
      return reply.status(status).headers(headers).send(answer.plan);
    },
  );

  http.post(
    '/api/plans/:id/edits',
    {
      ...writes,
      bodyLimit: EDIT_BYTES,
      schema: {
        summary:
          'Do an edit to a draft, all of it or nothing, once however often it is sent; 409 says who did what is in its way',
        params: Id,
        body: NewPlanEdit,
        response: { 200: DonePlanEdit },
      },
    },
    async (request) => {
      const done = await doEdit(request, request.params.id, request.body, new Date(now()));
      changed(request.params.id);
      return done;
    },
  );

  http.get(
    '/api/plans/:id/edits',
    {
      ...reads,
      schema: {
        summary: `Edits of a plan after a revision, the oldest first: at most ${MOST}, fewer of large ones`,
        params: Id,
        querystring: Type.Object(
          { after: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })) },
          { additionalProperties: false },
        ),
        response: { 200: PlanEdits },
      },
    },
    async (request) => {
      const { id } = request.params;
      const plan = await findPlan(request.db, readerSight(request), id);
      if (!plan) throw notFound(id);
      const edits = await editsAfter(request.db, id, request.query.after ?? 0, MOST);
      const last = edits.at(-1)?.revision;
      return { edits, more: last !== undefined && last < plan.revision };
    },
  );
};
