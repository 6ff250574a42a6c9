import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { WebSocket } from 'ws';
import { encodePositions } from '../../shared/live/frames.ts';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import { latestPositions } from './queries.ts';

/** The live stream: the latest position of every unit, then each change. */
export const liveRoutes: FastifyPluginAsyncTypebox<{ db: Db; bus: Bus; now: () => number }> = async (
  http,
  { db, bus },
) => {
  const viewers = new Set<WebSocket>();
  bus.on('positions.written', (positions) => {
    const frame = encodePositions(positions);
    for (const viewer of viewers) viewer.send(frame);
  });
  http.get(
    '/api/live',
    { websocket: true, schema: { summary: 'The live stream (WebSocket, subprotocol ronda.v1)' } },
    async (socket) => {
      viewers.add(socket);
      socket.on('close', () => viewers.delete(socket));
      socket.send(encodePositions(await latestPositions(db)));
    },
  );
};
