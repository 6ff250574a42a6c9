import type { UnitStore } from '../../../live/unit-store.ts';

/** Where a slot is drawn at `now` (`performance.now()`), web mercator 0…1. */
export function placeOf(store: UnitStore, slot: number, now: number): { x: number; y: number } {
  const start = store.startMs[slot] ?? 0;
  const end = store.endMs[slot] ?? 0;
  const part = end > start ? Math.min(1, Math.max(0, (now - start) / (end - start))) : 1;
  const fromX = store.fromX[slot] ?? 0;
  const fromY = store.fromY[slot] ?? 0;
  return {
    x: fromX + ((store.toX[slot] ?? 0) - fromX) * part,
    y: fromY + ((store.toY[slot] ?? 0) - fromY) * part,
  };
}

/**
 * The slot drawn nearest to a place, or −1 when none is within `reach`; all in web mercator 0…1. Goes over all slots:
 * 20,000 take a quarter of a millisecond, less than keeping a grid of moving things would.
 */
export function slotAt(store: UnitStore, x: number, y: number, reach: number, now: number): number {
  let found = -1;
  let nearest = reach * reach;
  for (let slot = 0; slot < store.count; slot++) {
    // Cheap first: where it goes to or comes from is far, so it is far.
    const toX = store.toX[slot] ?? 0;
    const fromX = store.fromX[slot] ?? 0;
    if (x < Math.min(toX, fromX) - reach || x > Math.max(toX, fromX) + reach) continue;
    const place = placeOf(store, slot, now);
    const distance = (place.x - x) ** 2 + (place.y - y) ** 2;
    if (distance > nearest) continue;
    nearest = distance;
    found = slot;
  }
  return found;
}
