import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorBody, type ErrorDetail, RondaError } from '../shared/errors.ts';
import { aboutRequest } from './log.ts';

/** PostgreSQL and network codes that mean the database is not there now: the client should try again. */
const DATABASE_GONE = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0[123]|08\w{3}|53\w{3})$/;

/** PostgreSQL took a transaction back because it and another waited for each other, or could not both count. */
const CONTENDED = /^(40001|40P01)$/;

/** PostgreSQL's code for a row that row-level security does not let in. */
const ROW_REFUSED = '42501';

/** PostgreSQL: no room on its disk. */
const DISK_FULL = '53100';

/** PostgreSQL's codes for characters that its text types do not take: NUL, halves of surrogate pairs. */
const UNSTORABLE_TEXT = /^(22021|22P05)$/;

/** Installs the one error handler: every answer outside 2xx is `{code, message, details?}`. */
export function answerErrors(http: FastifyInstance): void {
  http.setNotFoundHandler((request, reply) => {
    const body: ErrorBody = {
      code: 'not_found',
      // The address is not repeated: it may be one with a token in a wrong place.
      message: `Nothing answers ${request.method} at this address; /api/docs lists those that exist.`,
    };
    return reply.status(404).send(body);
  });
  http.setErrorHandler(answerError);
}

/** Answers what was thrown, also before a route was found: an address that cannot be decoded. */
export function answerError(thrown: Thrown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = toRondaError(thrown);
  // Nobody expects this one: whoever runs the server should see it.
  if (error.code === 'internal') request.log.error({ ...aboutRequest(request), err: thrown }, 'failed');
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  const body: ErrorBody = { code: error.code, message: error.message };
  if (error.details.length > 0) body.details = error.details;
  if (error.successors.length > 0) body.successors = error.successors;
  return reply.status(error.status).send(body);
}

/** Errors of Fastify, of the database and of Node say what they are by these. */
type Thrown = Error & { statusCode?: number; validation?: unknown[]; validationContext?: string; code?: string };

function toRondaError(thrown: Thrown): RondaError {
  if (thrown instanceof RondaError) return thrown;
  if (thrown.validation) return fromValidation(thrown.validation as AjvError[], thrown.validationContext ?? 'body');
  if (thrown.statusCode === 413)
    return new RondaError('payload_too_large', 'The request is larger than this address takes; send it in parts.');
  if (thrown.statusCode === 415) return new RondaError('unsupported_media_type', 'Send application/json.');
  if (thrown.statusCode !== undefined && thrown.statusCode < 500) {
    return new RondaError('invalid_request', thrown.message, { cause: thrown });
  }
  if (thrown.code === ROW_REFUSED) {
    return new RondaError('forbidden', 'This lies outside your jurisdiction.', { cause: thrown });
  }
  if (UNSTORABLE_TEXT.test(thrown.code ?? '')) {
    return new RondaError(
      'invalid_request',
      'The request holds text that cannot be stored, such as the character NUL; leave it out.',
      {
        cause: thrown,
      },
    );
  }
  if (thrown.code === DISK_FULL) return diskIsFull(thrown);
  if (CONTENDED.test(thrown.code ?? '')) {
    return new RondaError(
      'database_contended',
      'Another change was made in the same moment and got in the way; nothing was stored. Try again.',
      { retryAfterSeconds: 1, cause: thrown },
    );
  }
  if (
    DATABASE_GONE.test(thrown.code ?? '') ||
    /Connection terminated|not queryable|timeout exceeded when trying to connect/.test(thrown.message)
  ) {
    return new RondaError('database_unavailable', 'The database is not reachable; nothing was stored. Try again.', {
      retryAfterSeconds: 2,
      cause: thrown,
    });
  }
  return new RondaError('internal', 'Something went wrong in the server; nothing was stored.', { cause: thrown });
}

/** The answer of a server that cannot store any more. */
export function diskIsFull(cause?: unknown): RondaError {
  return new RondaError(
    'insufficient_storage',
    'The disk of the server is full; nothing was stored. Reading goes on; have an administrator make room, then send again.',
    { retryAfterSeconds: 60, cause },
  );
}

interface AjvError {
  instancePath?: string;
  message?: string;
  params?: { additionalProperty?: string; missingProperty?: string; allowedValue?: unknown };
}

function fromValidation(problems: AjvError[], context: string): RondaError {
  const details: ErrorDetail[] = problems.map((problem) => {
    const extra = problem.params?.missingProperty ?? problem.params?.additionalProperty;
    const path = `${context}${(problem.instancePath ?? '').replaceAll('/', '.')}${extra ? `.${extra}` : ''}`;
    return { field: path, problem: problem.message ?? 'is not valid' };
  });
  const first = details[0];
  return new RondaError('invalid_request', first ? `${first.field}: ${first.problem}` : 'The request is not valid.', {
    details,
  });
}
