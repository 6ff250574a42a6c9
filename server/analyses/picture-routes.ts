import { createHash, X509Certificate } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyTypeProviderDefault } from 'fastify';
import { Type } from 'typebox';
import { RondaError } from '../../shared/errors.ts';
import { dayIn } from '../../shared/geo/zone.ts';
import { LoggedPicture, NewPicture } from '../../shared/schemas/saved-analysis.ts';
import { recordAudit } from '../access/audit.queries.ts';
import { type AccessContext, principalOf } from '../access/context.ts';
import { PRINT_COOKIE } from '../access/cookie.ts';
import { zoneOfScope } from '../access/shapes.queries.ts';
import { requireStepUp } from '../access/step-up.ts';
import type { Config } from '../config.ts';
import { PrintError, printPage } from './print.ts';
import { findAnalysis } from './queries.ts';
import { notFound } from './service.ts';

export interface PictureOptions extends Pick<AccessContext, 'db' | 'now' | 'principals'> {
  chromiumPath: Config['chromiumPath'];
  tls: Config['tls'];
  /** How long a printing may take. */
  timeoutMs?: number;
}

const Id = Type.Object({ id: Type.String({ format: 'uuid' }) });
const LANGUAGES = ['id', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
const PdfQuery = Type.Object(
  { language: Type.Optional(Type.Enum(LANGUAGES, { default: 'id' })) },
  { additionalProperties: false },
);
const TIMEOUT_MS = 60_000;
const PDF_ANSWER = {
  200: { description: 'The file', content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } } },
};

/** Pictures and documents of analyses, each written down before it is made. */
export const pictureRoutes: FastifyPluginAsyncTypebox<PictureOptions> = async (http, options) => {
  const { db, now, principals, chromiumPath, tls, timeoutMs = TIMEOUT_MS } = options;
  let printing = false;

  http.post(
    '/api/analyses/pictures',
    {
      config: { access: 'export' },
      schema: {
        summary: 'Write down that a picture or print of an analysis is taken; answers what must stand on it',
        description: 'Needs a proof (POST /api/access/step-up) and stands in the audit log.',
        body: NewPicture,
        response: { 201: LoggedPicture },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      await requireStepUp({ db, now }, principal);
      const { kind, title, spec } = request.body;
      const at = new Date(now());
      await recordAudit(db, { at, actor: principal.name, action: 'analysis.pictured', detail: { kind, title, spec } });
      return reply.status(201).send({ watermark: markOf(principal.name, at), at: at.toISOString() });
    },
  );

  http
    .withTypeProvider<FastifyTypeProviderDefault>()
    .get<{ Params: { id: string }; Querystring: { language?: Language } }>(
      '/api/analyses/:id.pdf',
      {
        config: { access: 'export' },
        exposeHeadRoute: false,
        schema: {
          summary: 'The brief of a saved analysis as PDF',
          description:
            'The same document as the page prints: with the figures as they are now, and what other views had found when it was saved. Needs a proof (POST /api/access/step-up), stands in the audit log, and needs a Chromium (CHROMIUM_PATH); one is printed at a time.',
          params: Id,
          querystring: PdfQuery,
          response: PDF_ANSWER,
        },
      },
      async (request, reply) => {
        const principal = principalOf(request);
        // Whoever may read it and not take it away gets no file of it.
        const analysis = await findAnalysis(request.db, request.scope, request.params.id);
        if (!analysis) throw notFound(request.params.id);
        await requireStepUp({ db, now }, principal);
        if (!chromiumPath) {
          throw new RondaError(
            'not_configured',
            'No Chromium is set up here, so nothing is printed: set CHROMIUM_PATH, or print the brief from your browser.',
          );
        }
        if (printing) {
          throw new RondaError('overloaded', 'Another brief is being printed; try again.', { retryAfterSeconds: 10 });
        }
        printing = true;
        const loan = principals.lend(principal, timeoutMs);
        try {
          const at = new Date(now());
          const record = { subject: `analysis:${analysis.id}`, detail: { kind: 'pdf', title: analysis.title } };
          await recordAudit(db, { at, actor: principal.name, action: 'analysis.pictured', ...record });
          const pdf = await printPage({
            chromium: chromiumPath,
            url: `${addressOf(http, tls !== undefined)}/?ruang=analisis${request.query.language === 'en' ? '&bahasa=en' : ''}&cetak=${analysis.id}`,
            cookie: { name: PRINT_COOKIE, value: loan.id },
            mark: markOf(principal.name, at),
            publicKey: tls && publicKeyOf(tls.cert),
            timeoutMs,
          });
          const day = dayIn(await zoneOfScope(db, request.scope), at.getTime());
          return reply
            .type('application/pdf')
            .header('cache-control', 'no-store')
            .header('content-disposition', `attachment; filename="ronda-analisis-${day}.pdf"`)
            .send(pdf);
        } catch (error) {
          if (!(error instanceof PrintError)) throw error;
          request.log.error({ err: error }, 'not printed');
          throw new RondaError(
            'overloaded',
            `The brief was not printed: ${error.message}. Print it from your browser.`,
            {
              cause: error,
            },
          );
        } finally {
          loan.end();
          printing = false;
        }
      },
    );
};

/** What stands on everything that leaves: who took it, and when. */
function markOf(name: string, at: Date): string {
  return `Ronda · ${name} · ${at.toISOString()}`;
}

/** Where this server listens, for a program on the same computer. */
function addressOf(http: FastifyInstance, secure: boolean): string {
  const listening = http.server.address();
  if (listening === null || typeof listening === 'string') throw new PrintError('the server listens at no port');
  const { address, port } = listening;
  const host = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The public key of a certificate as Chromium knows it: base64 of the SHA-256 of its SPKI. */
function publicKeyOf(cert: Buffer): string {
  const key = new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}
