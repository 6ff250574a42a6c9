import { Switch } from '@mantine/core';
import type { UnitStatus } from '../../shared/schemas/unit.ts';
import { useMay } from '../access/access.ts';
import { type UnitDetail, useSetUnitStatus } from '../api/units.ts';
import { ToggleChips } from '../components/toggle-chips.tsx';
import { useTexts } from '../i18n/i18n.ts';
import { notify } from '../notify.ts';
import { clock, zoneOf } from '../time.ts';
import classes from './detail.module.css';

const READINESS = ['available', 'busy'] as const;

/** Whether a unit is on duty, and then whether it is free. Only on duty is it tracked. */
export function UnitDuty({ unit }: { unit: UnitDetail }) {
  const { t, language } = useTexts();
  const zone = zoneOf(unit.homeArea ?? '', unit.position?.lon);
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
      {onDuty && unit.dutyUntil && (
        <p className={classes.note} data-kind="info">
          {t('unit.dutyUntil', { time: `${clock(Date.parse(unit.dutyUntil), zone, language)} ${zone}` })}
        </p>
      )}
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
