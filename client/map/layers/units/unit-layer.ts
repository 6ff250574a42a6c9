import type * as maplibregl from 'maplibre-gl';
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from '../../../../shared/live/cells.ts';
import type { LiveClient } from '../../../live/client.ts';
import type { UnitStore } from '../../../live/unit-store.ts';
import type { Theme } from '../../../palette.ts';
import { serverNow } from '../../../state/faults.ts';
import { worldSize } from './camera.ts';
import { framePace, SHORTEST_PACE_MS } from './frame-pace.ts';
import { placeOf, slotAt } from './hit.ts';
import { chooseLabels } from './label-choice.ts';
import { LabelRenderer } from './label-renderer.ts';
import { Overlay } from './overlay.ts';
import { UnitRenderer } from './unit-renderer.ts';
import { isDetailed, unitRadius } from './unit-size.ts';

/** Names are chosen anew at this rate. */
const LABELS_MS = 500;
/** The driver is asked at this rate whether it has the shaders ready. */
const SHADERS_MS = 30;
/** A frame that was this much late, or more, is not caught up with. */
const MOST_LATE_MS = 10;
/** Ages step on at this rate, when nothing moves. */
const AGES_MS = 5_000;

export interface UnitLayer {
  setTheme(theme: Theme): void;
  setSelected(id: number): void;
  setVisible(visible: boolean): void;
  /** The unit drawn at a point of the canvas (CSS pixels), or `undefined`. */
  unitAt(point: { x: number; y: number }): number | undefined;
  /** Every unit drawn within the canvas, in CSS pixels of it. */
  onScreen(): { id: number; x: number; y: number }[];
  /** Frames drawn since the map was made. */
  frames(): number;
  remove(): void;
}

/**
 * Adds the units, drawn from the typed arrays of the live store on a canvas of their own upon the map: a frame in which
 * only units move costs nothing of the map's. Frames are asked for only while something moves, and no more often than
 * the eye can tell.
 */
export function addUnits(map: maplibregl.Map, { units: store }: LiveClient, initialTheme: Theme): UnitLayer {
  let theme = initialTheme;
  let selected = -1;
  let visible = true;
  /** What stands on each of the overlay's contexts. */
  const renderers = new Map<WebGL2RenderingContext, { symbols: UnitRenderer; labels: LabelRenderer }>();
  let labelled: number[] = [];
  let chosenAt = -Infinity;
  let frames = 0;
  let drawnAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Infinity;
  /** When the frame that is being drawn was due. */
  let wantedAt = Infinity;
  const still = matchMedia('(prefers-reduced-motion: reduce)');

  const overlay = new Overlay(map, {
    draw(gl, camera) {
      const now = performance.now();
      const late = Math.min(MOST_LATE_MS, Math.max(0, now - wantedAt));
      clearTimeout(timer);
      dueAt = wantedAt = Infinity;
      if (!visible) return true;
      frames++;
      drawnAt = now;
      const unixNow = serverNow();
      const { symbols, labels } = rendererOf(gl);
      symbols.upload(store, now, unixNow);
      if (now - chosenAt >= LABELS_MS) {
        chosenAt = now;
        labelled = chooseLabels(store, labelWindow(map), now, selected, new Set(labelled));
      }
      const radius = unitRadius(camera.zoom, store.count);
      const frame = {
        ...camera,
        now,
        unixNow,
        radius,
        detailed: isDetailed(radius),
        interpolate: !still.matches,
        theme,
        selected,
      };
      const drawn = symbols.draw(frame, store);
      labels.draw(frame, store, symbols.packed, labelled);
      if (!drawn) {
        repaintIn(SHADERS_MS);
      } else if (symbols.packed.movingUntil > now && !still.matches) {
        const pace = framePace(symbols.packed.fastest, worldSize(camera.zoom));
        // Counted from when this frame was due: timers are always a little late.
        repaintIn(Math.max(pace - late, overlay.busyFor));
      } else if (store.count > 0) {
        repaintIn(map.isMoving() ? LABELS_MS : AGES_MS);
      }
      return drawn;
    },
    forget(gl) {
      renderers.delete(gl);
    },
  });
  /** Asks for a frame in `ms`, unless one is due sooner. */
  const repaintIn = (ms: number) => {
    const due = performance.now() + ms;
    if (due >= dueAt) return;
    clearTimeout(timer);
    dueAt = due;
    timer = setTimeout(() => {
      wantedAt = dueAt;
      dueAt = Infinity;
      overlay.due();
    }, ms);
  };
  const rendererOf = (gl: WebGL2RenderingContext) => {
    const known = renderers.get(gl);
    if (known) return known;
    const made = { symbols: new UnitRenderer(gl), labels: new LabelRenderer(gl) };
    renderers.set(gl, made);
    return made;
  };
  // What has just been drawn is not drawn again sooner than movement would be.
  const unsubscribe = store.onChange(() => repaintIn(Math.max(0, drawnAt + SHORTEST_PACE_MS - performance.now())));

  return {
    setTheme(next) {
      theme = next;
      overlay.repaint();
    },
    setSelected(id) {
      selected = id;
      chosenAt = -Infinity;
      overlay.repaint();
    },
    setVisible(next) {
      visible = next;
      overlay.repaint();
    },
    unitAt(point) {
      if (!visible) return undefined;
      const { lng, lat } = map.unproject([point.x, point.y]);
      const reach = (unitRadius(map.getZoom(), store.count) + 5) / worldSize(map.getZoom());
      const slot = slotAt(store, mercatorX(lng), mercatorY(lat), reach, performance.now());
      return slot < 0 ? undefined : store.ids[slot];
    },
    onScreen: () => (visible ? unitsOnScreen(map, store) : []),
    frames: () => frames,
    remove() {
      unsubscribe();
      clearTimeout(timer);
      for (const { symbols, labels } of renderers.values()) {
        symbols.destroy();
        labels.destroy();
      }
      overlay.remove();
    },
  };
}

function labelWindow(map: maplibregl.Map) {
  const bounds = map.getBounds();
  return {
    left: mercatorX(bounds.getWest()),
    right: mercatorX(bounds.getEast()),
    top: mercatorY(bounds.getNorth()),
    bottom: mercatorY(bounds.getSouth()),
    pixel: 1 / worldSize(map.getZoom()),
    zoom: map.getZoom(),
  };
}

function unitsOnScreen(map: maplibregl.Map, store: UnitStore): { id: number; x: number; y: number }[] {
  const { clientWidth, clientHeight } = map.getCanvas();
  const now = performance.now();
  const drawn: { id: number; x: number; y: number }[] = [];
  for (let slot = 0; slot < store.count; slot++) {
    const place = placeOf(store, slot, now);
    const { x, y } = map.project([longitudeOf(place.x), latitudeOf(place.y)]);
    if (x >= 0 && y >= 0 && x <= clientWidth && y <= clientHeight) drawn.push({ id: store.ids[slot] ?? 0, x, y });
  }
  return drawn;
}
