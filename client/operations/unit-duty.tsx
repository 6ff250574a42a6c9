import { Switch } from '@mantine/core';
import type { Unit, UnitStatus } from '../../shared/schemas/unit.ts';
import { useMay } from '../access/access.ts';
import { useSetUnitStatus } from '../api/units.ts';
import { ToggleChips } from '../components/toggle-chips.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import classes from './detail.module.css';

const READINESS = ['available', 'busy'] as const;

/** Whether a unit is on duty, and then whether it is free. Only on duty is it tracked. */
export function UnitDuty({ unit }: { unit: Unit }) {
  const { t } = useTexts();
  const mayChange = useMay('unit.write');
  const { mutate, isPending } = useSetUnitStatus(unit.id);
  const onDuty = unit.status !== 'off_duty';
  const set = (status: UnitStatus) =>
    mutate(status, {
      onSuccess: () => notify({ title: t('unit.statusSaved'), message: unit.callsign }),
      onError: () => notify({ color: 'yellow', title: t('detail.saveFailed'), message: t('detail.saveFailedHint') }),
    });
  return (
    <section className={classes.section} aria-label={t('unit.duty')}>
      <Switch
        label={`${t('unit.onDuty')}: ${t(`unitStatus.${unit.status}`)}`}
        description={mayChange ? t('unit.dutyTracked') : t('unit.dutyNotYours')}
        checked={onDuty}
        disabled={!mayChange || isPending}
        onChange={({ currentTarget }) => set(currentTarget.checked ? 'available' : 'off_duty')}
      />
      {onDuty && mayChange && (
        <ToggleChips
          label={t('unit.readiness')}
          options={READINESS.map((value) => ({ value, label: t(`unitStatus.${value}`) }))}
          chosen={unit.status === 'busy' ? ['busy'] : ['available']}
          onChange={([status]) => status && status !== unit.status && set(status)}
          single
          hideLabel
        />
      )}
    </section>
  );
}
