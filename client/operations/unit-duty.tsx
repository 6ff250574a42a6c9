import type { UnitDetail, UnitPatch } from '../../shared/schemas/unit.ts';
import { useAccessTexts } from '../access/words.ts';
import { useChangeUnit } from '../api/units.ts';
import { ToggleChips } from '../components/toggle-chips.tsx';
import { DutySwitch, type WantedDuty } from '../duty/duty-switch.tsx';
import { follow } from '../follow.ts';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { useZone } from '../shell/use-zone.ts';

const READINESS = ['available', 'busy'] as const;

/** Whether a unit is on duty, until when, and then whether it is free. Only on duty is it tracked. */
export function UnitDuty({ unit }: { unit: UnitDetail }) {
  const { t: words } = useTexts();
  const { t } = useAccessTexts();
  const zone = useZone(unit.homeArea ?? '');
  const { mutateAsync, isPending, error } = useChangeUnit(unit.id);
  const { status, mayChange } = unit;
  const on = status !== 'off_duty';
  const change = (patch: UnitPatch) =>
    follow(mutateAsync(patch), () => notify({ title: t('duty.saved'), message: unit.callsign }));
  const switchDuty = ({ on: wanted, until }: WantedDuty) => {
    if (!wanted) return change({ status: 'off_duty' });
    const dutyUntil = until ?? null;
    change(on ? { dutyUntil } : { status: 'available', dutyUntil });
  };
  return (
    <DutySwitch
      on={on}
      since={unit.dutySince}
      until={unit.dutyUntil}
      zone={zone}
      state={on ? `${t('duty.on')}: ${words(`unitStatus.${status}`)}` : t('duty.off')}
      locked={mayChange ? undefined : t('duty.notYours')}
      busy={isPending}
      error={error}
      onSwitch={switchDuty}
    >
      {on && mayChange && (
        <ToggleChips
          label={words('unit.readiness')}
          options={READINESS.map((value) => ({ value, label: words(`unitStatus.${value}`) }))}
          chosen={status === 'busy' ? ['busy'] : ['available']}
          onChange={([chosen]) => chosen && chosen !== status && change({ status: chosen })}
          single
        />
      )}
    </DutySwitch>
  );
}
