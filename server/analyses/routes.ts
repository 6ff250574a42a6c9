import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import {
  AnalysisBody,
  AnalysisPatch,
  AnalysisSummary,
  NewAnalysis,
  SavedAnalysis,
  WrittenAnalysis,
} from '../../shared/schemas/saved-analysis.ts';
import { textWarnings } from '../../shared/text-warnings.ts';
import { IfMatch, readIfMatch } from '../../shared/version-tag.ts';
import { findAnalysis, listAnalyses } from './queries.ts';
import {
  createAnalysis,
  notFound,
  present,
  removeAnalysis,
  renameAnalysis,
  replaceAnalysis,
  summaries,
} from './service.ts';

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
/** Texts that are looked through for personal data. */
const TEXTS = ['title', 'note'] as const;
/** Longest list. */
const MOST = 500;
const reads = { config: { access: 'incident.read' as const } };
const writes = { config: { access: 'analysis.write' as const } };

/** Saved analyses: what was asked and what was on the screen. Seen by whoever may see all the places they are about. */
export const analysisRoutes: FastifyPluginAsyncTypebox<{ now: () => number }> = async (http, { now }) => {
  http.get(
    '/api/analyses',
    {
      ...reads,
      schema: {
        summary: `The ${MOST} saved analyses that were changed last`,
        response: { 200: Type.Object({ analyses: Type.Array(AnalysisSummary), more: Type.Boolean() }) },
      },
    },
    async (request) => {
      const records = await listAnalyses(request.db, request.scope, MOST + 1);
      return { analyses: await summaries(request, records.slice(0, MOST)), more: records.length > MOST };
    },
  );

  http.post(
    '/api/analyses',
    {
      ...writes,
      schema: {
        summary: 'Save an analysis, once however often it is sent',
        body: NewAnalysis,
        response: { 200: WrittenAnalysis, 201: WrittenAnalysis },
      },
    },
    async (request, reply) => {
      const { analysis, created } = await createAnalysis(request, request.body, new Date(now()));
      return reply
        .status(created ? 201 : 200)
        .header('etag', `"${analysis.version}"`)
        .header('location', `/api/analyses/${analysis.id}`)
        .send({ ...analysis, ...textWarnings(request.body, TEXTS) });
    },
  );

  http.get(
    '/api/analyses/:id',
    {
      ...reads,
      schema: { summary: 'A saved analysis with its version as ETag', params: Id, response: { 200: SavedAnalysis } },
    },
    async (request, reply) => {
      const record = await findAnalysis(request.db, request.scope, request.params.id);
      if (!record) throw notFound(request.params.id);
      return reply.header('etag', `"${record.version}"`).send(await present(request, record));
    },
  );

  http.put(
    '/api/analyses/:id',
    {
      ...writes,
      schema: {
        summary: 'Save anew an analysis whose version If-Match names: all of it',
        headers: IfMatch,
        params: Id,
        body: AnalysisBody,
        response: { 200: WrittenAnalysis },
      },
    },
    async (request, reply) => {
      const version = readIfMatch(request.headers['if-match']);
      const analysis = await replaceAnalysis(request, request.params.id, version, request.body, new Date(now()));
      return reply.header('etag', `"${analysis.version}"`).send({ ...analysis, ...textWarnings(request.body, TEXTS) });
    },
  );

  http.patch(
    '/api/analyses/:id',
    {
      ...writes,
      schema: {
        summary: 'Change title or note of an analysis whose version If-Match names',
        headers: IfMatch,
        params: Id,
        body: AnalysisPatch,
        response: { 200: WrittenAnalysis },
      },
    },
    async (request, reply) => {
      const version = readIfMatch(request.headers['if-match']);
      const analysis = await renameAnalysis(request, request.params.id, version, request.body, new Date(now()));
      return reply.header('etag', `"${analysis.version}"`).send({ ...analysis, ...textWarnings(request.body, TEXTS) });
    },
  );

  http.delete(
    '/api/analyses/:id',
    {
      ...writes,
      schema: {
        summary: 'Delete an analysis whose version If-Match names',
        headers: IfMatch,
        params: Id,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const version = readIfMatch(request.headers['if-match']);
      await removeAnalysis(request, request.params.id, version, new Date(now()));
      return reply.status(204).send(null);
    },
  );
};
