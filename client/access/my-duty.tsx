import type { Duty } from '../../shared/schemas/duty.ts';
import { useSwitchMyDuty } from '../api/duty.ts';
import { DutySwitch } from '../duty/duty-switch.tsx';
import { follow } from '../follow.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';
import { useAccessTexts } from './words.ts';

/** The duty of a unit that one's own device sends for; `duty` is `null` when that device was revoked, or is not enrolled yet. */
export function MyDuty({ unitId, duty }: { unitId: number; duty: Duty | null }) {
  const { t } = useAccessTexts();
  const zone = useZone(duty?.homeArea ?? '');
  const { mutateAsync, isPending, error } = useSwitchMyDuty(unitId);
  if (!duty) return <p>{t('duty.noDevice')}</p>;
  return (
    <DutySwitch
      {...duty}
      zone={zone}
      busy={isPending}
      error={error}
      onSwitch={(wanted) =>
        follow(mutateAsync(wanted), () => notify({ title: t('duty.saved'), message: duty.callsign }))
      }
    />
  );
}
