import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { fieldError, type RondaError } from '../shared/errors.ts';

/** How deep arrays and objects may stand in one another. */
const MOST_DEPTH = 32;

/** Longest text, bytes. */
const TEXT_BYTES = 16 * 1024;

/** Reads JSON bodies within limits: valid UTF-8, no poisoned prototypes, no deep nesting, no endless text. */
export function readJsonBodies(http: FastifyInstance): void {
  const parse = http.getDefaultJsonParser('error', 'error');
  http.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body)) return done(invalid('is not UTF-8; send JSON in that encoding'));
    parse(request, body.toString(), (error, value) => {
      if (error) return done(error);
      const problem = problemOf(value, MOST_DEPTH);
      done(problem ? invalid(problem) : null, value);
    });
  });
}

function invalid(problem: string): RondaError {
  return fieldError('invalid_request', 'body', problem);
}

/** What is too much in a parsed value, or `undefined`. */
function problemOf(value: unknown, depthLeft: number): string | undefined {
  if (typeof value === 'string') return problemOfText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depthLeft === 0) return `is nested more than ${MOST_DEPTH} deep; send it flatter`;
  if (Array.isArray(value)) {
    for (const item of value) {
      const problem = problemOf(item, depthLeft - 1);
      if (problem) return problem;
    }
    return undefined;
  }
  const fields = value as Record<string, unknown>;
  for (const name in fields) {
    const problem = problemOfText(name) ?? problemOf(fields[name], depthLeft - 1);
    if (problem) return problem;
  }
  return undefined;
}

function problemOfText(text: string): string | undefined {
  // A character takes three bytes at most for each of its units.
  if (text.length * 3 <= TEXT_BYTES || Buffer.byteLength(text) <= TEXT_BYTES) return undefined;
  return `has a text of more than ${TEXT_BYTES / 1024} KiB; shorten it`;
}
