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
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** What an answer says of the server, whoever asked. */
export interface AnswerNote {
  method: string;
  path: string;
  /** 0: no answer at all. */
  status: number;
  /** Of an error. */
  code: string | undefined;
  /** The server's clock when it answered, Unix time in milliseconds, to the second. */
  serverTime: number | undefined;
}

const watchers = new Set<(note: AnswerNote) => void>();

/** Calls back for every answer. Returns the way to stop it. */
export function watchAnswers(callback: (note: AnswerNote) => void): () => void {
  watchers.add(callback);
  return () => watchers.delete(callback);
}

/** Asks the person for a proof that it is them; resolves to whether it was given. */
let askForProof: () => Promise<boolean> = async () => false;

/** Says who asks for a proof when the server wants one; the request is then made once more. */
export function setProofAsker(ask: () => Promise<boolean>): void {
  askForProof = ask;
}

/** The one place that fetches. Answers the parsed body; throws {@link RequestError} for everything else. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  try {
    return await once<T>(path, options);
  } catch (error) {
    const wanted = error instanceof RequestError && error.body.code === 'step_up_required';
    if (!wanted || !(await askForProof())) throw error;
    return once<T>(path, options);
  }
}

async function once<T>(path: string, options: RequestOptions): Promise<T> {
  const { method = 'GET', body, headers = {}, signal } = options;
  const tell = (status: number, code?: string, serverTime?: number) => {
    for (const watcher of watchers) watcher({ method, path, status, code, serverTime });
  };
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
    tell(0);
    throw new RequestError(0, { code: 'unreachable', message: 'The server cannot be reached.' });
  }
  const parsed = (await answer.json().catch(() => undefined)) as unknown;
  const serverTime = Date.parse(answer.headers.get('date') ?? '') || undefined;
  if (answer.ok) {
    tell(answer.status, undefined, serverTime);
    return parsed as T;
  }
  const error = (parsed as ErrorBody) ?? { code: 'unknown', message: answer.statusText };
  tell(answer.status, error.code, serverTime);
  throw new RequestError(answer.status, error);
}
