import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { PLAN_SUBPROTOCOL } from '../../shared/plans/live.ts';
import { isOwnOrigin } from '../access/origin.ts';
import { notFound } from './present.ts';
import { findPlan } from './queries.ts';
import type { PlanGuest, PlanRooms } from './rooms.ts';
import { readerSight } from './sight.ts';

/** The door to the live stream of a plan, which `shared/plans/live.ts` describes. Refuses before the upgrade, in words. */
export const planLiveRoutes: FastifyPluginAsyncTypebox<{ rooms: PlanRooms; publicUrl: string | undefined }> = async (
  http,
  { rooms, publicUrl },
) => {
  const guests = new WeakMap<FastifyRequest, PlanGuest>();
  http.route({
    method: 'GET',
    url: '/api/plans/:id/live',
    config: { access: 'plan.read' },
    schema: { hide: true, params: Type.Object({ id: Type.String({ format: 'uuid' }) }) },
    async onRequest({ headers, ws }) {
      const { origin, host } = headers;
      // The gate has turned away pages of others that come with a cookie; here so is who comes with a token from one.
      if (origin !== undefined && !isOwnOrigin(origin, host, publicUrl)) {
        throw new RondaError('forbidden', `A page of ${origin} may not open the live stream; open it from ${host}.`);
      }
      const offered = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
      if (ws && !offered.includes(PLAN_SUBPROTOCOL)) {
        throw new RondaError('invalid_request', `Offer the subprotocol ${PLAN_SUBPROTOCOL} in Sec-WebSocket-Protocol.`);
      }
    },
    async preHandler(request) {
      const { id } = request.params as { id: string };
      const plan = await findPlan(request.db, readerSight(request), id);
      if (!plan) throw notFound(id);
      const { principal, ws } = request;
      if (!ws || !principal) return;
      rooms.requirePlace(plan.id);
      guests.set(request, { principal, plan });
    },
    async handler() {
      throw new RondaError('upgrade_required', 'The live stream is a WebSocket: connect with ws:// or wss://.');
    },
    wsHandler(socket, request) {
      const guest = guests.get(request);
      if (!guest) throw new Error('a planner came past the gate');
      rooms.join(socket, guest);
    },
  });
};
