import type { MapController } from './map-controller.ts';

/** By then the map is as wide as panels that have just opened leave it. */
const PANELS_MS = 200;

/** Runs what fits the map to something, once panels that have just opened leave it its width. */
export function oncePanelsStand(fit: () => void): void {
  setTimeout(fit, PANELS_MS);
}

/** Moves the map to a place (degrees) that panels put out of sight as they opened, keeping the zoom. */
export function reveal(controller: MapController, place: { lon: number; lat: number }): void {
  oncePanelsStand(() => {
    if (!controller.map.getBounds().contains(place)) controller.flyTo(place);
  });
}
