import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { type App, type AppOptions, buildApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';

/** The engines this machine can test: every integration suite loops over them with `describe.each`. */
export function engines(): ('embedded' | 'served')[] {
  return inject('servedUrl') ? ['embedded', 'served'] : ['embedded'];
}

let databases = 0;

/** A configuration on an empty database of the named engine. */
export async function freshConfig(engine: 'embedded' | 'served', settings: Partial<Config> = {}): Promise<Config> {
  const dataDir = mkdtempSync(join(inject('scratch'), 'data-'));
  const base = { ...readConfig({ LOG_LEVEL: 'error' }), port: 0, demo: false, dataDir };
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
  return buildApp(await freshConfig(engine), options);
}
