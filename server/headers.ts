import type { FastifyInstance } from 'fastify';
import { RondaError } from '../shared/errors.ts';
import type { Config } from './config.ts';

const API_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** What every answer says: read as declared, no frames, no address to other sites, nothing shared with other origins. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()',
};

/** Half a year in which browsers do not try without TLS. */
const TLS_ONLY = 'max-age=15552000';

/** Gives every answer its security headers, and refuses addresses that hide separators. Call it before routes are registered. */
export function secureAnswers(http: FastifyInstance, config: Pick<Config, 'tls' | 'publicUrl' | 'basemap'>): void {
  const always: Record<string, string> = { ...ALWAYS };
  if (config.tls || config.publicUrl?.startsWith('https:')) always['strict-transport-security'] = TLS_ONLY;
  const ofApi = { ...always, 'content-security-policy': API_POLICY, 'cache-control': 'no-store' };
  const ofPage = { ...always, 'content-security-policy': pagePolicy(config.basemap) };
  // Nobody looks at these in a browser, and there are thousands a second.
  const ofIngest = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };
  http.addHook('onRequest', (request, reply, done) => {
    const { url } = request;
    if (url.startsWith('/api/ingest/')) reply.headers(ofIngest);
    else reply.headers(url.startsWith('/api/') && !url.startsWith('/api/docs') ? ofApi : ofPage);
    done(hidesSeparator(url) ? new RondaError('invalid_request', PLAIN_PATH) : undefined);
  });
}

const PLAIN_PATH = 'The path holds an encoded separator or NUL (%2F, %5C, %00); ids have none.';

/** `%2F`, `%5C` or `%00` in the path, also where the percent sign itself is encoded. */
function hidesSeparator(url: string): boolean {
  const percent = url.indexOf('%');
  if (percent < 0) return false;
  const query = url.indexOf('?');
  if (query >= 0 && query < percent) return false;
  return /%(25)*(2f|5c|00)/i.test(query < 0 ? url : url.slice(0, query));
}

/**
 * What the page may load. Styles may stand in the document, where the interface library writes its colours; scripts never.
 * A base map from elsewhere names the places of its tiles, letters and symbols itself, so those may be any that speak https.
 */
function pagePolicy(basemap: Config['basemap']): string {
  const elsewhere = basemap && 'url' in basemap ? ` https: ${new URL(basemap.url).origin}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${elsewhere}`,
    "font-src 'self' data:",
    `connect-src 'self' blob:${elsewhere}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
