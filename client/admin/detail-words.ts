const ISO = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** What an entry of the audit log says beside who did what: `role: operator · jurisdiction: 2`; times as `time` writes them. */
export function detailWords(detail: unknown, time: (iso: string) => string): string {
  if (typeof detail !== 'object' || detail === null)
    return detail === undefined || detail === null ? '' : String(detail);
  return Object.entries(detail)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}: ${valueWords(value, time)}`)
    .join(' · ');
}

function valueWords(value: unknown, time: (iso: string) => string): string {
  if (typeof value === 'string') return ISO.test(value) ? time(value) : value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
