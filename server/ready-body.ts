import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);

/** About what fits into one packet: smaller bodies do not arrive sooner for being compressed. */
const WORTH_COMPRESSING = 1_400;

/** A body that is kept to be sent again, and compresses itself when somebody wants that for the first time. */
export interface ReadyBody {
  body: Buffer;
  etag: string;
  /** `undefined` until it is made, or where it is not worth while. */
  gzipped: Buffer | undefined;
  gzippedEtag: string;
  /** Bytes it is counted with in a cache: what it takes once it is compressed too. */
  size: number;
}

/** Makes a body ready to be sent; its tag is another where the version or the body is. */
export function readyBody(body: Buffer, version: number): ReadyBody {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  return {
    body,
    etag: `"${version}-${hash}"`,
    gzipped: undefined,
    gzippedEtag: `"${version}-${hash}-gzip"`,
    size: 2 * body.length + 400,
  };
}

/** Sends it, compressed for whom that suits, or 304 for whom has it already. It is asked for anew each time: an import changes it. */
export async function sendReady(
  ready: ReadyBody,
  contentType: string,
  headers: FastifyRequest['headers'],
  reply: FastifyReply,
): Promise<FastifyReply> {
  const zips = ready.body.length >= WORTH_COMPRESSING && /\bgzip\b/.test(headers['accept-encoding'] ?? '');
  const etag = zips ? ready.gzippedEtag : ready.etag;
  reply.header('etag', etag);
  reply.header('cache-control', 'no-cache');
  reply.header('vary', 'accept-encoding');
  const known = headers['if-none-match'];
  if (known && matches(known, etag)) return reply.status(304).send();
  reply.header('content-type', contentType);
  if (!zips) return reply.send(ready.body);
  ready.gzipped ??= await compress(ready.body);
  reply.header('content-encoding', 'gzip');
  return reply.send(ready.gzipped);
}

function matches(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
