import { create } from 'zustand';
import type { Permission } from '../../shared/access/roles.ts';
import type { Me, SignedIn, SignedOut } from '../../shared/schemas/access.ts';
import { request, watchAnswers } from '../api/request.ts';

/** How often a page that is looked at asks whether it is still let in. */
const WATCH_MS = 60_000;

interface AccessState {
  /**
   * `asking`: not known yet. `unreachable`: no answer, and nobody was signed in here before. `closed`: nobody is signed
   * in (any more). `open`: `me` is.
   */
  door: 'asking' | 'unreachable' | 'closed' | 'open';
  /** Who is signed in, or was until the door closed: the same person then finds the page as it was left. */
  me: SignedIn | undefined;
  /** The ways to sign in. */
  offer: SignedOut | undefined;
  /** The door closed while the page was in use. */
  lost: boolean;
  /** What the person may do changed while the page was in use; until it is read. */
  changed: 'more' | 'less' | undefined;
}

/** Who is signed in and what that person may do. */
export const useAccess = create<AccessState>(() => ({
  door: 'asking',
  me: undefined,
  offer: undefined,
  lost: false,
  changed: undefined,
}));

/** Asks the server who is signed in. Never throws: what went wrong is in the state. */
export async function askWho(): Promise<void> {
  try {
    takeMe(await request<Me>('/api/access/me'));
  } catch {
    if (useAccess.getState().door === 'asking') useAccess.setState({ door: 'unreachable' });
  }
}

/** Takes what the server says of who is signed in. */
export function takeMe(me: Me): void {
  const before = useAccess.getState();
  if (!me.signedIn) {
    const lost = before.lost || before.door === 'open';
    useAccess.setState({ door: 'closed', offer: me, lost });
    return;
  }
  if (before.me && before.me.account?.id !== me.account?.id) {
    // Somebody else: nothing of the one before may stay on the screen.
    location.reload();
    return;
  }
  const changed = before.me ? difference(before.me, me) : undefined;
  useAccess.setState({ door: 'open', me, offer: undefined, lost: false, changed: changed ?? before.changed });
}

/** The server ended the session: nothing may be seen from now on, also when it cannot be asked why just now. */
export function putOut(): void {
  if (useAccess.getState().door === 'open') useAccess.setState({ door: 'closed', lost: true });
  void askWho();
}

/** Everything that decides what is shown: another key means that all data is to be loaded anew. */
export function keyOf({ account, grants, permissions }: SignedIn): string {
  const held = grants.map(({ id, role, jurisdiction }) => `${id}:${role}:${jurisdiction.id}`);
  return JSON.stringify([account?.id ?? 0, held.sort(), [...permissions].sort()]);
}

function difference(before: SignedIn, now: SignedIn): 'more' | 'less' | undefined {
  if (keyOf(before) === keyOf(now)) return undefined;
  const held = new Set(now.grants.map(({ id }) => id));
  const kept = before.grants.every(({ id }) => held.has(id));
  return kept && before.permissions.every((each) => now.permissions.includes(each)) ? 'more' : 'less';
}

/** Ends the session and leaves an empty page. Throws when the server was not told: the session then still stands. */
export async function signOut(): Promise<void> {
  await request('/api/access/sign-out', { method: 'POST' });
  location.assign('/');
}

/** Whether the person signed in may do it, in some jurisdiction at least. */
export function useMay(permission: Permission): boolean {
  return useAccess((access) => access.me?.permissions.includes(permission) ?? false);
}

/** Whether any part of the administration is open to the person. */
export function useMayManage(): boolean {
  return [useMay('access.manage'), useMay('device.manage'), useMay('audit.read')].includes(true);
}

/** {@link useMay} outside React. */
export function may(permission: Permission): boolean {
  return useAccess.getState().me?.permissions.includes(permission) ?? false;
}

/** Names this person on this device. */
export function accountKey(): string {
  return String(useAccess.getState().me?.account?.id ?? 'token');
}

/** Notices at once when the server no longer knows this page, or lets it do other things. Returns the way to stop it. */
export function watchAccess(): () => void {
  let asking = false;
  const ask = async () => {
    if (asking) return;
    asking = true;
    await askWho();
    asking = false;
  };
  const look = () => {
    if (document.visibilityState === 'visible') void ask();
  };
  const stop = watchAnswers(({ path, status, code }) => {
    if (path.startsWith('/api/access/')) return;
    if (status === 401 || (status === 403 && code === 'forbidden')) void ask();
  });
  const timer = setInterval(look, WATCH_MS);
  document.addEventListener('visibilitychange', look);
  return () => {
    stop();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
