import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PERMISSIONS, type Permission } from '../../shared/access/roles.ts';
import { RondaError } from '../../shared/errors.ts';
import type { Database, Db } from '../database/connection.ts';
import { scopedDb } from '../database/scoped.ts';
import { readPrintCookie, type SessionCookie } from './cookie.ts';
import { isOwnOrigin } from './origin.ts';
import type { Principal } from './principal.ts';
import type { Principals } from './principals.ts';
import { NOTHING, type Scope, scopeOf } from './scope.ts';

const OPEN = ['signed-in', 'device', 'anyone', 'public'] as const;

/**
 * What a route asks of who calls it: a permission; `signed-in`, which is whoever has a session or token; `device`, which
 * knows its callers by their device's token and takes a bearer token beside it; `anyone`, who may be signed in or not; or
 * `public`, where nobody asks.
 */
export type Access = Permission | (typeof OPEN)[number];

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Who calls; `undefined` where nobody needs to be known. */
    principal: Principal | undefined;
    /** Where the caller may do what the route declares. */
    scope: Scope;
    /** The database as far as the scope reaches. */
    readonly db: Db;
    /** The scope of another permission than the route's, and its database; `undefined` where the caller has it nowhere. */
    within(permission: Permission): { scope: Scope; db: Db } | undefined;
  }
}

export interface GateOptions {
  database: Pick<Database, 'pool'>;
  principals: Principals;
  cookie: SessionCookie;
  /** Where people reach the server, when that is not where it listens. */
  publicUrl: string | undefined;
  now: () => number;
}

/** A route, and what it declares. */
export interface DeclaredRoute {
  method: string | string[];
  url: string;
  config?: { access?: Access };
}

/** Scopes whose database is kept ready. */
const MOST_SCOPES = 1_000;

/**
 * Stands before every route that is registered after this call: finds out who calls, lets in whom the route's declared
 * access lets in, and gives the request its scope. A route that declares none stops the start.
 * Returns the table of routes, which grows as they are registered.
 */
export function guardRoutes(http: FastifyInstance, options: GateOptions): readonly DeclaredRoute[] {
  const routes = requireDeclarations(http);
  const databaseOf = scopedDatabases(options.database);
  http.decorateRequest('principal', undefined);
  http.decorateRequest('scope', null as unknown as Scope);
  http.decorateRequest('db', {
    getter(this: FastifyRequest) {
      return databaseOf(this.scope);
    },
  });
  http.decorateRequest('within', function (this: FastifyRequest, permission) {
    const scope = this.principal && scopeOf(this.principal, permission, options.now());
    return scope && { scope, db: databaseOf(scope) };
  });
  /**
   * Who holds a header of cookies. A printing's counts before a session's; one that is over, or never was, is as good as
   * none. Throws `forbidden` for what its holder may not do this way.
   */
  const holderOf = async (request: FastifyRequest, cookie: string): Promise<Principal | undefined> => {
    const lent = readPrintCookie(cookie);
    const reader = lent === undefined ? undefined : await options.principals.ofLoan(lent);
    if (reader) {
      requireReading(request);
      return reader;
    }
    const id = options.cookie.read(cookie);
    if (id === undefined) return undefined;
    checkOrigin(request, options.publicUrl);
    return options.principals.ofSession(id);
  };
  http.addHook('onRequest', (request, _reply, done) => {
    request.scope = NOTHING;
    const { access } = request.routeOptions.config;
    // What no route answers says so to everybody.
    if (access === undefined || access === 'public') return done();
    try {
      const { authorization, cookie } = request.headers;
      if (authorization !== undefined) {
        admit(request, bearer(authorization, options.principals), access, options.now());
        return done();
      }
      // A device says who it is in its message.
      if (access === 'device' || cookie === undefined) {
        admit(request, undefined, access, options.now());
        return done();
      }
      holderOf(request, cookie)
        .then((principal) => admit(request, principal, access, options.now()))
        .then(() => done(), done);
    } catch (error) {
      done(error as Error);
    }
  });
  return routes;
}

/** Lets the principal in or throws `unauthenticated` or `forbidden`. */
function admit(request: FastifyRequest, principal: Principal | undefined, access: Access, now: number): void {
  request.principal = principal;
  if (access === 'device' || access === 'anyone' || access === 'public') return;
  if (!principal) {
    throw new RondaError('unauthenticated', 'Nobody is signed in, or the session has ended; sign in and try again.');
  }
  if (access === 'signed-in') return;
  const scope = scopeOf(principal, access, now);
  if (!scope) {
    throw new RondaError(
      'forbidden',
      `${principal.name} has no role that allows this (${access}); an administrator can grant one.`,
    );
  }
  request.scope = scope;
}

/** Who holds the token of an Authorization header. Throws `unauthenticated`: a wrong one is never as good as none. */
function bearer(authorization: string, principals: Principals): Principal {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  const principal = token === undefined ? undefined : principals.ofToken(token);
  if (!principal) {
    throw new RondaError(
      'unauthenticated',
      'headers.authorization holds no token that is known here; send Bearer and the token.',
    );
  }
  return principal;
}

/** What was lent for a printing reads, and does nothing else. Throws `forbidden`. */
function requireReading({ method, headers }: FastifyRequest): void {
  if ((method === 'GET' || method === 'HEAD') && headers.upgrade === undefined) return;
  throw new RondaError('forbidden', 'A printing only reads; sign in to change something.');
}

/**
 * A browser sends its cookie along with whatever page asks it to, so a request that changes something, or opens a stream,
 * must come from a page of this server. Throws `forbidden`.
 */
function checkOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  const { origin, host, upgrade } = request.headers;
  const reads = (request.method === 'GET' || request.method === 'HEAD') && upgrade === undefined;
  if (reads || isOwnOrigin(origin, host, publicUrl)) return;
  throw new RondaError(
    'forbidden',
    `A page of ${origin ?? 'no origin'} may not do this with the session of ${host}; open Ronda itself.`,
  );
}

/** Fails the start when a route has not said who may call it. */
function requireDeclarations(http: FastifyInstance): readonly DeclaredRoute[] {
  const known = new Set<unknown>([...PERMISSIONS, ...OPEN]);
  const routes: DeclaredRoute[] = [];
  http.addHook('onRoute', (route) => void routes.push(route));
  http.addHook('onReady', async () => {
    const missing = routes
      .filter(({ config }) => !known.has(config?.access))
      .map(({ method, url }) => `${method} ${url}`);
    if (missing.length > 0) throw new Error(`Routes without a declared access (config.access): ${missing.join(', ')}`);
  });
  return routes;
}

/** Declares every route that a plugin registers within this instance as open. */
export function declarePublic(http: FastifyInstance): void {
  http.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'public' };
  });
}

function scopedDatabases(database: Pick<Database, 'pool'>): (scope: Scope) => Db {
  const databases = new Map<string, Db>();
  return (scope) => {
    let db = databases.get(scope.key);
    if (!db) {
      if (databases.size >= MOST_SCOPES) databases.clear();
      db = scopedDb(database.pool, scope);
      databases.set(scope.key, db);
    }
    return db;
  };
}
