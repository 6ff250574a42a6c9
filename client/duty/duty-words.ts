import type { Language } from '../i18n/i18n.ts';

/** How long a duty may be made to last here; the server lets a phone's last twelve hours at most. */
export const SHIFT_HOURS = [4, 8, 12] as const;

const MINUTE = 60_000;

/** A length of time as people say it, rounded to minutes: `45 mnt`, `3 jam 20 mnt`. */
export function spanWords(ms: number, language: Language): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE));
  const [hour, minute] = language === 'id' ? ['jam', 'mnt'] : ['h', 'min'];
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [whole > 0 && `${whole} ${hour}`, (rest > 0 || whole === 0) && `${rest} ${minute}`].filter(Boolean).join(' ');
}
