import { useNow } from '../components/use-now.ts';
import { useTexts } from '../i18n/i18n.ts';
import { clock, day } from '../time.ts';
import classes from './clock.module.css';
import { useZone } from './use-zone.ts';

/** The time where the map looks, with its zone. */
export function Clock({ large = false }: { large?: boolean }) {
  const { language } = useTexts();
  const now = useNow(1000);
  const zone = useZone();
  return (
    <time
      className={large ? classes.large : classes.clock}
      dateTime={new Date(now).toISOString()}
      title={day(now, zone, language)}
    >
      <b>{clock(now, zone, language, large)}</b> {zone}
      {large && <span className={classes.day}>{day(now, zone, language)}</span>}
    </time>
  );
}
