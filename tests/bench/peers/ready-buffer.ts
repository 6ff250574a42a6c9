/** A peer of the tile cache: Fastify that serves one ready-made buffer. Arguments: the buffer's file. Prints its address. */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const buffer = readFileSync(process.argv[2] ?? '');
const http = Fastify({ logger: false });
http.get('/tiles/areas/:z/:x/:y', async (_, reply) =>
  reply.header('content-type', 'application/vnd.mapbox-vector-tile').send(buffer),
);
console.log(await http.listen({ port: 0, host: '127.0.0.1' }));
