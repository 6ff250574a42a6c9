import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { Plan, PlanReason, PlanVersion, PlanVersionContent, PlanVersions } from '../../shared/schemas/plan.ts';
import type { Bus } from '../events.ts';
import type { Grounds } from './grounds.ts';
import { notFound } from './present.ts';
import { archivePlan, publishPlan, saveVersion } from './publish.ts';
import { findPlan } from './queries.ts';
import { readerSight } from './sight.ts';
import { findVersion, listVersions } from './versions.queries.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const IdAndVersion = Type.Object({
  id: Type.String({ format: 'uuid' }),
  version: Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 }),
});
const reads = { config: { access: 'plan.read' as const } };
const writes = { config: { access: 'plan.write' as const } };

interface Options {
  bus: Bus;
  grounds: Grounds;
  now: () => number;
}

/** Versions of plans, and what becomes of a draft: published, then archived. */
export const versionRoutes: FastifyPluginAsyncTypebox<Options> = async (http, { bus, grounds, now }) => {
  const changed = (id: string) => void bus.emit('plan.changed', { id: id.toLowerCase() });

  http.get(
    '/api/plans/:id/versions',
    {
      ...reads,
      schema: {
        summary: 'The versions of a plan that were saved, the newest first',
        params: Id,
        response: { 200: PlanVersions },
      },
    },
    async (request) => {
      const { id } = request.params;
      if (!(await findPlan(request.db, readerSight(request), id))) throw notFound(id);
      return { versions: await listVersions(request.db, id) };
    },
  );

  http.get(
    '/api/plans/:id/versions/:version',
    {
      ...reads,
      schema: { summary: 'What a plan was in a version', params: IdAndVersion, response: { 200: PlanVersionContent } },
    },
    async (request) => {
      const { id, version } = request.params;
      if (!(await findPlan(request.db, readerSight(request), id))) throw notFound(id);
      const found = await findVersion(request.db, id, version);
      if (!found) throw new RondaError('not_found', `params.version: the plan has no version ${version}.`);
      return found;
    },
  );

  http.post(
    '/api/plans/:id/versions',
    {
      ...writes,
      schema: {
        summary: 'Keep what a draft is now as a version, with why',
        params: Id,
        body: PlanReason,
        response: { 200: PlanVersion },
      },
    },
    async (request) => saveVersion(request, request.params.id, request.body, new Date(now())),
  );

  http.post(
    '/api/plans/:id/publish',
    {
      ...writes,
      schema: {
        summary: 'Publish a draft, which keeps it as a version and as it is; 422 tells what is wrong with it',
        params: Id,
        body: PlanReason,
        response: { 200: Plan },
      },
    },
    async (request) => {
      const plan = await publishPlan(request, grounds, request.params.id, request.body, new Date(now()));
      changed(plan.id);
      return plan;
    },
  );

  http.post(
    '/api/plans/:id/archive',
    {
      ...writes,
      schema: {
        summary: 'Archive a plan that was published',
        params: Id,
        body: PlanReason,
        response: { 200: Plan },
      },
    },
    async (request) => {
      const plan = await archivePlan(request, request.params.id, request.body, new Date(now()));
      changed(plan.id);
      return plan;
    },
  );
};
