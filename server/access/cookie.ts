/** The cookie that holds a session's id: written at sign-in, read by the gate. */
export interface SessionCookie {
  /** The session's id in a Cookie header, or `undefined`. */
  read(header: string): string | undefined;
  /** The Set-Cookie header for a session that lasts this many seconds. */
  write(id: string, maxAgeSeconds: number): string;
  /** The Set-Cookie header that ends it. */
  clear(): string;
}

/** The cookie by which a browser that the server itself runs reads as somebody, for one printing; see `Principals.lend`. */
export const PRINT_COOKIE = 'ronda-print';

/** The id in the cookie of a printing, or `undefined`. */
export function readPrintCookie(header: string): string | undefined {
  return /(?:^|;) *ronda-print=([A-Za-z0-9_-]{1,128}) *(?:;|$)/.exec(header)?.[1];
}

/**
 * Where people come by https, the name begins with `__Host-`: no other host, and no page without encryption, can set
 * it. On a loopback address without https, browsers would not keep such a cookie, so the name is plain there.
 */
export function sessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-ronda' : 'ronda';
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  const pattern = new RegExp(`(?:^|;) *${name}=([A-Za-z0-9_-]{1,128}) *(?:;|$)`);
  return {
    read: (header) => pattern.exec(header)?.[1],
    write: (id, maxAgeSeconds) => `${name}=${id}; Max-Age=${maxAgeSeconds}; ${attributes}`,
    clear: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}
