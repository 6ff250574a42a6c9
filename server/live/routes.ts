import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { RondaError } from '../../shared/errors.ts';
import { SUBPROTOCOL } from '../../shared/live/protocol.ts';
import { isOwnOrigin } from '../access/origin.ts';
import type { Guest } from './admission.ts';
import type { LiveService } from './service.ts';

/**
 * The door to the live stream, which `shared/live/protocol.ts` describes. Refuses before the upgrade, in words. The gate has
 * turned away who is not signed in, and pages of no or another origin that come with a cookie; here so does who comes with a
 * token from another's page.
 */
export const liveRoutes: FastifyPluginAsyncTypebox<{ live: LiveService; publicUrl: string | undefined }> = async (
  http,
  { live, publicUrl },
) => {
  const guests = new WeakMap<FastifyRequest, Guest>();
  http.route({
    method: 'GET',
    url: '/api/live',
    config: { access: 'live.read' },
    schema: { hide: true },
    async onRequest(request) {
      const { origin, host } = request.headers;
      if (origin !== undefined && !isOwnOrigin(origin, host, publicUrl)) {
        throw new RondaError('forbidden', `A page of ${origin} may not open the live stream; open it from ${host}.`);
      }
      const offered = request.headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
      if (request.ws && !offered.includes(SUBPROTOCOL)) {
        throw new RondaError('invalid_request', `Offer the subprotocol ${SUBPROTOCOL} in Sec-WebSocket-Protocol.`);
      }
      const { principal, scope } = request;
      if (request.ws && principal) guests.set(request, await live.prepare(principal, scope));
    },
    async handler() {
      throw new RondaError('upgrade_required', 'The live stream is a WebSocket: connect with ws:// or wss://.');
    },
    wsHandler(socket, request) {
      const guest = guests.get(request);
      if (!guest) throw new Error('a viewer came past the gate');
      live.join(socket, guest);
    },
  });
};
