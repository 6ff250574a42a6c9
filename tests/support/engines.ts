import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestChain } from 'fastify';
import pg from 'pg';
import { inject } from 'vitest';
import { type App, type AppOptions, buildApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { ADMIN_TOKEN, AUTHORIZATION } from './access.ts';

/** The engines this machine can test: every integration suite loops over them with `describe.each`. */
export function engines(): ('embedded' | 'served')[] {
  return inject('servedUrl') ? ['embedded', 'served'] : ['embedded'];
}

let databases = 0;

/** A configuration on an empty database of the named engine. */
export async function freshConfig(engine: 'embedded' | 'served', settings: Partial<Config> = {}): Promise<Config> {
  const dataDir = mkdtempSync(join(inject('scratch'), 'data-'));
  const base = { ...readConfig({ LOG_LEVEL: 'error' }), port: 0, demo: false, dataDir, adminToken: ADMIN_TOKEN };
  if (engine === 'embedded') return { ...base, ...settings };
  const name = `test_${process.pid}_${++databases}`;
  const client = new pg.Client({ connectionString: inject('servedUrl') });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return { ...base, databaseUrl: inject('servedUrl').replace(/\/postgres$/, `/${name}`), ...settings };
}

/** The app on an empty database, not listening: use `app.http.inject`, or `app.http.listen({ port: 0 })`. */
export async function freshApp(engine: 'embedded' | 'served', options?: AppOptions): Promise<App> {
  return openApp(await freshConfig(engine), options);
}

/** `buildApp`, with every `app.http.inject` acting as an administrator unless it says who it is (`as` in its headers). */
export async function openApp(config: Config, options?: AppOptions): Promise<App> {
  const app = await buildApp(config, options);
  const inject = app.http.inject.bind(app.http) as (request: InjectOptions) => LightMyRequestChain;
  const injectAs = (request: string | InjectOptions = {}) => {
    const asked = typeof request === 'string' ? { url: request } : request;
    const { headers = {} } = asked;
    const named = 'cookie' in headers || 'authorization' in headers;
    return inject(named ? asked : { ...asked, headers: { ...AUTHORIZATION, ...headers } });
  };
  app.http.inject = injectAs as typeof app.http.inject;
  return app;
}
