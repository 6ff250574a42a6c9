import { Loader } from '@mantine/core';
import { zoneOf } from '../../shared/geo/zone.ts';
import type { Settings } from '../../shared/schemas/settings.ts';
import classes from '../access/door-card.module.css';
import { DoorNote } from '../access/door-card.tsx';
import { useRefusalWords } from '../access/refusal.ts';
import { useAccessTexts } from '../access/words.ts';
import { useDeviceDuty, useSwitchDeviceDuty } from '../api/duty.ts';
import { isUnanswered, RequestError } from '../api/request.ts';
import { useSettings } from '../api/settings.ts';
import { DutySwitch } from '../duty/duty-switch.tsx';

/** The switch of the duty of this phone's unit, by the phone's own key. */
export function PhoneDuty({ token }: { token: string }) {
  const { t } = useAccessTexts();
  const refused = useRefusalWords();
  const duty = useDeviceDuty(token);
  const settings = useSettings();
  const { mutate, isPending, error } = useSwitchDeviceDuty(token);
  if (isRevoked(duty.error) || isRevoked(error)) {
    return (
      <DoorNote>
        <b>{t('duty.phoneRevoked')}.</b> {t('duty.phoneRevokedHint')}
      </DoorNote>
    );
  }
  if (!duty.data) {
    return duty.error ? <DoorNote>{refused(duty.error)}</DoorNote> : <Loader size="sm" color="var(--dimmed)" />;
  }
  return (
    <>
      <p className={classes.callsign}>{duty.data.callsign}</p>
      {duty.error && <DoorNote>{isUnanswered(duty.error) ? t('duty.phoneOld') : refused(duty.error)}</DoorNote>}
      <DutySwitch
        {...duty.data}
        zone={zoneOf(duty.data.homeArea ?? '', middle(settings.data?.bounds))}
        busy={isPending}
        error={error}
        onSwitch={(wanted) => mutate(wanted)}
      />
    </>
  );
}

/** The longitude in the middle of all that the server has areas for, for areas whose code is in no register. */
function middle(bounds: Settings['bounds'] | undefined): number | undefined {
  return bounds && (bounds[0] + bounds[2]) / 2;
}

function isRevoked(error: Error | null): boolean {
  return error instanceof RequestError && error.body.code === 'unknown_device';
}
