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

/** Whether the server did not answer at all; one that refuses says why. */
export function isUnanswered(error: unknown): boolean {
  return !(error instanceof RequestError) || error.status === 0;
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

/** Asks for JSON. Answers the parsed body; throws {@link RequestError} for everything else. */
export function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  return proved(() => fetchOnce(path, options, parsed as (answer: Response) => Promise<T>));
}

/** Asks for a file: its content, and the name that the server gives it. Throws {@link RequestError}. */
export function requestFile(path: string): Promise<{ content: Blob; name: string }> {
  return proved(() =>
    fetchOnce(path, {}, async (answer) => {
      const [, name = 'ronda'] = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
      return { content: await answer.blob(), name };
    }),
  );
}

const parsed = (answer: Response): Promise<unknown> => answer.json().catch(() => undefined);

/** Makes a request, and once more after a proof where the server wants one. */
async function proved<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const wanted = error instanceof RequestError && error.body.code === 'step_up_required';
    if (!wanted || !(await askForProof())) throw error;
    return ask();
  }
}

/** The one place that fetches. */
async function fetchOnce<T>(path: string, options: RequestOptions, read: (answer: Response) => Promise<T>): Promise<T> {
  const { method = 'GET', body, headers = {}, signal } = options;
  const tell = (status: number, code?: string, serverTime?: number) => {
    for (const watcher of watchers) watcher({ method, path, status, code, serverTime });
  };
  const unreachable = () => {
    tell(0);
    return new RequestError(0, { code: 'unreachable', message: 'The server cannot be reached.' });
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
    throw unreachable();
  }
  const serverTime = Date.parse(answer.headers.get('date') ?? '') || undefined;
  if (answer.ok) {
    // What breaks off on the way has not come.
    const content = await read(answer).catch(() => {
      throw unreachable();
    });
    tell(answer.status, undefined, serverTime);
    return content;
  }
  const error = ((await parsed(answer)) as ErrorBody) ?? { code: 'unknown', message: answer.statusText };
  tell(answer.status, error.code, serverTime);
  throw new RequestError(answer.status, error);
}
