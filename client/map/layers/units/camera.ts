import type * as maplibregl from 'maplibre-gl';
import { mercatorX, mercatorY } from '../../../../shared/live/cells.ts';

/** Where the map looks, for drawing upon it. */
export interface Camera {
  /** The map's centre, mercator 0…1. */
  centre: { x: number; y: number };
  /** From the world relative to the centre (mercator, x east and y south) to clip space, column by column. */
  scale: readonly [number, number, number, number];
  zoom: number;
  /** Degrees. */
  bearing: number;
  /** CSS pixels. */
  width: number;
  height: number;
  /** Device pixels in a CSS pixel. */
  ratio: number;
}

/** The camera of a map that is seen from straight above. */
export function cameraOf(map: maplibregl.Map): Camera {
  const { lng, lat } = map.getCenter();
  const centre = { x: mercatorX(lng), y: mercatorY(lat) };
  const { clientWidth: width, clientHeight: height } = map.getCanvas();
  const zoom = map.getZoom();
  const bearing = map.getBearing();
  const pixelsPerWorld = worldSize(zoom);
  const turn = (-bearing * Math.PI) / 180;
  const across = (2 * pixelsPerWorld) / width;
  const down = (-2 * pixelsPerWorld) / height;
  return {
    centre,
    scale: [Math.cos(turn) * across, Math.sin(turn) * down, -Math.sin(turn) * across, Math.cos(turn) * down],
    zoom,
    bearing,
    width,
    height,
    ratio: map.getPixelRatio(),
  };
}

/** Whether both show the same on the same canvas. */
export function sameCamera(a: Camera, b: Camera): boolean {
  return (
    a.centre.x === b.centre.x &&
    a.centre.y === b.centre.y &&
    a.ratio === b.ratio &&
    a.width === b.width &&
    a.height === b.height &&
    a.scale.every((value, index) => value === b.scale[index])
  );
}

/** Width of the world in CSS pixels at a zoom. */
export function worldSize(zoom: number): number {
  return 512 * 2 ** zoom;
}
