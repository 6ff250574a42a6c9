import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Config } from './config.ts';

/** Largest body, bytes; doors that take batches allow more. */
const BODY_LIMIT = 256 * 1024;

/** How long connections may be silent between requests, and a request may take to arrive: nobody holds one by a byte a minute. */
const PATIENCE = { keepAliveTimeout: 72_000, requestTimeout: 120_000 };

/** An HTTP server without routes, as the settings say: TLS, proxies whose headers are believed, limits. */
export function createHttp({ tls, trustedProxy }: Pick<Config, 'tls' | 'trustedProxy'>): FastifyInstance {
  return Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: trustedProxy.length > 0 ? trustedProxy : false,
    serverFactory: (handler) =>
      tls ? createSecure({ ...PATIENCE, ...tls, minVersion: 'TLSv1.2' }, handler) : createPlain(PATIENCE, handler),
  });
}
