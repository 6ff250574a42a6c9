import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { NewUnit, Unit, UnitDetail, UnitPatch } from '../../shared/schemas/unit.ts';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import { changeUnit, createUnit, findUnit, listTrail, listUnits } from './queries.ts';

const Id = Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) });
const Trail = Type.Object({ points: Type.Array(Type.Tuple([Type.Number(), Type.Number(), Type.Number()])) });
const TrailQuery = Type.Object(
  { minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440, default: 30 })) },
  { additionalProperties: false },
);

/** Units: register, list, read, change, trail. */
export const unitRoutes: FastifyPluginAsyncTypebox<{ db: Db; bus: Bus; now: () => number }> = async (
  http,
  { db, bus, now },
) => {
  http.get(
    '/api/units',
    { schema: { summary: 'Every unit, by callsign', response: { 200: Type.Object({ units: Type.Array(Unit) }) } } },
    async () => ({ units: await listUnits(db) }),
  );

  http.post(
    '/api/units',
    { schema: { summary: 'Register a unit with its devices', body: NewUnit, response: { 201: Unit } } },
    async (request, reply) => {
      const { unit, events } = await createUnit(db, request.body).catch(explainTaken);
      bus.emit('events.appended', events);
      return reply.status(201).send(unit);
    },
  );

  http.get(
    '/api/units/:id',
    {
      schema: {
        summary: 'A unit with its newest position, devices and unusable fixes',
        params: Id,
        response: { 200: UnitDetail },
      },
    },
    async ({ params }) => (await findUnit(db, params.id)) ?? notFound(params.id),
  );

  http.patch(
    '/api/units/:id',
    {
      schema: {
        summary: 'Change a unit: duty status, callsign, home area',
        params: Id,
        body: UnitPatch,
        response: { 200: Unit },
      },
    },
    async ({ params, body }) => {
      const { unit, events } = (await changeUnit(db, params.id, body).catch(explainTaken)) ?? notFound(params.id);
      bus.emit('events.appended', events);
      return unit;
    },
  );

  http.get(
    '/api/units/:id/trail',
    {
      schema: {
        summary: 'Where a unit was in the last minutes: [longitude, latitude, Unix milliseconds], oldest first',
        params: Id,
        querystring: TrailQuery,
        response: { 200: Trail },
      },
    },
    async ({ params, query }) => ({
      points: await listTrail(db, params.id, new Date(now() - (query.minutes ?? 30) * 60_000)),
    }),
  );
};

function notFound(id: number): never {
  throw new RondaError('not_found', `There is no unit ${id}.`);
}

/** Turns a broken unique constraint into the field that is taken. */
function explainTaken(error: { code?: string; constraint?: string }): never {
  if (error.code !== '23505') throw error;
  const taken = error.constraint?.startsWith('device') ? 'devices' : 'callsign';
  throw new RondaError('conflict', `body.${taken} is already in use by another unit; choose another.`, {
    details: [{ field: `body.${taken}`, problem: 'is already in use' }],
  });
}
