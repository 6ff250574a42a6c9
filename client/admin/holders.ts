import type { Account } from '../../shared/schemas/access.ts';
import type { Device } from '../../shared/schemas/device.ts';

/**
 * Whom a device may be said to be of: anybody, or once it is enrolled its holder alone, for what it sent for one person is
 * shown to no other. A holder whom this page does not know is offered without a name: left out, the device would look as
 * if it were the unit's own.
 * @param barred the account of who says it, where that may not be one's own; its holder it may stay
 */
export function offeredHolders(
  accounts: readonly Pick<Account, 'id' | 'displayName'>[],
  device: Pick<Device, 'accountId' | 'enrolledAt'> | undefined,
  barred?: number,
): { id: number; displayName?: string }[] {
  const holder = device?.accountId ?? null;
  const offered = accounts.filter(
    ({ id }) => id === holder || (id !== barred && (device == null || device.enrolledAt === null)),
  );
  if (holder === null || offered.some(({ id }) => id === holder)) return offered;
  return [{ id: holder }, ...offered];
}
