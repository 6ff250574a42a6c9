import type { UnitStore } from '../../../live/unit-store.ts';
import { placeOf } from './hit.ts';

/** With more units than this in the window their names would only be noise. */
const MOST_UNITS = 150;
const LEAST_ZOOM = 12.5;
/** Room for a label, CSS pixels. */
const LABEL = { width: 74, height: 18 };

/** The window in web mercator 0…1, and how large a CSS pixel is in it. */
export interface LabelWindow {
  left: number;
  top: number;
  right: number;
  bottom: number;
  pixel: number;
  zoom: number;
}

/**
 * The units to name: all in the window, when they are few, except where names would lie on each other.
 * The selected unit always keeps its name, and a unit named before keeps it before one that was not.
 * @returns ids
 */
export function chooseLabels(
  store: UnitStore,
  window: LabelWindow,
  now: number,
  selected: number,
  before: ReadonlySet<number>,
): number[] {
  const inside: { id: number; x: number; y: number; rank: number }[] = [];
  for (let slot = 0; slot < store.count; slot++) {
    const { x, y } = placeOf(store, slot, now);
    const id = store.ids[slot] ?? 0;
    const isSelected = id === selected;
    if (x < window.left || x > window.right || y < window.top || y > window.bottom) continue;
    inside.push({ id, x, y, rank: isSelected ? 0 : before.has(id) ? 1 : 2 });
    if (inside.length > MOST_UNITS) break;
  }
  if (inside.length > MOST_UNITS || window.zoom < LEAST_ZOOM) {
    return store.slotOf(selected) >= 0 ? [selected] : [];
  }
  inside.sort((a, b) => a.rank - b.rank || a.id - b.id);
  const width = LABEL.width * window.pixel;
  const height = LABEL.height * window.pixel;
  const kept: typeof inside = [];
  for (const one of inside) {
    const free = kept.every((other) => Math.abs(other.x - one.x) > width || Math.abs(other.y - one.y) > height);
    if (free) kept.push(one);
  }
  return kept.map(({ id }) => id);
}
