import { type Static, Type } from 'typebox';

/** Every error code Ronda answers with, and the HTTP status it travels under. */
export const ERROR_STATUS = {
  invalid_request: 400,
  unauthenticated: 401,
  totp_required: 401,
  forbidden: 403,
  step_up_required: 403,
  not_found: 404,
  unknown_device: 404,
  conflict: 409,
  area_replaced: 410,
  gone: 410,
  version_conflict: 412,
  payload_too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  upgrade_required: 426,
  version_required: 428,
  too_many_requests: 429,
  internal: 500,
  not_configured: 503,
  overloaded: 503,
  database_unavailable: 503,
  database_contended: 503,
  insufficient_storage: 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export const ErrorDetail = Type.Object({
  /** Path of the field within the request, e.g. `body.location.lon`. */
  field: Type.String(),
  /** What is wrong with its value, and what to do. */
  problem: Type.String(),
});
export type ErrorDetail = Static<typeof ErrorDetail>;

/** An area that took the place of one that is no longer in force. */
export const Successor = Type.Object({
  code: Type.String(),
  /** Absent where no such area was ever imported. */
  name: Type.Optional(Type.String()),
  /** ISO date since when, where it is known. */
  since: Type.Optional(Type.String()),
});
export type Successor = Static<typeof Successor>;

/** Body of every answer outside 2xx. */
export const ErrorBody = Type.Object({
  code: Type.String(),
  message: Type.String(),
  details: Type.Optional(Type.Array(ErrorDetail)),
  /** With `area_replaced`: lowest code first. */
  successors: Type.Optional(Type.Array(Successor)),
});
export type ErrorBody = Static<typeof ErrorBody>;

/** An error whose cause and remedy are meant for the client. Thrown anywhere in the server, answered by one handler. */
export class RondaError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetail[];
  readonly successors: Successor[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: {
      details?: ErrorDetail[];
      successors?: Successor[];
      retryAfterSeconds?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'RondaError';
    this.code = code;
    this.details = options.details ?? [];
    this.successors = options.successors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** The error of one field: `body.title is blank; …`. What is wrong, and what to do, stands in its details by the field, too. */
export function fieldError(code: ErrorCode, field: string, problem: string): RondaError {
  return new RondaError(code, `${field} ${problem}.`, { details: [{ field, problem }] });
}
