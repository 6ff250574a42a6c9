import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { RondaError } from '../../shared/errors.ts';
import { SUBPROTOCOL } from '../../shared/live/protocol.ts';
import { isSameOrigin } from './origin.ts';
import type { LiveService } from './service.ts';

/** The door to the live stream, which `shared/live/protocol.ts` describes. Refuses before the upgrade, in words. */
export const liveRoutes: FastifyPluginAsyncTypebox<{ live: LiveService }> = async (http, { live }) => {
  http.route({
    method: 'GET',
    url: '/api/live',
    config: { access: 'live.read' },
    schema: { hide: true },
    async onRequest(request) {
      const { origin, host } = request.headers;
      if (!isSameOrigin(origin, host)) {
        throw new RondaError('forbidden', `A page of ${origin} may not open the live stream; open it from ${host}.`);
      }
      const offered = request.headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
      if (request.ws && !offered.includes(SUBPROTOCOL)) {
        throw new RondaError('invalid_request', `Offer the subprotocol ${SUBPROTOCOL} in Sec-WebSocket-Protocol.`);
      }
    },
    async handler() {
      throw new RondaError('upgrade_required', 'The live stream is a WebSocket: connect with ws:// or wss://.');
    },
    wsHandler: (socket) => live.join(socket),
  });
};
