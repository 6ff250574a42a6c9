const KEY = 'ronda.setup';

/** Remembers, for this tab, that the person came in by the setup link and has no password yet. */
export function rememberSetup(storage: Pick<Storage, 'setItem'>): void {
  try {
    storage.setItem(KEY, '1');
  } catch {}
}

/** Whether that is so. */
export function cameBySetup(storage: Pick<Storage, 'getItem'>): boolean {
  try {
    return storage.getItem(KEY) === '1';
  } catch {
    return false;
  }
}

export function forgetSetup(storage: Pick<Storage, 'removeItem'>): void {
  try {
    storage.removeItem(KEY);
  } catch {}
}
