import { isIPv4 } from 'node:net';
import { resolve } from 'node:path';

/** Settings of one server. Every environment variable Ronda reads is documented here and nowhere else. */
export interface Config {
  /** `PORT`, default 8080; 0 takes any free port. */
  port: number;
  /** `HOST`, default 127.0.0.1. Only loopback until sign-in exists. */
  host: string;
  /** `DATA_DIR`, default `.ronda`: the embedded database and everything else that is kept. */
  dataDir: string;
  /** `DATABASE_URL`, absent = embedded PostGIS. */
  databaseUrl: string | undefined;
  /** `DEMO`, `on` (default) or `off`: the fictional demonstration area and its simulator. */
  demo: boolean;
  /** `BASEMAP_STYLE_URL`, absent = the built-in offline base map. */
  basemapStyleUrl: string | undefined;
  /** `RETENTION_DAYS`, default 30: how long positions are kept; older fixes are not taken either. */
  retentionDays: number;
}

/** A setting that cannot be used: one line that says which, why, and what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

/** Reads and checks the environment once. Throws {@link ConfigError} for the first setting that cannot be used. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const host = env.HOST || '127.0.0.1';
  if (!isLoopback(host)) {
    throw new ConfigError(
      `HOST=${host} is not a loopback address. Ronda has no sign-in yet, so it would show every position to the whole network; use HOST=127.0.0.1.`,
    );
  }
  const demo = env.DEMO || 'on';
  if (demo !== 'on' && demo !== 'off') {
    throw new ConfigError(`DEMO=${demo} is neither "on" nor "off".`);
  }
  return {
    port: readPort(env.PORT),
    host,
    dataDir: resolve(env.DATA_DIR || '.ronda'),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    demo: demo === 'on',
    basemapStyleUrl: readStyleUrl(env.BASEMAP_STYLE_URL),
    retentionDays: readRetention(env.RETENTION_DAYS),
  };
}

function readRetention(text: string | undefined): number {
  if (!text) return 30;
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > 3650) {
    throw new ConfigError(`RETENTION_DAYS=${text} is not a number of days; use a whole number from 1 to 3650.`);
  }
  return days;
}

function readPort(text: string | undefined): number {
  if (!text) return 8080;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) {
    throw new ConfigError(`PORT=${text} is not a port number; use a whole number from 0 to 65535.`);
  }
  return port;
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) {
    throw new ConfigError(
      'DATABASE_URL is not a PostgreSQL address; use postgres://user:password@host:5432/database, or leave it out for the embedded database.',
    );
  }
  return text;
}

function readStyleUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!/^(https?:\/\/|\/)/.test(text)) {
    throw new ConfigError(
      `BASEMAP_STYLE_URL=${text} is not an address; use http(s)://… of a MapLibre style, or leave it out for the built-in map.`,
    );
  }
  return text;
}
