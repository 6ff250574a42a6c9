import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { Config } from './config.ts';

/** How the server logs: JSON, a line an entry, or calm words where a person watches. */
export type LogOptions = Exclude<FastifyServerOptions['logger'], boolean | undefined>;

/**
 * Options of the logger. No entry has headers, queries or bodies: tokens, cookies and passwords travel there.
 * @param terminal where a person watches; otherwise JSON goes to the standard output
 */
export function logOptions(level: Config['logLevel'], terminal = process.stdout.isTTY ? process.stdout : undefined) {
  const options: LogOptions = {
    level: level ?? (terminal ? 'warn' : 'info'),
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    serializers: {
      req: ({ method, url }) => ({ method, path: pathOf(url) }),
      // Plugins log addresses too: that of a socket opened at a device's door has a token in its query.
      path: (path: unknown) => (typeof path === 'string' ? pathOf(path) : path),
      err: serializeError,
    },
  };
  if (terminal) options.stream = { write: (line) => void terminal.write(inWords(line)) };
  return options;
}

/** Logs each answer once: refusals and changes at `info`, the rest, and all of the devices' doors, at `debug`. */
export function logAnswers(http: FastifyInstance): void {
  // A logger for each request costs more than a fix does.
  http.setChildLoggerFactory((logger, bindings, options, request) =>
    isIngest(request.url) ? logger : logger.child(bindings, options),
  );
  http.addHook('onResponse', (request, reply, done) => {
    const { method, url, log } = request;
    const reads = method === 'GET' || method === 'HEAD';
    const level = isIngest(url) || (reads && reply.statusCode < 400) ? 'debug' : 'info';
    if (!isEnabled(log.level, level)) return done();
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    log[level]({ ...aboutRequest(request), status: reply.statusCode, ms }, 'answered');
    done();
  });
}

/** What an entry says of the request that it is about. */
export function aboutRequest(request: FastifyRequest): { id?: string; method: string; path: string } {
  const { method, url, id } = request;
  const route = request.routeOptions.url ?? '(none)';
  // What no route was made for may be anything, such as an address with a token in a wrong place.
  const path = route === '(none)' || route.includes('*') ? route : pathOf(url);
  return isIngest(url) ? { id, method, path } : { method, path };
}

const ORDER = ['debug', 'info', 'warn', 'error', 'silent'];

function isEnabled(set: string, level: string): boolean {
  return ORDER.indexOf(set) <= ORDER.indexOf(level);
}

function isIngest(url: string | undefined): boolean {
  return url?.startsWith('/api/ingest/') === true;
}

/** The address without its query, at a length that fits a line. */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return (end < 0 ? url : url.slice(0, end)).slice(0, 200);
}

type LoggedError = { type: string; message: string; code: string | undefined; stack: string };

/** An error's own words; what PostgreSQL adds of the rows and parameters stays out. */
function serializeError(error: Error & { code?: string }): LoggedError {
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    code: error.code,
    stack: withoutSecrets(error.stack ?? ''),
  };
}

/** The text with what looks like a credential blacked out. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 …')
    .replace(/\b((?:device)?id|token|password|code|secret)=[^&\s"']+/gi, '$1=…')
    .replace(/(\w+:\/\/)[^/\s@]+@/g, '$1…@');
}

const WORDS: Record<string, string> = { debug: 'rincian', info: 'catatan', warn: 'perhatian', error: 'galat' };

/** An entry as a person reads it. */
export function inWords(line: string): string {
  const { level, time, id, method, path, status, ms, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const what = method ? `${method} ${path} ${status ?? ''} ${ms === undefined ? '' : `${ms} ms`}`.trim() : msg;
  const clock = new Date(String(time)).toTimeString().slice(0, 8);
  const more = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  const stack = (err as Partial<LoggedError> | undefined)?.stack;
  return `${clock}  ${(WORDS[String(level)] ?? String(level)).padEnd(11)}  ${what}${more}${id && stack ? ` (${id})` : ''}\n${stack ? `${stack}\n` : ''}`;
}
