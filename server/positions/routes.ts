import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { RondaError } from '../../shared/errors.ts';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import { parseOsmand } from './osmand.ts';
import { ensurePartition, findDevice, storeFix } from './queries.ts';

/** The doors through which devices send their positions. */
export const positionRoutes: FastifyPluginAsyncTypebox<{ db: Db; bus: Bus; now: () => number }> = async (
  http,
  { db, bus, now },
) => {
  http.route({
    method: ['GET', 'POST'],
    url: '/api/ingest/osmand',
    schema: { summary: 'A fix from OsmAnd or Traccar Client' },
    async handler(request, reply) {
      const message = parseOsmand(request.query as Record<string, string>);
      const device = await findDevice(db, message.identifier);
      if (!device)
        throw new RondaError(
          'unknown_device',
          'query.id is not a registered device; register it with POST /api/units.',
        );
      if (message.fix) {
        const receivedAt = now();
        await ensurePartition(db, message.fix.time ?? receivedAt);
        const position = await storeFix(db, device, message.fix, receivedAt);
        if (position) bus.emit('positions.written', [position]);
      }
      return reply.status(200).send();
    },
  });
};
