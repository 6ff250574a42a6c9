/** The `ADMIN_TOKEN` of every server that tests and benchmarks start. */
export const ADMIN_TOKEN = 'token-of-tests-0123456789abcdef0123456789abcdef';

/** The header with which a request acts as an administrator who may do everything. */
export const AUTHORIZATION = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** `fetch` with {@link AUTHORIZATION}. */
export function ask(input: string | URL, init: RequestInit = {}): Promise<Response> {
  return fetch(input, { ...init, headers: { ...AUTHORIZATION, ...(init.headers as Record<string, string>) } });
}
