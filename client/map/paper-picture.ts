import type * as maplibregl from 'maplibre-gl';
import { useView } from '../state/view.ts';
import { drawMargin, marginOf } from './picture-margin.ts';

/** A picture of the map. */
export interface Picture {
  /** PNG as a data URL. */
  url: string;
  /** CSS pixels; the file has twice as many. */
  width: number;
  height: number;
}

/** Of a document: as wide as its text, 7 to 5. */
const PAPER = { width: 1050, height: 750 };
const PIXEL_RATIO = 2;
/** A map that is not there by then is taken as it is. */
const PATIENCE_MS = 20_000;
/** How often it is asked whether all is drawn, and how many times in a row it must be. */
const LOOK_MS = 100;
const STILL = 3;

/**
 * Takes a picture of what the map shows in the size of a document, whatever the size of the window. The map is that size meanwhile,
 * so something must lie over it; afterwards it is as it was.
 */
export async function paperPicture(map: maplibregl.Map): Promise<Picture> {
  const { style } = map.getContainer();
  const css = style.cssText;
  const camera = { center: map.getCenter(), zoom: map.getZoom(), bearing: map.getBearing(), pitch: map.getPitch() };
  const bounds = map.getBounds();
  try {
    const size = { width: `${PAPER.width}px`, height: `${PAPER.height}px` };
    Object.assign(style, { position: 'fixed', inset: '0 auto auto 0', ...size });
    map.resize();
    map.fitBounds(bounds, { animate: false, bearing: camera.bearing, pitch: camera.pitch });
    return await mapPicture(map);
  } finally {
    style.cssText = css;
    map.resize();
    map.jumpTo(camera);
  }
}

/** Takes a picture of the map with its figures, scale and sources, as large as it is, sharp enough for paper. */
export async function mapPicture(map: maplibregl.Map): Promise<Picture> {
  const ratio = map.getPixelRatio();
  try {
    map.setPixelRatio(PIXEL_RATIO);
    await rested(map);
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    return { url: (await drawn(map, { width, height })).toDataURL('image/png'), width, height };
  } finally {
    map.setPixelRatio(ratio);
  }
}

/** Until everything that was asked for is drawn: what moves on the map by itself never lets it come to rest. */
async function rested(map: maplibregl.Map): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let still = 0; still < STILL && Date.now() < deadline; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    map.triggerRepaint();
    still = map.loaded() && map.areTilesLoaded() && hasFigures(map) ? still + 1 : 0;
  }
}

/** Whether the figures of the analysis room are among the layers: they come when they have been computed. */
const hasFigures = (map: maplibregl.Map) => map.getLayersOrder().some((id) => id.startsWith('analysis-'));

/** A copy of the canvas with scale and sources: the map's own can be read only in the frame in which it was drawn. */
function drawn(map: maplibregl.Map, size: { width: number; height: number }): Promise<HTMLCanvasElement> {
  return new Promise((resolve, reject) => {
    map.once('render', () => {
      const canvas = document.createElement('canvas');
      canvas.width = size.width * PIXEL_RATIO;
      canvas.height = size.height * PIXEL_RATIO;
      const pen = canvas.getContext('2d');
      if (!pen) return reject(new Error('The browser gives no canvas to draw on.'));
      pen.scale(PIXEL_RATIO, PIXEL_RATIO);
      pen.drawImage(map.getCanvas(), 0, 0, size.width, size.height);
      drawMargin(pen, size, marginOf(map), useView.getState());
      resolve(canvas);
    });
    map.triggerRepaint();
  });
}
