import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { isIP, isIPv4 } from 'node:net';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { INCIDENT_CATEGORIES, type IncidentCategory } from '../shared/schemas/incident.ts';

/** How much is logged, from nothing to everything. */
const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** Settings of one server. Every environment variable Ronda reads is documented here and nowhere else. */
export interface Config {
  /** `PORT`, default 8080; 0 takes any free port. */
  port: number;
  /** `HOST`, default 127.0.0.1. Others need an administrator's account and TLS, here or at a declared proxy. */
  host: string;
  /** `DATA_DIR`, default `.ronda`: the embedded database and everything else that is kept. */
  dataDir: string;
  /** `DATABASE_URL`, absent = embedded PostGIS. */
  databaseUrl: string | undefined;
  /** `DEMO`, `on` (default) or `off`: the fictional demonstration area and its simulator. */
  demo: boolean;
  /** `BASEMAP_STYLE_URL`, absent = the built-in offline base map: an address, or the path of a PMTiles file to serve. */
  basemap: { url: string } | { file: string } | undefined;
  /** `RETENTION_DAYS`, default 30: how long positions are kept; older fixes are not taken either. */
  retentionDays: number;
  /** `THIN_AFTER_HOURS`, default 48: positions older than this are thinned to one a minute. */
  thinAfterHours: number;
  /**
   * `TEXT_RETENTION_DAYS`, absent = kept: after how many days the texts of closed incidents are removed; one number, or by
   * category, such as `kamtibmas=365,bencana=1825,*=730`. `undefined` stands for the categories that are not named.
   */
  textRetention: { category: IncidentCategory | undefined; days: number }[];
  /** `ADMIN_TOKEN`, absent = none: what scripts send as `Authorization: Bearer` to act as an administrator. */
  adminToken: string | undefined;
  /** `TLS_CERT` and `TLS_KEY`, PEM files: with both, the server speaks https itself. */
  tls: { cert: Buffer; key: Buffer } | undefined;
  /** `TRUSTED_PROXY`, addresses or networks separated by commas: whose `X-Forwarded-*` headers are believed. */
  trustedProxy: string[];
  /** `PUBLIC_URL`, the origin under which people reach the server: for links, QR codes and the check of origins; behind a proxy it says that they come by https. */
  publicUrl: string | undefined;
  /**
   * The organisation's own sign-in: `OIDC_ISSUER` (address of the OpenID Connect provider), `OIDC_CLIENT_ID`,
   * `OIDC_CLIENT_SECRET` (absent for a public client), `OIDC_NAME` (on the button, default the issuer's host).
   */
  oidc: { issuer: string; clientId: string; clientSecret: string | undefined; name: string } | undefined;
  /** `CHROMIUM_PATH`, absent = none: a Chromium or Chrome that prints saved analyses as PDF; it is run without a network. */
  chromiumPath: string | undefined;
  /** `LOG_LEVEL`, default `warn` on a terminal and `info` elsewhere. */
  logLevel: (typeof LOG_LEVELS)[number] | undefined;
}

/** A setting that cannot be used: one line that says which, why, and what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** Shortest `ADMIN_TOKEN`, characters. */
const TOKEN_LENGTH = 32;

/** Whether only programs of this computer reach the address. */
export const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

/** Reads and checks the environment once. Throws {@link ConfigError} for the first setting that cannot be used. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const host = env.HOST || '127.0.0.1';
  const tls = readTls(env.TLS_CERT, env.TLS_KEY);
  const trustedProxy = readProxies(env.TRUSTED_PROXY);
  if (!isLoopback(host) && !tls && trustedProxy.length === 0) {
    throw new ConfigError(
      `HOST=${host} is not a loopback address, and positions would cross the network unencrypted: set TLS_CERT and TLS_KEY, or TRUSTED_PROXY to the address of the proxy that speaks https, or use HOST=127.0.0.1.`,
    );
  }
  const publicUrl = readPublicUrl(env.PUBLIC_URL);
  // By it alone the server knows that browsers come by https: cookies only for that, and no way back to http.
  if (!isLoopback(host) && !tls && !publicUrl?.startsWith('https:')) {
    throw new ConfigError(
      `PUBLIC_URL is ${publicUrl ? `${publicUrl}, which is not https` : 'missing'}: behind TRUSTED_PROXY on HOST=${host}, set it to the https address of the proxy, such as https://ronda.example.org, or set TLS_CERT and TLS_KEY.`,
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
    basemap: readBasemap(env.BASEMAP_STYLE_URL),
    retentionDays: readRetention(env.RETENTION_DAYS),
    thinAfterHours: readThinning(env.THIN_AFTER_HOURS),
    textRetention: readTextRetention(env.TEXT_RETENTION_DAYS),
    adminToken: readToken(env.ADMIN_TOKEN),
    tls,
    trustedProxy,
    publicUrl,
    oidc: readOidc(env),
    chromiumPath: readChromium(env.CHROMIUM_PATH),
    logLevel: readLogLevel(env.LOG_LEVEL),
  };
}

/** Never repeats the token: what is printed here ends in logs. */
function readToken(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (text.length < TOKEN_LENGTH) {
    throw new ConfigError(
      `ADMIN_TOKEN has ${text.length} characters, fewer than ${TOKEN_LENGTH}: use a random one, such as of "openssl rand -hex 32".`,
    );
  }
  if (!/^[A-Za-z0-9._~+/-]+=*$/.test(text)) {
    throw new ConfigError(
      'ADMIN_TOKEN has characters that an Authorization header does not take: use letters, digits and -._~+/, such as of "openssl rand -hex 32".',
    );
  }
  return text;
}

function readTls(certFile: string | undefined, keyFile: string | undefined): Config['tls'] {
  if (!certFile && !keyFile) return undefined;
  if (!certFile || !keyFile) {
    throw new ConfigError(
      `${certFile ? 'TLS_KEY' : 'TLS_CERT'} is missing: TLS needs both the certificate and its key.`,
    );
  }
  const tls = { cert: readPem('TLS_CERT', certFile), key: readPem('TLS_KEY', keyFile) };
  try {
    createSecureContext(tls);
  } catch (error) {
    throw new ConfigError(
      `TLS_CERT=${certFile} and TLS_KEY=${keyFile} cannot be used together (${(error as Error).message}): give the certificate chain and its own key, both PEM.`,
    );
  }
  return tls;
}

function readPem(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new ConfigError(
      `${name}=${file} cannot be read (${(error as NodeJS.ErrnoException).code}): name a PEM file that this account may read.`,
    );
  }
}

function readProxies(text: string | undefined): string[] {
  if (!text) return [];
  return text.split(',').map((part) => {
    const proxy = part.trim();
    const [address = '', bits, ...rest] = proxy.split('/');
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const isNetwork = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most);
    if (most < 0 || !isNetwork || rest.length > 0) {
      throw new ConfigError(
        `TRUSTED_PROXY: "${proxy}" is no address; list addresses or networks such as 10.0.0.2,192.168.7.0/24.`,
      );
    }
    return proxy;
  });
}

function readOidc(env: Record<string, string | undefined>): Config['oidc'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId } = env;
  if (!issuer) return undefined;
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) {
    throw new ConfigError(`OIDC_ISSUER=${issuer} is not an https address; use the issuer that the provider names.`);
  }
  if (!clientId) {
    throw new ConfigError(
      'OIDC_CLIENT_ID is missing: register Ronda at the provider of OIDC_ISSUER, and set its client id.',
    );
  }
  return { issuer, clientId, clientSecret: env.OIDC_CLIENT_SECRET || undefined, name: env.OIDC_NAME || url.host };
}

function readPublicUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.pathname !== '/' || url.search || url.hash || url.username || url.password) {
    throw new ConfigError(
      'PUBLIC_URL is not the address of a server: use scheme, name and, where it needs one, port, such as https://ronda.example.org.',
    );
  }
  return url.origin;
}

function readChromium(path: string | undefined): string | undefined {
  if (!path) return undefined;
  try {
    accessSync(path, constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      `CHROMIUM_PATH=${path} cannot be run (${code}): name the program itself, such as /usr/bin/chromium, or leave it out.`,
    );
  }
  return path;
}

function readLogLevel(text: string | undefined): Config['logLevel'] {
  if (!text) return undefined;
  const level = LOG_LEVELS.find((name) => name === text);
  if (!level) throw new ConfigError(`LOG_LEVEL=${text} is none of ${LOG_LEVELS.join(', ')}.`);
  return level;
}

function readRetention(text: string | undefined): number {
  if (!text) return 30;
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > 3650) {
    throw new ConfigError(`RETENTION_DAYS=${text} is not a number of days; use a whole number from 1 to 3650.`);
  }
  return days;
}

function readThinning(text: string | undefined): number {
  if (!text) return 48;
  const hours = Number(text);
  if (!/^\d+$/.test(text) || hours < 1 || hours > 87_600) {
    throw new ConfigError(`THIN_AFTER_HOURS=${text} is not a number of hours; use a whole number from 1 to 87600.`);
  }
  return hours;
}

function readTextRetention(text: string | undefined): Config['textRetention'] {
  if (!text) return [];
  return text.split(',').map((part) => {
    const [, name = '*', days = ''] = /^(?:(\w+|\*)=)?(\d{1,5})$/.exec(part.trim()) ?? [];
    const category = INCIDENT_CATEGORIES.find((known) => known === name);
    if (days === '' || (name !== '*' && !category)) {
      throw new ConfigError(
        `TEXT_RETENTION_DAYS=${text} is neither a number of days nor days by category, such as kamtibmas=365,*=730 (${INCIDENT_CATEGORIES.join(', ')}).`,
      );
    }
    return { category, days: Number(days) };
  });
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

function readBasemap(text: string | undefined): Config['basemap'] {
  if (!text) return undefined;
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return { url: text };
  const remedy =
    'use http(s)://… of a MapLibre style or PMTiles file, the path of a .pmtiles file, or leave it out for the built-in map';
  if (!text.endsWith('.pmtiles')) throw new ConfigError(`BASEMAP_STYLE_URL=${text} is not an address; ${remedy}.`);
  if (!statSync(text, { throwIfNoEntry: false })?.isFile())
    throw new ConfigError(`BASEMAP_STYLE_URL=${text}: there is no such file; ${remedy}.`);
  return { file: resolve(text) };
}
