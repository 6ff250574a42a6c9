import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { NewUnit, Unit } from '../../shared/schemas/unit.ts';
import type { Db } from '../database/connection.ts';
import { createUnit, listUnits } from './queries.ts';

export const unitRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (http, { db }) => {
  http.get(
    '/api/units',
    { schema: { summary: 'Every unit, by callsign', response: { 200: Type.Object({ units: Type.Array(Unit) }) } } },
    async () => ({
      units: await listUnits(db),
    }),
  );

  http.post(
    '/api/units',
    { schema: { summary: 'Register a unit with its devices', body: NewUnit, response: { 201: Unit } } },
    async (request, reply) => {
      try {
        return await reply.status(201).send(await createUnit(db, request.body));
      } catch (error) {
        if ((error as { code?: string }).code !== '23505') throw error;
        const taken = (error as { constraint?: string }).constraint?.startsWith('device') ? 'devices' : 'callsign';
        throw new RondaError('conflict', `body.${taken} is already in use by another unit; choose another.`, {
          details: [{ field: `body.${taken}`, problem: 'is already in use' }],
        });
      }
    },
  );
};
