import { NativeSelect } from '@mantine/core';
import type { Device } from '../../shared/schemas/device.ts';
import { useAccess, useMay } from '../access/access.ts';
import { useAccounts } from '../api/admin.ts';
import { offeredHolders } from './holders.ts';
import { useAdminTexts } from './words.ts';

interface HolderSelectProps {
  value: number | null;
  onChange(holder: number | null): void;
  /** The device, once there is one: what it sent for one person is shown to no other. */
  device?: Device;
}

/** Whose a device is; offered to who knows the people. */
export function HolderSelect({ value, onChange, device }: HolderSelectProps) {
  const { t } = useAdminTexts();
  const mayName = useMay('access.manage');
  const own = useAccess((access) => access.me?.account?.id);
  // Whose a device is sees where it was.
  const barred = useMay('position.read') ? undefined : own;
  const { data: accounts = [] } = useAccounts(mayName);
  if (!mayName) return null;
  const bound = device?.enrolledAt != null;
  const hint = bound ? 'holderBound' : barred === undefined ? 'holderHint' : 'holderNotSelf';
  return (
    <NativeSelect
      label={t('devices.holder')}
      description={t(`devices.${hint}`)}
      value={value === null ? '' : String(value)}
      data={[
        { value: '', label: t('devices.noHolder') },
        ...offeredHolders(accounts, device, barred).map(({ id, displayName = t('devices.someHolder') }) => ({
          value: String(id),
          label: displayName,
        })),
      ]}
      onChange={({ currentTarget }) => onChange(currentTarget.value ? Number(currentTarget.value) : null)}
    />
  );
}

/** The name of whose a device is; `undefined` for the unit's own, or while it is not known. */
export function useHolderName({ accountId }: Device): string | undefined {
  const { t } = useAdminTexts();
  const { data: accounts } = useAccounts(useMay('access.manage') && accountId !== null);
  if (accountId === null) return undefined;
  return accounts?.find(({ id }) => id === accountId)?.displayName ?? t('devices.someHolder');
}
