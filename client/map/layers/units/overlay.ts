import type * as maplibregl from 'maplibre-gl';
import { type Camera, cameraOf, sameCamera } from './camera.ts';
import { CardPace } from './frame-pace.ts';
import { hasOwnFrames, Pane } from './pane.ts';

/** The map rests when its camera has stood still for so long. */
const REST_MS = 200;
/** Until a frame that was sent is surely on the screen. */
const SHOWN_MS = 60;

export interface OverlayParts {
  /** Draws a frame on the context, which may be one of two. False while that cannot be done yet. */
  draw(gl: WebGL2RenderingContext, camera: Camera): boolean;
  /** The context is lost, with all that was made on it. */
  forget(gl: WebGL2RenderingContext): void;
}

/**
 * What moves all the time is drawn here, upon the map and without drawing the map again, on one of two canvases.
 * While the camera moves it is an ordinary one, drawn with each frame of the map, so that both reach the screen together.
 * While the camera rests it is one whose frames go to the screen by themselves: the page's own frame, with its styles,
 * layout and layers, then does not happen at all.
 */
export class Overlay {
  private readonly map: maplibregl.Map;
  private readonly parts: OverlayParts;
  private readonly moving: Pane;
  private readonly resting: Pane | undefined;
  private readonly pace = new CardPace();
  private shown: Pane;
  private camera: Camera;
  private request = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(map: maplibregl.Map, parts: OverlayParts) {
    this.map = map;
    this.parts = parts;
    const forget = (gl: WebGL2RenderingContext) => {
      parts.forget(gl);
      // The other canvas may still have its context.
      this.follow();
    };
    this.moving = new Pane(false, { forget, restored: this.repaint });
    this.resting = hasOwnFrames() ? new Pane(true, { forget, restored: this.repaint }) : undefined;
    this.shown = this.moving;
    this.camera = cameraOf(map);
    const canvas = map.getCanvas();
    for (const pane of [this.resting, this.moving]) if (pane) canvas.after(pane.element);
    if (this.resting) this.resting.shown = false;
    map.on('render', this.rendered);
    this.settleIn(REST_MS);
  }

  /** Draws as soon as can be. */
  readonly repaint = (): void => {
    if (this.shown === this.moving) {
      // A frame of the map that comes first takes it along.
      if (this.request === 0) this.request = requestAnimationFrame(() => this.drawShown());
      return;
    }
    this.timer ??= setTimeout(() => this.drawShown());
  };

  /** Draws the frame that is due: at once where no frame of the map can take it along. */
  readonly due = (): void => {
    if (this.shown === this.resting) this.drawShown();
    else this.repaint();
  };

  /** Milliseconds that the graphics card takes for a frame, as far as is known: asked for sooner, the next would only wait. */
  get busyFor(): number {
    return this.shown === this.resting ? this.pace.busyFor : 0;
  }

  remove(): void {
    this.map.off('render', this.rendered);
    this.callOff();
    clearTimeout(this.settling);
    this.moving.remove();
    this.resting?.remove();
  }

  private callOff(): void {
    cancelAnimationFrame(this.request);
    clearTimeout(this.timer);
    this.request = 0;
    this.timer = undefined;
  }

  private drawShown(): void {
    this.callOff();
    if (this.shown === this.resting) {
      const again = this.pace.ask(this.resting.busy, performance.now());
      if (again > 0) {
        this.timer = setTimeout(() => this.drawShown(), again);
        return;
      }
    }
    this.drawOn(this.shown);
  }

  /** False when nothing could be drawn. */
  private drawOn(pane: Pane): boolean {
    if (!pane.usable) return false;
    const { width, height } = this.map.getCanvas();
    pane.clear(width, height);
    try {
      const drawn = this.parts.draw(pane.gl, this.camera);
      if (pane === this.resting) {
        pane.finish();
        this.pace.drawn(performance.now());
      }
      return drawn;
    } catch (error) {
      // A driver that refuses the shaders refuses them in every frame: say it once.
      this.map.off('render', this.rendered);
      throw error;
    }
  }

  private readonly rendered = (): void => {
    const camera = cameraOf(this.map);
    if (sameCamera(camera, this.camera)) return;
    this.camera = camera;
    this.follow();
  };

  /** The camera moved: from now on in step with the map. */
  private follow(): void {
    this.callOff();
    if (this.moving.usable && this.drawOn(this.moving)) this.show(this.moving);
    this.settleIn(REST_MS);
  }

  private settleIn(ms: number): void {
    if (!this.resting) return;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.settle(), ms);
  }

  /** The camera stands still: draws on the canvas of its own frames, and shows that when its frame has arrived. */
  private settle(): void {
    const { resting } = this;
    if (!resting || this.shown === resting) return;
    if (this.map.isMoving() || !resting.usable || resting.busy || !this.drawOn(resting)) {
      this.settleIn(REST_MS);
      return;
    }
    this.settling = setTimeout(() => {
      this.show(resting);
      this.repaint();
    }, SHOWN_MS);
  }

  private show(pane: Pane): void {
    if (pane === this.shown) return;
    this.callOff();
    this.shown.shown = false;
    pane.shown = true;
    this.shown = pane;
  }
}
