import type { FastifyRequest } from 'fastify';
import { RondaError } from '../../shared/errors.ts';
import type { Config } from '../config.ts';
import type { Db } from '../database/connection.ts';
import type { Bus } from '../events.ts';
import type { SessionCookie } from './cookie.ts';
import { isOwnOrigin } from './origin.ts';
import type { Principal } from './principal.ts';
import type { Principals } from './principals.ts';

/** What everything about sign-in works with. */
export interface AccessContext {
  /** Unscoped: accounts and sessions are not operational data. */
  db: Db;
  bus: Bus;
  now: () => number;
  principals: Principals;
  cookie: SessionCookie;
  publicUrl: string | undefined;
  /** The organisation's own sign-in, when there is one. */
  oidc: Config['oidc'];
  /** Folder where the end of the audit log is noted. */
  dataDir: string;
}

/** Where a request comes from, as far as it is kept. */
export interface Caller {
  address: string;
  userAgent: string;
}

export function callerOf(request: FastifyRequest): Caller {
  return { address: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) };
}

/** Who calls a route that lets in only those who are known. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new RondaError('unauthenticated', 'Nobody is signed in; sign in and try again.');
  return request.principal;
}

/** Who calls, where only a person with an account and a session makes sense. Throws `forbidden` for a token. */
export function personOf(request: FastifyRequest): { principal: Principal; accountId: number; idHash: string } {
  const principal = principalOf(request);
  if (principal.accountId === null || !principal.session) {
    throw new RondaError('forbidden', 'This is about an account of one’s own, and a bearer token has none; sign in.');
  }
  return { principal, accountId: principal.accountId, idHash: principal.session.idHash };
}

/** Refuses a sign-in that the page of another server sends on a visitor's behalf. Programs send no origin. */
export function checkSender(request: FastifyRequest, publicUrl: string | undefined): void {
  const { origin, host } = request.headers;
  if (origin === undefined || isOwnOrigin(origin, host, publicUrl)) return;
  throw new RondaError('forbidden', `A page of ${origin} may not sign anybody in here; open Ronda itself.`);
}

/** The address that links begin with. */
export function baseUrl(request: FastifyRequest, publicUrl: string | undefined): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}
