import Fastify from 'fastify';
import { Type } from 'typebox';

/** The peer of `ingest.single`: a Fastify route that validates the same query and does nothing. Prints its address. */
export async function main(): Promise<void> {
  const http = Fastify();
  const number = Type.Number();
  const querystring = Type.Object({
    id: Type.String(),
    timestamp: number,
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lon: Type.Number({ minimum: -180, maximum: 180 }),
    speed: Type.Optional(number),
    bearing: Type.Optional(number),
    altitude: Type.Optional(number),
    accuracy: Type.Optional(number),
    batt: Type.Optional(number),
  });
  http.get('/api/ingest/osmand', { schema: { querystring } }, async (_, reply) => reply.status(200).send());
  console.log(`Ronda: ${await http.listen({ port: 0, host: '127.0.0.1' })}`);
}
