import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { fieldError, RondaError } from '../../shared/errors.ts';
import type {
  AnalysisBody,
  AnalysisPatch,
  AnalysisSummary,
  NewAnalysis,
  SavedAnalysis,
} from '../../shared/schemas/saved-analysis.ts';
import { versionConflict } from '../../shared/version-tag.ts';
import { principalOf } from '../access/context.ts';
import type { Trx } from '../database/connection.ts';
import { canonical, storable, storableText } from '../database/storable.ts';
import { type About, aboutNowhere, aboutOf, requireWritable } from './about.ts';
import {
  type AnalysisContent,
  type AnalysisRecord,
  type Change,
  deleteAnalysis,
  findAnalysis,
  insertAnalysis,
  reached,
  type SummaryRecord,
  updateAnalysis,
} from './queries.ts';

/** PostgreSQL's code for a row that a table's CHECK does not let in. */
const CHECK_FAILED = '23514';

/**
 * Stores a new analysis, once: the same id with the same body gives the stored one, with another body `conflict`. Returns
 * it and whether it is new.
 */
export async function createAnalysis(
  request: FastifyRequest,
  body: NewAnalysis,
  at: Date,
): Promise<{ analysis: SavedAnalysis; created: boolean }> {
  const { db, scope } = request;
  const id = body.id.toLowerCase();
  const content = contentOf(body);
  const created = await insertAnalysis(db, id, content, aboutFor(request, body), changeOf(request, at)).catch(explain);
  const record = await findAnalysis(db, scope, id);
  if (!record || (!created && record.request_hash !== content.request_hash)) {
    throw new RondaError('conflict', 'body.id is already the id of another analysis; make a new UUIDv7 for this one.', {
      details: [{ field: 'body.id', problem: 'is taken by an analysis with another body' }],
    });
  }
  return { analysis: await present(request, record), created };
}

/** Replaces all of an analysis whose version is `version`. Throws `not_found` or `version_conflict`. */
export async function replaceAnalysis(
  request: FastifyRequest,
  id: string,
  version: number,
  body: AnalysisBody,
  at: Date,
): Promise<SavedAnalysis> {
  const content = contentOf(body);
  const about = aboutFor(request, body);
  return change(request, id, version, (trx, record) =>
    updateAnalysis(trx, record, content, about, changeOf(request, at)).catch(explain),
  );
}

/** Changes title or note of an analysis whose version is `version`. Throws `not_found` or `version_conflict`. */
export async function renameAnalysis(
  request: FastifyRequest,
  id: string,
  version: number,
  { title, note }: AnalysisPatch,
  at: Date,
): Promise<SavedAnalysis> {
  const content = {
    ...(title === undefined ? {} : { title: titleOf(title) }),
    ...(note === undefined ? {} : { note: storableText(note) }),
  };
  return change(request, id, version, (trx, record) =>
    updateAnalysis(trx, record, content, undefined, changeOf(request, at)),
  );
}

/** Deletes an analysis whose version is `version`. Throws `not_found` or `version_conflict`. */
export async function removeAnalysis(request: FastifyRequest, id: string, version: number, at: Date): Promise<void> {
  await request.db.transaction().execute(async (trx) => {
    await deleteAnalysis(trx, await locked(request, trx, id, version), changeOf(request, at));
  });
}

/** An analysis as the API shows it to who asks. */
export async function present(request: FastifyRequest, record: AnalysisRecord): Promise<SavedAnalysis> {
  const [summary] = await summaries(request, [record]);
  return {
    ...(summary as AnalysisSummary),
    note: record.note,
    camera: record.camera as SavedAnalysis['camera'],
    figures: record.figures as SavedAnalysis['figures'],
  };
}

/** Analyses as the list shows them to who asks. */
export async function summaries(
  request: FastifyRequest,
  records: readonly SummaryRecord[],
): Promise<AnalysisSummary[]> {
  const writer = request.within('analysis.write');
  const ids = records.map(({ id }) => id);
  const mine = writer ? await reached(writer.db, writer.scope, ids) : new Set<string>();
  return records.map((record) => ({
    id: record.id,
    title: record.title,
    view: record.view as AnalysisSummary['view'],
    spec: record.spec as AnalysisSummary['spec'],
    dataVersion: record.data_version,
    createdBy: record.created_by,
    createdAt: record.created_at.toISOString(),
    updatedBy: record.updated_by,
    updatedAt: record.updated_at.toISOString(),
    version: record.version,
    mayChange: mine.has(record.id),
  }));
}

/** The answer to who asks for an analysis that does not exist, or that is about places beyond the scope. */
export function notFound(id: string): RondaError {
  return new RondaError('not_found', `params.id: there is no analysis ${id}.`);
}

async function change(
  request: FastifyRequest,
  id: string,
  version: number,
  apply: (trx: Trx, record: AnalysisRecord) => Promise<void>,
): Promise<SavedAnalysis> {
  const record = await request.db.transaction().execute(async (trx) => {
    await apply(trx, await locked(request, trx, id, version));
    return findAnalysis(trx, request.scope, id);
  });
  if (!record) throw notFound(id);
  return present(request, record);
}

async function locked({ scope }: FastifyRequest, trx: Trx, id: string, version: number): Promise<AnalysisRecord> {
  const record = await findAnalysis(trx, scope, id, true);
  if (!record) throw notFound(id);
  if (record.version !== version) throw versionConflict('analysis', record.version);
  return record;
}

/** Which places the figures are about: of what the writer sees, all of which must lie where he may write. */
function aboutFor(request: FastifyRequest, { view, spec }: AnalysisBody): About {
  const about = aboutOf(request.within('incident.read')?.scope ?? request.scope, view, spec);
  requireWritable(about, request.scope);
  return about;
}

/** The table takes no analysis that is about no place. */
function explain(error: unknown): never {
  throw (error as { code?: string }).code === CHECK_FAILED ? aboutNowhere() : error;
}

/** The body as it is stored: any text becomes one that the database takes. */
function contentOf({ title, note, view, spec, camera, figures, dataVersion }: AnalysisBody): AnalysisContent {
  const json = storable({ spec, camera, figures }) as Pick<AnalysisContent, 'spec' | 'camera' | 'figures'>;
  const content = { title: titleOf(title), note: storableText(note), view, ...json };
  const hash = createHash('sha256')
    .update(canonical({ ...content, dataVersion }))
    .digest('hex');
  return { ...content, data_version: storableText(dataVersion), request_hash: hash };
}

function titleOf(text: string): string {
  const title = storableText(text).trim();
  if (title !== '') return title;
  const problem = 'is blank; write what the analysis is about';
  throw fieldError('unprocessable', 'body.title', problem);
}

function changeOf(request: FastifyRequest, at: Date): Change {
  return { actor: principalOf(request).name, at };
}
