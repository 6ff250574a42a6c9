/** Why the server closed, and whether coming back can help. Everything not listed is retryable: the network did it. */
export const CLOSE = {
  /** The server stops or restarts. */
  restart: { code: 1012, reason: 'restart', retry: true },
  /** The server failed. */
  failure: { code: 1011, reason: 'failure', retry: true },
  /** Messages that are no JSON or break the schema, again and again. */
  badMessages: { code: 4000, reason: 'bad_messages', retry: false },
  /** The session has ended or was ended: sign in, then open the stream anew. */
  signedOut: { code: 4401, reason: 'signed_out', retry: false },
  /** What the viewer may see changed: come back at once for what it is now, and read the snapshot of incidents again. */
  permission: { code: 4403, reason: 'permission_changed', retry: true },
  /** More was waiting for this viewer than is kept for one; it resumes from its last cursor. */
  slow: { code: 4008, reason: 'too_slow', retry: true },
  /** No pong came. */
  silent: { code: 4009, reason: 'no_pong', retry: true },
  /** Messages came faster than the limit. */
  tooMany: { code: 4029, reason: 'too_many_messages', retry: true },
} as const;

export type CloseCause = (typeof CLOSE)[keyof typeof CLOSE];

/** Codes of the WebSocket standard after which the same client would only fail again. */
const FATAL_STANDARD = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/** Whether a client should connect again after this close code. */
export function isRetryable(code: number): boolean {
  const known = Object.values(CLOSE).find((cause) => cause.code === code);
  return known ? known.retry : !FATAL_STANDARD.has(code);
}
