import { type Static, Type } from 'typebox';
import { body, DateTime } from './fields.ts';

export const AuditQuery = body({
  q: Type.Optional(Type.String({ maxLength: 120 })),
  actor: Type.Optional(Type.String({ maxLength: 120 })),
  action: Type.Optional(Type.String({ maxLength: 60 })),
  from: Type.Optional(DateTime),
  to: Type.Optional(DateTime),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ pattern: '^[\\w-]{22}$' })),
});
export type AuditQuery = Static<typeof AuditQuery>;

/** Query of `GET /api/audit.csv`: the same entries, all of them. */
export const AuditExportQuery = Type.Omit(AuditQuery, ['limit', 'cursor'], { additionalProperties: false });
export type AuditExportQuery = Static<typeof AuditExportQuery>;

export const AuditEntry = Type.Object({
  /** The hash by which the entry is chained. Its number would tell who sees a part of the log how much the rest grows. */
  id: Type.String(),
  at: DateTime,
  /** Who did it: a username, `token`, `lokal` (a command on the server), or `–` for somebody unknown. */
  actor: Type.String(),
  /** What, e.g. `session.created`, `grant.revoked`. */
  action: Type.String(),
  /** To what or whom, e.g. `account:7`. */
  subject: Type.String(),
  detail: Type.Unknown(),
});
export type AuditEntry = Static<typeof AuditEntry>;
