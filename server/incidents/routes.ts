import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest, FastifyTypeProviderDefault } from 'fastify';
import { type Static, Type } from 'typebox';
import {
  Incident,
  IncidentLogEntry,
  IncidentPatch,
  IncidentPoint,
  NewIncident,
  WrittenIncident,
} from '../../shared/schemas/incident.ts';
import { textWarnings } from '../../shared/text-warnings.ts';
import { IfMatch, readIfMatch } from '../../shared/version-tag.ts';
import { CSV_ANSWER, EXPORT_NOTE, sendExport } from '../access/exports.ts';
import { readCursor, writeCursor } from '../database/list-place.ts';
import { EXPORT_COLUMNS, exportPages } from './export.ts';
import { IncidentExportQuery, IncidentQuery, readFilter } from './filter.ts';
import { pointsSnapshot } from './points.ts';
import { toIncident } from './present.ts';
import { areasByCode, countIncidents, findIncident, listIncidents, listLog } from './queries.ts';
import {
  changeIncident,
  createIncident,
  historyWithin,
  notFound,
  present,
  type Services,
  type Writer,
} from './service.ts';

/** Texts that are looked through for personal data. */
const TEXTS = ['subcategory', 'title', 'description', 'place', 'note'] as const;

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const DateTime = Type.String({ format: 'date-time' });

const PointsQuery = Type.Object(
  { from: Type.Optional(DateTime), to: Type.Optional(DateTime) },
  { additionalProperties: false },
);

/** Incidents: report, list, read, change, history. */
export const incidentRoutes: FastifyPluginAsyncTypebox<Services> = async (http, services) => {
  http.post(
    '/api/incidents',
    {
      config: { access: 'incident.write' },
      schema: {
        summary: 'Reports an incident, once however often it is sent',
        body: NewIncident,
        response: { 200: WrittenIncident, 201: WrittenIncident },
      },
    },
    async (request, reply) => {
      const { incident, created } = await createIncident(services, writerOf(request), request.body);
      return reply
        .status(created ? 201 : 200)
        .header('etag', `"${incident.version}"`)
        .header('location', `/api/incidents/${incident.id}`)
        .send({ ...incident, ...textWarnings(request.body, TEXTS) });
    },
  );

  http.get(
    '/api/incidents',
    {
      config: { access: 'incident.read' },
      schema: {
        summary: 'Incidents, newest first, narrowed and in pages',
        querystring: IncidentQuery,
        response: {
          200: Type.Object({ incidents: Type.Array(Incident), next: Type.Union([Type.String(), Type.Null()]) }),
        },
      },
    },
    async ({ db, scope, query }) => {
      const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
      const { records, next } = await listIncidents(db, scope, readFilter(query), query.limit ?? 100, after);
      const names = await areasByCode(services.db, [...new Set(records.flatMap((record) => record.area_codes))]);
      return { incidents: records.map((record) => toIncident(record, names)), next: next && writeCursor(next) };
    },
  );

  http.withTypeProvider<FastifyTypeProviderDefault>().get<{ Querystring: Static<typeof IncidentExportQuery> }>(
    '/api/incidents.csv',
    {
      config: { access: 'export' },
      // Nothing is written down for a file that nobody gets.
      exposeHeadRoute: false,
      schema: {
        summary: 'The list of incidents as a file (CSV), newest first',
        description: EXPORT_NOTE,
        querystring: IncidentExportQuery,
        response: CSV_ANSWER,
      },
    },
    async (request, reply) => {
      const { db, scope, query } = request;
      const filter = readFilter(query);
      return sendExport(services, request, reply, {
        action: 'incidents.exported',
        file: 'kejadian',
        filter: query,
        columns: EXPORT_COLUMNS,
        count: () => countIncidents(db, scope, filter),
        pages: () => exportPages({ db, names: services.db, scope }, filter),
      });
    },
  );

  // The default provider types no answers: this one is a stream of JSON text.
  http.withTypeProvider<FastifyTypeProviderDefault>().get<{ Querystring: Static<typeof PointsQuery> }>(
    '/api/incidents/points',
    {
      config: { access: 'incident.read' },
      schema: {
        summary: 'What the map needs of every incident, with the live cursor to go on from',
        querystring: PointsQuery,
        response: {
          200: Type.Object({ points: Type.Array(IncidentPoint), cursor: Type.String(), truncated: Type.Boolean() }),
        },
      },
    },
    async ({ db, scope, query }, reply) => {
      const from = query.from === undefined ? undefined : new Date(query.from);
      const to = query.to === undefined ? undefined : new Date(query.to);
      return reply
        .type('application/json; charset=utf-8')
        .send(Readable.from(await pointsSnapshot({ db, log: services.db, scope }, { from, to })));
    },
  );

  http.get(
    '/api/incidents/:id',
    {
      config: { access: 'incident.read' },
      schema: { summary: 'One incident with its version as ETag', params: Id, response: { 200: Incident } },
    },
    async (request, reply) => {
      const { db, scope } = request;
      const record = await findIncident(db, scope, request.params.id);
      if (!record) throw notFound(request.params.id);
      return reply.header('etag', `"${record.version}"`).send(await present(services.db, record));
    },
  );

  http.get(
    '/api/incidents/:id/log',
    {
      config: { access: 'incident.read' },
      schema: {
        summary: 'History of an incident',
        params: Id,
        response: { 200: Type.Object({ entries: Type.Array(IncidentLogEntry) }) },
      },
    },
    async ({ db, scope, params }) => {
      const entries = await listLog(db, scope, params.id);
      if (entries.length === 0 && !(await findIncident(db, scope, params.id))) throw notFound(params.id);
      return { entries: await historyWithin(services, scope, entries) };
    },
  );

  http.patch(
    '/api/incidents/:id',
    {
      config: { access: 'incident.write' },
      schema: {
        summary: 'Changes an incident whose version If-Match names',
        headers: IfMatch,
        params: Id,
        body: IncidentPatch,
        response: { 200: WrittenIncident },
      },
    },
    async (request, reply) => {
      const version = readIfMatch(request.headers['if-match']);
      const incident = await changeIncident(services, writerOf(request), request.params.id, version, request.body);
      return reply.header('etag', `"${incident.version}"`).send({ ...incident, ...textWarnings(request.body, TEXTS) });
    },
  );
};

function writerOf({ principal, scope, db }: FastifyRequest): Writer {
  return { name: principal?.name ?? '', scope, db };
}
