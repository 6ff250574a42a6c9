import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { scopeOf } from '../access/scope.ts';
import type { Database } from '../database/connection.ts';
import type { Meters } from '../meters.ts';
import { measureProcess } from './process.ts';
import { ReadinessCheck, type ReadinessOptions } from './readiness.ts';

const Nothing = Type.Object({}, { additionalProperties: false });
const Part = { ready: Type.Boolean() };
const Number_ = Type.Union([Type.Number(), Type.Null()]);
const Ready = Type.Object({
  ready: Type.Boolean(),
  parts: Type.Optional(
    Type.Object({
      database: Type.Object({ ...Part, seconds: Number_ }),
      bus: Type.Object({ ...Part, silentSeconds: Type.Number() }),
      disk: Type.Object({ ...Part, freeBytes: Number_, freeShare: Number_ }),
      draining: Type.Boolean(),
    }),
  ),
});

/** Upper bounds of what an answer may take, seconds. */
const ANSWER_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export interface MetricsOptions extends ReadinessOptions {
  database: Pick<Database, 'db' | 'pool'>;
  meters: Meters;
}

/** How the server is: for the one who watches the process, the one who sends it requests, and the one who counts. */
export const metricsRoutes: FastifyPluginAsyncTypebox<MetricsOptions> = async (http, options) => {
  const { meters, database, now } = options;
  const check = new ReadinessCheck(options);
  http.addHook('preClose', async () => {
    check.draining = true;
  });
  http.addHook('onClose', async () => stopMeasuring());
  const stopMeasuring = measureProcess(meters);
  let databaseSeconds = Number.NaN;
  let freeBytes = Number.NaN;
  meters.gauge(
    'ronda_database_round_trip_seconds',
    'The smallest question, asked at each reading',
    () => databaseSeconds,
  );
  meters.gauge('ronda_disk_free_bytes', 'Room left on the disk of the data folder', () => freeBytes);
  meters.gauge(
    'ronda_database_connections',
    'Connections to the database, and questions that wait for one',
    () => {
      const { totalCount, idleCount, waitingCount } = database.pool;
      return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
    },
    'state',
  );

  http.get(
    '/api/health',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The process is there and its event loop runs; nothing else is looked at',
        querystring: Nothing,
        response: { 200: Type.Object({ healthy: Type.Literal(true) }) },
      },
    },
    async () => ({ healthy: true as const }),
  );

  http.get(
    '/api/ready',
    {
      config: { access: 'anyone' },
      schema: {
        summary:
          'Whether database, bus and disk let the server do its work (503: not now); the parts for metrics.read everywhere',
        querystring: Nothing,
        response: { 200: Ready, 503: Ready },
      },
    },
    async ({ principal }, reply) => {
      const { ready, parts } = await check.ask();
      const sees = principal && scopeOf(principal, 'metrics.read', now());
      return reply.status(ready ? 200 : 503).send(sees?.everything ? { ready, parts } : { ready });
    },
  );

  http.get(
    '/metrics',
    {
      config: { access: 'metrics.read' },
      schema: {
        summary: 'Measurements in the text format of Prometheus, for metrics.read everywhere',
        description: 'They count what happens in the whole country: a role in one jurisdiction gives 403.',
        querystring: Nothing,
      },
    },
    async ({ scope }, reply) => {
      if (!scope.everything) {
        throw new RondaError(
          'forbidden',
          'Measurements are of the whole country; ask with ADMIN_TOKEN, or as an administrator of everything.',
        );
      }
      const { parts } = await check.ask();
      databaseSeconds = parts.database.seconds ?? Number.NaN;
      freeBytes = parts.disk.freeBytes ?? Number.NaN;
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(meters.text());
    },
  );
};

/** Counts every answer by its status, and how long it took. Call it before routes are registered. */
export function countAnswers(http: FastifyInstance, meters: Meters): void {
  const answers = meters.counter('ronda_http_answers_total', 'Answers by status', 'status');
  const seconds = meters.histogram('ronda_http_seconds', 'From a request to its answer', ANSWER_SECONDS);
  http.addHook('onResponse', (_request, reply, done) => {
    answers.add(String(reply.statusCode));
    seconds.observe(reply.elapsedTime / 1000);
    done();
  });
}
