import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { type Static, Type } from 'typebox';
import { fieldError } from '../../shared/errors.ts';
import { AreaCode } from '../../shared/schemas/area.ts';
import { INCIDENT_CATEGORIES, type IncidentCategory } from '../../shared/schemas/incident.ts';
import {
  EarlyWarning,
  RulePrecision,
  WARNING_STATES,
  WarningDetail,
  WarningPatch,
  WarningRun,
  WarningRuns,
  WrittenWarning,
} from '../../shared/schemas/warning.ts';
import { textWarnings } from '../../shared/text-warnings.ts';
import { IfMatch, readIfMatch } from '../../shared/version-tag.ts';
import { wholeAreas } from '../access/scope.ts';
import type { Db } from '../database/connection.ts';
import { readCursor, writeCursor } from '../database/list-place.ts';
import type { Bus } from '../events.ts';
import { familiesWithin } from './families.ts';
import { notFound, recordOutcome } from './outcome.ts';
import { precisionOf } from './precision.ts';
import { toDetail, toRun, toWarning } from './present.ts';
import { countOutcomes, findWarning, listWarnings } from './queries.ts';
import { Runner } from './runner.ts';
import { giveUpDead, type RunRecord, runsWithin } from './runs.queries.ts';

/** How often it is looked whether a night's run is due, and how long after the start it first is. */
const LOOK_MS = 30_000;
const FIRST_MS = 10_000;

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });

const ListQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum(WARNING_STATES)),
    area: Type.Optional(AreaCode),
    categories: Type.Optional(Type.String({ maxLength: 400, description: 'Values separated by commas' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
    cursor: Type.Optional(Type.String({ maxLength: 200 })),
  },
  { additionalProperties: false },
);

export interface WarningOptions {
  /** Unscoped: runs count and write for everybody. */
  db: Db;
  bus: Bus;
  now: () => number;
  /** Whether nights' runs are begun. */
  nights: boolean;
  /** Whether no other server can be at work on the database: a run that is under way when this one starts is a dead one's. */
  alone: boolean;
}

/** Early warnings: list, one with its weeks, what became of it, precision of each rule, and runs by night and on demand. */
export const warningRoutes: FastifyPluginAsyncTypebox<WarningOptions> = async (http, options) => {
  const { db, bus, now, nights, alone } = options;
  if (alone) await giveUpDead(db, 0);
  const runner = new Runner({ db, bus, now, onFailure });
  if (nights) lookEveryNight();
  http.addHook('onClose', () => runner.close());

  http.get(
    '/api/warnings',
    {
      config: { access: 'incident.read' },
      schema: {
        summary: 'Early warnings, those raised last first, narrowed and in pages',
        querystring: ListQuery,
        response: {
          200: Type.Object({ warnings: Type.Array(EarlyWarning), next: Type.Union([Type.String(), Type.Null()]) }),
        },
      },
    },
    async ({ db: scoped, scope, query }) => {
      const { state, area, limit = 100 } = query;
      const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
      const filter = { state, area, categories: readCategories(query) };
      const { records, next } = await listWarnings(scoped, scope, filter, limit, after);
      return { warnings: records.map(toWarning), next: next && writeCursor(next) };
    },
  );

  http.get(
    '/api/warnings/precision',
    {
      config: { access: 'incident.read' },
      schema: {
        summary: 'How often each rule of early warning was right, by the outcomes that were recorded',
        response: { 200: Type.Object({ rules: Type.Array(RulePrecision) }) },
      },
    },
    async ({ db: scoped, scope }) => ({ rules: precisionOf(await countOutcomes(scoped, scope)) }),
  );

  http.get(
    '/api/warnings/runs',
    {
      config: { access: 'incident.read' },
      schema: {
        summary: 'The newest runs of early warning over the places that one may see, newest first',
        response: { 200: WarningRuns },
      },
    },
    async ({ scope }) => {
      const families = familiesWithin(scope, await runner.families());
      const zones = [...new Set(families.map(({ zone }) => zone))];
      const runs = await runsWithin(db, zones, scope, 5);
      const reachesAreas = scope.everything || wholeAreas(scope).codes.length > 0;
      return { runs: runs.map((run) => shown(run, families)), reachesAreas };
    },
  );

  http.post(
    '/api/warnings/runs',
    {
      config: { access: 'analysis.write' },
      schema: {
        summary: 'Begins a run of early warning over the places that one may see, or tells of the one under way',
        // Nothing is chosen; an empty object is what programs send that always send JSON.
        body: Type.Optional(Type.Union([Type.Object({}, { additionalProperties: false }), Type.Null()])),
        response: { 202: WarningRun },
      },
    },
    async ({ scope }, reply) => {
      const run = await runner.ask(scope);
      return reply.status(202).send(shown(run, familiesWithin(scope, await runner.families())));
    },
  );

  http.get(
    '/api/warnings/:id',
    {
      config: { access: 'incident.read' },
      schema: {
        summary: 'One early warning with the weeks behind it, its version as ETag',
        params: Id,
        response: { 200: WarningDetail },
      },
    },
    async ({ db: scoped, scope, params }, reply) => {
      const record = await findWarning(scoped, scope, params.id);
      if (!record) throw notFound(params.id);
      return reply.header('etag', `"${record.version}"`).send(toDetail(record));
    },
  );

  http.patch(
    '/api/warnings/:id',
    {
      config: { access: 'analysis.write' },
      schema: {
        summary: 'Records what became of an early warning whose version If-Match names',
        headers: IfMatch,
        params: Id,
        body: WarningPatch,
        response: { 200: WrittenWarning },
      },
    },
    async (request, reply) => {
      const { principal, scope, db: scoped, params, body } = request;
      const version = readIfMatch(request.headers['if-match']);
      const writer = { name: principal?.name ?? '', scope, db: scoped };
      const record = await recordOutcome({ bus, now }, writer, params.id, version, body);
      return reply
        .header('etag', `"${record.version}"`)
        .send({ ...toWarning(record), ...textWarnings(body, ['note']) });
    },
  );

  function shown(run: RunRecord, families: readonly { code: string }[]) {
    return toRun(run, (family) => families.some(({ code }) => code === family));
  }

  function onFailure(error: unknown): void {
    http.log.warn({ err: error }, 'early warning failed');
  }

  /** Looks from time to time whether a zone's quiet hour has come. */
  function lookEveryNight(): void {
    let looking: Promise<unknown> | undefined;
    const look = () => {
      looking ??= runner
        .look()
        .catch(onFailure)
        .finally(() => {
          looking = undefined;
        });
    };
    const first = setTimeout(look, FIRST_MS).unref();
    const timer = setInterval(look, LOOK_MS).unref();
    http.addHook('onClose', async () => {
      clearTimeout(first);
      clearInterval(timer);
      await runner.close();
      await looking;
    });
  }
};

function readCategories({ categories }: Static<typeof ListQuery>): IncidentCategory[] | undefined {
  return categories?.split(',').map((part) => {
    const known = INCIDENT_CATEGORIES.find((category) => category === part.trim());
    if (known !== undefined) return known;
    const problem = `has a value that is not known; use ${INCIDENT_CATEGORIES.join(', ')}`;
    throw fieldError('invalid_request', 'query.categories', problem);
  });
}
