/**
 * Whether a browser page of this origin may open the live stream of this host: only one that the same host served. A
 * request without an origin comes from no browser page.
 */
export function isSameOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
