import { useId } from 'react';
import { useAccess } from '../access/access.ts';
import { useTexts } from '../i18n/i18n.ts';
import { useZone } from '../shell/use-zone.ts';
import { clock, day } from '../time.ts';
import { useNow } from './use-now.ts';
import classes from './watermark.module.css';

/** Who is looking, and when, across a screen that others should not see: a photograph of it tells where it came from. */
export function Watermark() {
  const { language } = useTexts();
  const account = useAccess((access) => access.me?.account);
  const now = useNow(60_000);
  const pattern = useId();
  const zone = useZone();
  const words = `${account?.displayName ?? 'token'} · ${day(now, zone, language)} ${clock(now, zone, language)} ${zone}`;
  return (
    <svg className={classes.mark} aria-hidden="true" focusable="false">
      <defs>
        <pattern id={pattern} width="420" height="150" patternUnits="userSpaceOnUse" patternTransform="rotate(-20)">
          <text x="0" y="40" fontSize="16" fontWeight="600">
            {words}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${pattern})`} />
    </svg>
  );
}
