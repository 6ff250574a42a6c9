import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { fieldError, RondaError } from '../../shared/errors.ts';
import { RowId } from '../../shared/schemas/fields.ts';
import { NewUnit, Unit, UnitDetail, UnitPatch } from '../../shared/schemas/unit.ts';
import { principalOf } from '../access/context.ts';
import { containsCode, type Scope } from '../access/scope.ts';
import type { Bus } from '../events.ts';
import { belongs, changeUnit, createUnit, findUnit, isOnDuty, listTrail, listUnits } from './queries.ts';
import { SILENCE_MS, withoutEnds } from './trail-ends.ts';

const Id = Type.Object({ id: RowId });
const Trail = Type.Object({ points: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number()])) });
const TrailQuery = Type.Object(
  { minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440, default: 30 })) },
  { additionalProperties: false },
);

/** Units: register, list, read, change, trail. */
export const unitRoutes: FastifyPluginAsyncTypebox<{ bus: Bus; now: () => number }> = async (http, { bus, now }) => {
  http.get(
    '/api/units',
    {
      config: { access: 'unit.read' },
      schema: { summary: 'Every unit, by callsign', response: { 200: Type.Object({ units: Type.Array(Unit) }) } },
    },
    async ({ db, scope }) => ({ units: await listUnits(db, scope) }),
  );

  http.post(
    '/api/units',
    {
      config: { access: 'unit.write' },
      schema: { summary: 'Register a unit with its devices', body: NewUnit, response: { 201: Unit } },
    },
    async (request, reply) => {
      const { db, scope, body } = request;
      requireHome(scope, body.homeArea);
      const at = new Date(now());
      requireFuture(body.dutyUntil, at);
      const change = { actor: principalOf(request).name, at };
      const { unit, events } = await createUnit(db, body, change).catch(explainTaken);
      bus.emit('events.appended', events);
      return reply.status(201).send(unit);
    },
  );

  http.get(
    '/api/units/:id',
    {
      config: { access: 'unit.read' },
      schema: {
        summary: 'A unit with its newest position, devices and unusable fixes',
        description: 'Who may not change the unit is told no position from before its duty began or after it ended.',
        params: Id,
        response: { 200: UnitDetail },
      },
    },
    async (request) => {
      const { db, scope, params } = request;
      const asker = {
        places: request.within('position.read'),
        mayChange: await mayChange(request, params.id),
        now: now(),
      };
      return (await findUnit(db, scope, params.id, asker)) ?? notFound(params.id);
    },
  );

  http.patch(
    '/api/units/:id',
    {
      config: { access: 'unit.write' },
      schema: {
        summary: 'Change a unit: duty and its end, callsign, home area',
        params: Id,
        body: UnitPatch,
        response: { 200: Unit },
      },
    },
    async (request) => {
      const { db, scope, params, body } = request;
      if (body.homeArea !== undefined) requireHome(scope, body.homeArea);
      const at = new Date(now());
      requireFuture(body.dutyUntil, at);
      const { unit, events } =
        (await changeUnit(db, scope, params.id, body, { actor: principalOf(request).name, at }).catch(explainTaken)) ??
        notFound(params.id);
      bus.emit('events.appended', events);
      return unit;
    },
  );

  http.get(
    '/api/units/:id/trail',
    {
      config: { access: 'position.read' },
      schema: {
        summary: 'Where a unit was in the last minutes: [longitude, latitude, Unix milliseconds], oldest first',
        description:
          'Who may not change the unit is not shown the ends of its duties: the first and last points within 200 m of where it came on duty and went off.',
        params: Id,
        querystring: TrailQuery,
        response: { 200: Trail },
      },
    },
    async (request) => {
      const { db, scope, params, query } = request;
      const from = now() - (query.minutes ?? 30) * 60_000;
      if (await mayChange(request, params.id)) {
        return { points: await listTrail(db, scope, params.id, new Date(from)) };
      }
      // Whether its duty began before the trail does is told by what is before the trail.
      const points = await listTrail(db, scope, params.id, new Date(from - SILENCE_MS));
      const shown = withoutEnds(points, now(), (await isOnDuty(db, scope, params.id)) === true);
      return { points: shown.filter(([, , time]) => time >= from) };
    },
  );
};

/** Whether whoever asks may change the unit: it belongs to where his role for that is. */
async function mayChange(request: FastifyRequest, id: number): Promise<boolean> {
  const commands = request.within('unit.write');
  return commands !== undefined && belongs(commands.db, commands.scope, id);
}

function notFound(id: number): never {
  throw new RondaError('not_found', `There is no unit ${id}.`);
}

/** Throws `forbidden` for a home outside the scope, and for none: such a unit would be nobody's. */
function requireHome(scope: Scope, home: string | null | undefined): void {
  if (scope.everything || (home && containsCode(scope, home))) return;
  const problem = home
    ? `is ${home}, which is outside your jurisdiction`
    : 'is missing; name an area of your jurisdiction';
  throw fieldError('forbidden', 'body.homeArea', problem);
}

function requireFuture(until: string | null | undefined, now: Date): void {
  if (until == null || new Date(until) > now) return;
  const problem = 'has gone by; name a later time, or send status off_duty';
  throw fieldError('unprocessable', 'body.dutyUntil', problem);
}

/** Turns a broken unique constraint into the field that is taken. */
function explainTaken(error: { code?: string; constraint?: string }): never {
  if (error.code !== '23505') throw error;
  const taken = error.constraint?.startsWith('device') ? 'devices' : 'callsign';
  throw new RondaError('conflict', `body.${taken} is already in use by another unit; choose another.`, {
    details: [{ field: `body.${taken}`, problem: 'is already in use' }],
  });
}
