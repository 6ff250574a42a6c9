import { createServer as createPlain } from 'node:http';
import { createServer as createSecure } from 'node:https';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { RondaError } from '../shared/errors.ts';
import type { Config } from './config.ts';
import { answerError } from './errors.ts';
import { secureAnswers } from './headers.ts';
import { readJsonBodies } from './json-body.ts';
import { logAnswers, logOptions } from './log.ts';

/** Largest body, bytes; doors that take batches allow more. */
const BODY_LIMIT = 256 * 1024;

/** How long connections may be silent between requests, and a request may take to arrive: nobody holds one by a byte a minute. */
const PATIENCE = { keepAliveTimeout: 72_000, requestTimeout: 120_000 };

/** An HTTP server without routes, as the settings say: TLS, proxies whose headers are believed, logs, limits, headers. */
export function createHttp(config: Config): FastifyInstance {
  const { tls, trustedProxy, logLevel } = config;
  const http = Fastify({
    logger: logOptions(logLevel),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'id' }),
    bodyLimit: BODY_LIMIT,
    frameworkErrors: answerError,
    // Fastify's own answer says neither what to do nor when; see refuseWhenClosing.
    return503OnClosing: false,
    trustProxy: trustedProxy.length > 0 ? trustedProxy : false,
    serverFactory: (handler) =>
      tls ? createSecure({ ...PATIENCE, ...tls, minVersion: 'TLSv1.2' }, handler) : createPlain(PATIENCE, handler),
  });
  logAnswers(http);
  refuseWhenClosing(http);
  readJsonBodies(http);
  secureAnswers(http, config);
  // The connection of a refused upgrade serves nothing else, and would keep the server from stopping.
  http.addHook('onResponse', ({ headers, raw }, _reply, done) => {
    if (headers.upgrade !== undefined) raw.socket.destroySoon();
    done();
  });
  return http;
}

/** What comes while the server ends is sent away for a moment: nothing of it is begun. */
function refuseWhenClosing(http: FastifyInstance): void {
  let closing = false;
  http.addHook('preClose', async () => {
    closing = true;
  });
  http.addHook('onRequest', (_request, _reply, done) => {
    if (!closing) return done();
    done(
      new RondaError('overloaded', 'The server is stopping; nothing was stored. Try again.', { retryAfterSeconds: 2 }),
    );
  });
}
