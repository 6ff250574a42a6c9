import { zoneOf } from '../../shared/geo/zone.ts';
import { useTexts } from '../i18n/i18n.ts';
import { serverNow } from '../state/faults.ts';
import { exactTime, relativeTime } from '../time.ts';
import { useNow } from './use-now.ts';

/** A time as people say it, exact on hover, in the zone of the area where it happened. */
export function When({ ms, area, lon }: { ms: number; area: string; lon?: number | undefined }) {
  const { language } = useTexts();
  const now = useNow();
  const zone = zoneOf(area, lon);
  return (
    <time dateTime={new Date(ms).toISOString()} title={exactTime(ms, zone, language)}>
      {relativeTime(ms, Math.max(now, serverNow()), zone, language)}
    </time>
  );
}
