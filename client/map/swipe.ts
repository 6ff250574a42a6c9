/** Shares of the width that the line is moved by with a key, and with a page key. */
const STEP = 0.02;
const PAGE = 0.1;

/** Where the line was put last, as a share of the width: it is there again when the maps are made anew. */
let put = 0.5;

export interface Swipe {
  remove(): void;
}

/**
 * Adds the line between two maps that lie above one another: what is left of it is the lower one's. Moved by the pointer, by
 * arrows, page keys, Home and End.
 * @param container of the lower map, that the line is put into the parent of @param upper the canvas's frame of the upper map
 */
export function addSwipe(container: HTMLElement, upper: HTMLElement, label: string): Swipe {
  const handle = document.createElement('div');
  handle.className = 'map-swipe';
  handle.tabIndex = 0;
  handle.role = 'slider';
  handle.ariaLabel = label;
  handle.ariaOrientation = 'horizontal';
  handle.ariaValueMin = '0';
  handle.ariaValueMax = '100';
  upper.parentElement?.append(handle);
  let share = put;
  const set = (next: number) => {
    share = Math.min(1, Math.max(0, next));
    put = share;
    const percent = `${(share * 100).toFixed(2)}%`;
    upper.style.clipPath = `inset(0 0 0 ${percent})`;
    handle.style.left = percent;
    handle.ariaValueNow = String(Math.round(share * 100));
  };
  set(share);
  /** How far from the line it was taken, CSS pixels. */
  let grip = 0;
  const drag = (event: PointerEvent) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { left, width } = container.getBoundingClientRect();
    set((event.clientX - grip - left) / width);
  };
  handle.addEventListener('pointerdown', (event) => {
    handle.setPointerCapture(event.pointerId);
    const { left, width } = container.getBoundingClientRect();
    grip = event.clientX - left - share * width;
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener('pointermove', drag);
  handle.addEventListener('keydown', (event) => {
    const next = moved(share, event.key);
    if (next === undefined) return;
    event.preventDefault();
    // The map's own keys would move it.
    event.stopPropagation();
    set(next);
  });
  return { remove: () => handle.remove() };
}

/** Where a key moves the line to, or `undefined` for other keys. */
export function moved(share: number, key: string): number | undefined {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, share - STEP);
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(1, share + STEP);
    case 'PageDown':
      return Math.max(0, share - PAGE);
    case 'PageUp':
      return Math.min(1, share + PAGE);
    case 'Home':
      return 0;
    case 'End':
      return 1;
    default:
      return undefined;
  }
}
