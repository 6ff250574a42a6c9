import type { Grant } from '../../shared/schemas/access.ts';

/** Those of the grants that are open now and that somebody else took: what a commander is told of. @param now Unix ms */
export function openBreakGlass(grants: readonly Grant[], own: number | undefined, now: number): Grant[] {
  return grants.filter(
    ({ accountId, revokedAt, validTo }) =>
      accountId !== own && revokedAt === null && (validTo === null || Date.parse(validTo) > now),
  );
}
