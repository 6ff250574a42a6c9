/**
 * Whether a browser's page of this origin belongs to this server: one that it served itself, or that of `PUBLIC_URL`.
 * Without an origin the answer is no.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl?: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  if (publicUrl !== undefined) return new URL(publicUrl).origin === origin;
  const { protocol, host: page } = new URL(origin);
  // A proxy may speak https for us, so either will do; nothing else is a page.
  return (protocol === 'http:' || protocol === 'https:') && page === host?.toLowerCase();
}
