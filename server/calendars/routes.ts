import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { uuidv7 } from 'uuidv7';
import { daysBetween, laterOf } from '../../shared/calendar/days.ts';
import { RondaError } from '../../shared/errors.ts';
import { dayIn } from '../../shared/geo/zone.ts';
import { CalendarBody, type ElectionCalendar, ListedCalendar } from '../../shared/schemas/election-calendar.ts';
import { ElectionStages } from '../../shared/schemas/stage.ts';
import { IfMatch, readIfMatch, versionConflict } from '../../shared/version-tag.ts';
import { principalOf } from '../access/context.ts';
import { NOTHING } from '../access/scope.ts';
import { zoneOfScope } from '../access/shapes.queries.ts';
import type { Db } from '../database/connection.ts';
import { nearestCalendar } from './nearest.ts';
import {
  type Change,
  deleteCalendar,
  insertCalendar,
  type KeptCalendar,
  keptCalendars,
  replaceCalendar,
} from './queries.ts';
import { builtIn, checkCalendar, mayChange } from './rules.ts';

const Id = Type.Object({ id: ListedCalendar.properties.id });

/** Calendars of elections: built in, the demonstration's, and people's own. Stages and baselines stand on them. */
export const calendarRoutes: FastifyPluginAsyncTypebox<{ db: Db; now: () => number }> = async (http, { db, now }) => {
  http.get(
    '/api/stages',
    {
      config: { access: 'anyone' },
      schema: { summary: 'Stages of the election that is nearest to today', response: { 200: ElectionStages } },
    },
    async (request) => {
      const reader = request.within('incident.read');
      const kept = await keptCalendars(reader?.db ?? db, reader?.scope ?? NOTHING);
      const calendars = [...kept.map(({ calendar }) => calendar), ...builtIn(reader?.scope ?? NOTHING)];
      const today = dayIn(reader ? await zoneOfScope(db, reader.scope) : 'WIB', now());
      const nearest = nearestCalendar(calendars, today);
      return {
        calendar: nearest?.name ?? null,
        stages: (nearest?.stages ?? []).map(({ source, ...stage }) => stage),
        source: nearest?.stages[0]?.source ?? null,
      };
    },
  );

  http.get(
    '/api/calendars',
    {
      config: { access: 'incident.read' },
      schema: {
        summary: 'Calendars of elections where people of the own areas vote, the latest first',
        response: { 200: Type.Object({ calendars: Type.Array(ListedCalendar) }) },
      },
    },
    async (request) => {
      const kept = await keptCalendars(request.db, request.scope);
      const fixed = builtIn(request.scope).map((calendar) => ({
        ...calendar,
        origin: 'built-in' as const,
        version: null,
        mayChange: false,
      }));
      const calendars = [...kept.map((one) => listed(request, one)), ...fixed];
      const end = ({ stages }: ElectionCalendar) => stages.map(({ endsOn }) => endsOn).reduce(laterOf);
      return { calendars: calendars.sort((a, b) => daysBetween(end(a), end(b))) };
    },
  );

  http.post(
    '/api/calendars',
    {
      config: { access: 'analysis.write' },
      schema: { summary: 'Make a calendar of one’s own', body: CalendarBody, response: { 201: ListedCalendar } },
    },
    async (request, reply) => {
      checkCalendar(request.body, request.scope);
      const id = `own-${uuidv7()}`;
      await insertCalendar(request.db, id, request.body, changeOf(request));
      const made = await found(request, id);
      return reply
        .status(201)
        .header('etag', `"${made.version}"`)
        .header('location', `/api/calendars/${id}`)
        .send(made);
    },
  );

  http.put(
    '/api/calendars/:id',
    {
      config: { access: 'analysis.write' },
      schema: {
        summary: 'Replace a calendar of one’s own whose version If-Match names',
        headers: IfMatch,
        params: Id,
        body: CalendarBody,
        response: { 200: ListedCalendar },
      },
    },
    async (request, reply) => {
      const { body, scope, params } = request;
      const version = readIfMatch(request.headers['if-match']);
      await changeable(request, version);
      checkCalendar(body, scope);
      if (!(await replaceCalendar(request.db, params.id, version, body, changeOf(request))))
        throw await overtaken(request);
      const changed = await found(request, params.id);
      return reply.header('etag', `"${changed.version}"`).send(changed);
    },
  );

  http.delete(
    '/api/calendars/:id',
    {
      config: { access: 'analysis.write' },
      schema: {
        summary: 'Remove a calendar of one’s own whose version If-Match names',
        headers: IfMatch,
        params: Id,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const version = readIfMatch(request.headers['if-match']);
      const { calendar } = await changeable(request, version);
      if (!(await deleteCalendar(request.db, calendar, version, changeOf(request)))) throw await overtaken(request);
      return reply.status(204).send(null);
    },
  );

  /** The one the request names, where its caller may change it and names its version. Throws otherwise. */
  async function changeable(
    request: FastifyRequest<{ Params: { id: string } }>,
    version: number,
  ): Promise<KeptCalendar> {
    const { id } = request.params;
    const [kept] = await keptCalendars(request.db, request.scope, id);
    if (!kept) {
      if (!builtIn(request.scope).some((calendar) => calendar.id === id)) throw notFound(id);
      throw new RondaError('forbidden', `params.id: ${id} is built in; make a calendar of your own instead.`);
    }
    if (!mayChange(kept, request.scope)) {
      throw new RondaError(
        'forbidden',
        kept.origin === 'own'
          ? `params.id: ${id} reaches beyond where you may write; ask those whose it is.`
          : `params.id: ${id} is the demonstration's; make a calendar of your own instead.`,
      );
    }
    if (kept.version !== version) throw versionConflict('calendar', kept.version);
    return kept;
  }

  /** Why a change came to nothing: somebody else's came between. */
  async function overtaken({
    db,
    scope,
    params: { id },
  }: FastifyRequest<{ Params: { id: string } }>): Promise<RondaError> {
    const [kept] = await keptCalendars(db, scope, id);
    return kept ? versionConflict('calendar', kept.version) : notFound(id);
  }

  async function found(request: FastifyRequest, id: string): Promise<ListedCalendar> {
    const [kept] = await keptCalendars(request.db, request.scope, id);
    if (!kept) throw notFound(id);
    return listed(request, kept);
  }

  function changeOf(request: FastifyRequest): Change {
    return { actor: principalOf(request).name, at: new Date(now()) };
  }
};

function listed(request: FastifyRequest, kept: KeptCalendar): ListedCalendar {
  const { calendar, origin, version } = kept;
  const writer = request.within('analysis.write');
  return { ...calendar, origin, version, mayChange: writer !== undefined && mayChange(kept, writer.scope) };
}

function notFound(id: string): RondaError {
  return new RondaError('not_found', `params.id: there is no calendar ${id}.`);
}
