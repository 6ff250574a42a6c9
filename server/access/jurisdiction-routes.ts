import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { fieldError, RondaError } from '../../shared/errors.ts';
import { RowId } from '../../shared/schemas/fields.ts';
import {
  Jurisdiction,
  JurisdictionFeature,
  JurisdictionSummary,
  NewJurisdiction,
} from '../../shared/schemas/jurisdiction.ts';
import type { Trx } from '../database/connection.ts';
import { requireAdministrator } from './account-routes.ts';
import { appendAudit } from './audit.queries.ts';
import { type AccessContext, principalOf } from './context.ts';
import { findReaches, lockAdministration, type Reach } from './grants.queries.ts';
import {
  deleteJurisdiction,
  findJurisdiction,
  jurisdictionFeature,
  listJurisdictions,
  parentsOf,
  storeJurisdiction,
} from './jurisdictions.queries.ts';
import { polygonFault } from './polygon-check.ts';
import { covers, noJurisdiction } from './reach.ts';
import { containsCode, type Scope } from './scope.ts';
import { requireStepUp } from './step-up.ts';

const Id = Type.Object({ id: RowId });
const signedIn = { config: { access: 'signed-in' as const } };
const manages = { config: { access: 'access.manage' as const } };

/** Jurisdictions: dated sets of areas and polygons. Whoever is signed in may know them; boundaries are no secret. */
export const jurisdictionRoutes: FastifyPluginAsyncTypebox<{ context: AccessContext }> = async (http, { context }) => {
  const { db, bus, now } = context;

  const found = async (id: number): Promise<Jurisdiction> => {
    const jurisdiction = await findJurisdiction(db, id);
    if (!jurisdiction) throw noJurisdiction(id, 'params.id');
    return jurisdiction;
  };
  /** Changes jurisdictions and writes it down; explains what the database refuses. */
  const change = async (
    request: FastifyRequest,
    action: string,
    detail: Record<string, unknown>,
    apply: (trx: Trx) => Promise<number>,
  ): Promise<number> => {
    await requireStepUp(context, principalOf(request));
    const actor = principalOf(request).name;
    const id = await db
      .transaction()
      .execute(async (trx) => {
        const changed = await apply(trx);
        const at = new Date(now());
        await appendAudit(trx, { at, actor, action, subject: `jurisdiction:${changed}`, detail });
        return changed;
      })
      .catch(explain);
    bus.emit('jurisdictions.changed', { id });
    bus.emit('access.changed');
    return id;
  };
  /** Lets only those change a jurisdiction who administer all of it. Tells how far it reaches until now. */
  const requireManaged = async ({ scope }: FastifyRequest, id: number): Promise<Reach> => {
    const reach = (await findReaches(db, [id])).get(id);
    if (!reach) throw noJurisdiction(id, 'params.id');
    if (!covers(scope, reach)) throw tooWide('params.id');
    return reach;
  };

  http.get(
    '/api/jurisdictions',
    {
      ...signedIn,
      schema: {
        summary: 'Every jurisdiction, without its parts',
        response: { 200: Type.Object({ jurisdictions: Type.Array(JurisdictionSummary) }) },
      },
    },
    async () => ({ jurisdictions: await listJurisdictions(db) }),
  );

  http.get(
    '/api/jurisdictions/:id',
    { ...signedIn, schema: { summary: 'A jurisdiction with its parts', params: Id, response: { 200: Jurisdiction } } },
    async ({ params }) => found(params.id),
  );

  http.get(
    '/api/jurisdictions/:id/geometry',
    {
      ...signedIn,
      schema: {
        summary: 'Where a jurisdiction is today: a GeoJSON Feature',
        params: Id,
        response: { 200: JurisdictionFeature },
      },
    },
    async ({ params }) => {
      const feature = await jurisdictionFeature(db, params.id, new Date(now()));
      if (!feature) throw noJurisdiction(params.id, 'params.id');
      return feature;
    },
  );

  http.post(
    '/api/jurisdictions',
    { ...manages, schema: { summary: 'Make a jurisdiction', body: NewJurisdiction, response: { 201: Jurisdiction } } },
    async (request, reply) => {
      checkJurisdiction(request.body, request.scope);
      await checkParent(request.body.parentId, undefined);
      const id = await change(request, 'jurisdiction.created', summaryOf(request.body), (trx) =>
        storeJurisdiction(trx, undefined, request.body),
      );
      return reply.status(201).send(await found(id));
    },
  );

  http.put(
    '/api/jurisdictions/:id',
    {
      ...manages,
      schema: {
        summary: 'Change a jurisdiction: all of it',
        params: Id,
        body: NewJurisdiction,
        response: { 200: Jurisdiction },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { everything } = await requireManaged(request, id);
      checkJurisdiction(request.body, request.scope);
      await checkParent(request.body.parentId, id);
      await change(request, 'jurisdiction.changed', summaryOf(request.body), async (trx) => {
        if (everything) await lockAdministration(trx);
        await storeJurisdiction(trx, id, request.body);
        if (everything) await requireAdministrator(trx, new Date(now()));
        return id;
      });
      return found(id);
    },
  );

  http.delete(
    '/api/jurisdictions/:id',
    {
      ...manages,
      schema: { summary: 'Remove a jurisdiction that no grant ever named', params: Id, response: { 204: Type.Null() } },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { everything } = await requireManaged(request, id);
      await change(request, 'jurisdiction.removed', {}, async (trx) => {
        if (everything) await lockAdministration(trx);
        await deleteJurisdiction(trx, id);
        if (everything) await requireAdministrator(trx, new Date(now()));
        return id;
      });
      return reply.status(204).send(null);
    },
  );

  async function checkParent(parentId: number | null | undefined, own: number | undefined): Promise<void> {
    if (parentId === null || parentId === undefined) return;
    const above = await parentsOf(db, parentId);
    if (above.length === 0) throw noJurisdiction(parentId, 'body.parentId');
    if (own !== undefined && above.includes(own))
      throw unfit('body.parentId', 'is beneath this jurisdiction; choose another');
  }
};

/** Throws `unprocessable` or `forbidden`, naming the part and, of a polygon, the place of the fault. */
function checkJurisdiction({ everything, parts }: NewJurisdiction, scope: Scope): void {
  if (everything && parts.length > 0) throw unfit('body.parts', 'are of no use beside everything; leave them out');
  if (everything && !scope.everything) throw tooWide('body.everything');
  for (const [index, part] of parts.entries()) {
    const field = `body.parts.${index}`;
    if (part.validFrom && part.validTo && part.validTo < part.validFrom) {
      throw unfit(`${field}.validTo`, 'is before its beginning; choose a later day');
    }
    if ('areaCode' in part) {
      if (!containsCode(scope, part.areaCode)) throw tooWide(`${field}.areaCode`);
      continue;
    }
    if (!scope.everything) throw tooWide(`${field}.polygon`);
    const fault = polygonFault(part.polygon);
    if (!fault) continue;
    const [lon, lat] = fault.at;
    const place = `${lon.toFixed(6)}, ${lat.toFixed(6)}`;
    throw unfit(`${field}.polygon.${fault.polygon}.${fault.ring}`, `${fault.problem} (at ${place})`);
  }
}

/** What is written down of a jurisdiction's change. */
function summaryOf({ name, kind, parentId, everything, parts }: NewJurisdiction): Record<string, unknown> {
  const areas = parts.flatMap((part) => ('areaCode' in part ? [part.areaCode] : []));
  return {
    name,
    kind,
    parentId: parentId ?? null,
    everything: everything ?? false,
    areas,
    polygons: parts.length - areas.length,
  };
}

function unfit(field: string, problem: string): RondaError {
  return fieldError('unprocessable', field, problem);
}

function tooWide(field: string): RondaError {
  const problem = 'reaches beyond where you administer';
  return new RondaError('forbidden', `${field} ${problem}; ask who administers there.`, {
    details: [{ field, problem }],
  });
}

function explain(error: Error & { code?: string }): never {
  if (error.code === '23505') {
    throw new RondaError('conflict', 'body.name is another jurisdiction’s; choose another.', {
      details: [{ field: 'body.name', problem: 'is taken' }],
    });
  }
  if (error.code === '23503') {
    throw new RondaError(
      'conflict',
      'params.id: grants, now or earlier, or other jurisdictions name it; let its parts end by a date instead.',
    );
  }
  throw error;
}
