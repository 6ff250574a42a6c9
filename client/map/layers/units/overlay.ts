import type * as maplibregl from 'maplibre-gl';
import { mercatorX, mercatorY } from '../../../../shared/live/cells.ts';

/** Where the camera looks, for drawing upon the map. */
export interface Camera {
  /** The map's centre, mercator 0…1. */
  centre: { x: number; y: number };
  /** From the world relative to the centre (mercator, x east and y south) to clip space, column by column. */
  scale: readonly [number, number, number, number];
}

/** The camera of a map that is seen from straight above. */
export function cameraOf(map: maplibregl.Map): Camera {
  const { lng, lat } = map.getCenter();
  const centre = { x: mercatorX(lng), y: mercatorY(lat) };
  const { clientWidth: width, clientHeight: height } = map.getCanvas();
  const pixelsPerWorld = 512 * 2 ** map.getZoom();
  const turn = (-map.getBearing() * Math.PI) / 180;
  const across = (2 * pixelsPerWorld) / width;
  const down = (-2 * pixelsPerWorld) / height;
  return {
    centre,
    scale: [Math.cos(turn) * across, Math.sin(turn) * down, -Math.sin(turn) * across, Math.cos(turn) * down],
  };
}

/**
 * A canvas of its own upon the map's: what moves all the time is drawn here, without drawing the map again.
 * Calls `draw` in the same frame whenever the map is drawn, and in the next one when asked to.
 */
export class Overlay {
  readonly canvas = document.createElement('canvas');
  readonly gl: WebGL2RenderingContext;
  private readonly map: maplibregl.Map;
  private readonly draw: (gl: WebGL2RenderingContext) => void;
  private readonly forget: () => void;
  private request = 0;

  /** @param forget called when the graphics context is lost, with all that was made on it */
  constructor(map: maplibregl.Map, draw: (gl: WebGL2RenderingContext) => void, forget: () => void) {
    this.map = map;
    this.draw = draw;
    this.forget = forget;
    this.canvas.className = 'map-units';
    this.canvas.ariaHidden = 'true';
    const gl = this.canvas.getContext('webgl2', { antialias: false, depth: false, stencil: false });
    if (!gl) throw new Error('This browser has no WebGL 2.');
    this.gl = gl;
    map.getCanvas().after(this.canvas);
    this.canvas.addEventListener('webglcontextlost', this.lost);
    this.canvas.addEventListener('webglcontextrestored', this.repaint);
    map.on('render', this.drawNow);
  }

  /** Draws in the next frame. */
  readonly repaint = (): void => {
    if (this.request === 0) this.request = requestAnimationFrame(this.drawNow);
  };

  remove(): void {
    cancelAnimationFrame(this.request);
    this.map.off('render', this.drawNow);
    this.canvas.remove();
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  private readonly drawNow = (): void => {
    cancelAnimationFrame(this.request);
    this.request = 0;
    const { gl, canvas } = this;
    if (gl.isContextLost()) return;
    const { width, height } = this.map.getCanvas();
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    try {
      this.draw(gl);
    } catch (error) {
      // A driver that refuses the shaders refuses them in every frame: say it once.
      this.map.off('render', this.drawNow);
      throw error;
    }
  };

  private readonly lost = (event: Event): void => {
    // Said to the browser, so that it gives the context back.
    event.preventDefault();
    this.forget();
  };
}
