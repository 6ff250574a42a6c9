import type { ErrorBody } from '../../shared/errors.ts';

/** An answer outside 2xx, or none at all (`status` 0). */
export class RequestError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = 'RequestError';
    this.status = status;
    this.body = body;
  }
}

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The one place that fetches. Answers the parsed body; throws {@link RequestError} for everything else. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, headers = {}, signal } = options;
  let answer: Response;
  try {
    answer = await fetch(path, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestError(0, { code: 'unreachable', message: 'The server cannot be reached.' });
  }
  const parsed = (await answer.json().catch(() => undefined)) as unknown;
  if (answer.ok) return parsed as T;
  throw new RequestError(answer.status, (parsed as ErrorBody) ?? { code: 'unknown', message: answer.statusText });
}
