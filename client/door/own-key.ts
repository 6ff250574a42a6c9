const KEY = 'ronda.device';

/** Keeps the device's key on this phone, for the switch of its duty. Returns whether it could be kept. */
export function keepKey(storage: Pick<Storage, 'setItem'>, token: string): boolean {
  try {
    storage.setItem(KEY, token);
    return true;
  } catch {
    // Private windows and full storages keep nothing.
    return false;
  }
}

/** The key that is kept here. */
export function keptKey(storage: Pick<Storage, 'getItem'>): string | undefined {
  try {
    return storage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

export function forgetKey(storage: Pick<Storage, 'removeItem'>): void {
  try {
    storage.removeItem(KEY);
  } catch {
    // Where nothing may be deleted nothing could be kept.
  }
}
