/** A user name as most would write it: `Baiq Rahmawati` → `baiq.rahmawati`. */
export function usernameFrom(displayName: string): string {
  return displayName
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '.')
    .replaceAll(/^\.+|\.+$/g, '')
    .slice(0, 64);
}
