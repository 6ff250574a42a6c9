import { useEffect, useSyncExternalStore } from 'react';
import { useAccess } from '../access/access.ts';
import { cameBySetup } from '../access/setup-offer.ts';
import { useRonda } from '../session.ts';
import { useFaults } from '../state/faults.ts';

/** What the page has to say of itself, the gravest first. */
export type Notice =
  | { kind: 'unreachable' | 'database'; since: number }
  | { kind: 'disk' }
  | { kind: 'asleep'; from: number }
  | { kind: 'clock'; ahead: number }
  | { kind: 'changed'; how: 'more' | 'less' }
  | { kind: 'break-glass'; id: number; place: string; until: number }
  | { kind: 'setup' };

/** A cut this short mends itself before anybody has read of it. */
const PATIENCE_MS = 5_000;
/** How long after waking the page is given to catch up. */
const CATCH_UP_MS = 3_000;

/** The notices of the moment. */
export function useNotices(): Notice[] {
  const { live } = useRonda();
  const status = useSyncExternalStore(
    (changed) => live.subscribeStatus(changed),
    () => live.status,
  );
  const faults = useFaults();
  const changed = useAccess((access) => access.changed);
  const me = useAccess((access) => access.me);
  const { asleep } = faults;
  const isLive = status.state === 'live';
  useEffect(() => {
    if (!asleep || !isLive) return;
    const timer = setTimeout(() => useFaults.setState({ asleep: undefined }), CATCH_UP_MS);
    return () => clearTimeout(timer);
  }, [asleep, isLive]);

  const notices: Notice[] = [];
  if (asleep) notices.push({ kind: 'asleep', from: asleep.from });
  else if (faults.database !== undefined) notices.push({ kind: 'database', since: faults.database });
  else if (status.state === 'stale' && !status.ended) notices.push({ kind: 'unreachable', since: status.since });
  else if (faults.unreachable !== undefined && Date.now() - faults.unreachable > PATIENCE_MS)
    notices.push({ kind: 'unreachable', since: faults.unreachable });
  if (faults.disk !== undefined) notices.push({ kind: 'disk' });
  if (faults.clock !== undefined) notices.push({ kind: 'clock', ahead: faults.clock });
  if (changed) notices.push({ kind: 'changed', how: changed });
  for (const { id, breakGlass, jurisdiction, validTo } of me?.grants ?? []) {
    if (breakGlass && validTo)
      notices.push({ kind: 'break-glass', id, place: jurisdiction.name, until: Date.parse(validTo) });
  }
  if (me?.account && !me.account.hasPassword && cameBySetup(sessionStorage)) notices.push({ kind: 'setup' });
  return notices;
}

/** Names a notice, so that it stays away once it was put away, until it is another one. */
export function noticeKey(notice: Notice): string {
  if (notice.kind === 'break-glass') return `break-glass-${notice.id}`;
  if (notice.kind === 'unreachable' || notice.kind === 'database') return `${notice.kind}-${notice.since}`;
  return notice.kind;
}
