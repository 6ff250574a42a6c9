/** What a request came to: an answer, or nobody there. */
export interface Reply {
  /** HTTP status; 0 when the server could not be reached. */
  status: number;
  etag: string | undefined;
  body: unknown;
  /** Seconds after which the server wants to be asked again. */
  retryAfter: number | undefined;
}

export interface ServerClient {
  get(path: string): Promise<Reply>;
  send(method: 'POST' | 'PATCH', path: string, body: unknown, headers?: Record<string, string>): Promise<Reply>;
}

const TIMEOUT_MS = 15_000;

/** Where the server is, and the token with which it lets in whoever sends for every unit. */
export interface ServerAddress {
  url: string;
  token: string;
}

/** Speaks to one server over HTTP. Never throws: a server that is not there is an answer, too. */
export function serverClient({ url, token }: ServerAddress, stopped: AbortSignal): ServerClient {
  const authorization = `Bearer ${token}`;
  const request = async (path: string, init: RequestInit): Promise<Reply> => {
    try {
      const signal = AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)]);
      const response = await fetch(new URL(path, url), { ...init, signal });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
      const after = Number(response.headers.get('retry-after') ?? Number.NaN);
      return {
        status: response.status,
        etag: response.headers.get('etag') ?? undefined,
        body: isJson ? JSON.parse(text) : undefined,
        retryAfter: Number.isFinite(after) ? after : undefined,
      };
    } catch {
      return { status: 0, etag: undefined, body: undefined, retryAfter: undefined };
    }
  };
  return {
    get: (path) => request(path, { headers: { authorization } }),
    send: (method, path, body, headers = {}) =>
      request(path, {
        method,
        headers: { authorization, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
  };
}

export const isOk = ({ status }: Reply) => status >= 200 && status < 300;
/** Whether the same request may succeed later. */
export const isTransient = ({ status }: Reply) => status === 0 || status === 429 || status >= 500;
