import type { InjectOptions, LightMyRequestChain } from 'fastify';
import { inject } from 'vitest';
import { type App, type AppOptions, buildApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { ADMIN_TOKEN, AUTHORIZATION } from './access.ts';
import { dataFolder, emptyFolder } from './data-folders.ts';
import { createDatabase, MIGRATED } from './templates.ts';

/** The engines this machine can test: every integration suite loops over them with `describe.each`. */
export function engines(): ('embedded' | 'served')[] {
  return inject('servedUrl') ? ['embedded', 'served'] : ['embedded'];
}

let databases = 0;

/** A configuration on a new database of the named engine, with all migrations and no data. */
export async function freshConfig(engine: 'embedded' | 'served', settings: Partial<Config> = {}): Promise<Config> {
  const config = await configOf(engine, engine === 'embedded' ? dataFolder() : emptyFolder(), MIGRATED);
  return { ...config, ...settings };
}

/** A configuration on a database of the named engine in which there is nothing, not even a table. */
export function emptyConfig(engine: 'embedded' | 'served'): Promise<Config> {
  return configOf(engine, emptyFolder());
}

async function configOf(engine: 'embedded' | 'served', dataDir: string, template?: string): Promise<Config> {
  const config = { ...readConfig({ LOG_LEVEL: 'error' }), port: 0, demo: false, dataDir, adminToken: ADMIN_TOKEN };
  if (engine === 'embedded') return config;
  const name = `test_${process.pid}_${++databases}`;
  return { ...config, databaseUrl: await createDatabase(inject('servedUrl'), name, template) };
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
