/** A canvas upon the map's with a graphics context of its own. */
export class Pane {
  /** The canvas in the page. */
  readonly element: HTMLCanvasElement;
  readonly gl: WebGL2RenderingContext;
  private readonly surface: HTMLCanvasElement | OffscreenCanvas;
  private fence: WebGLSync | null = null;
  /** Whether the context has been told what holds for every frame. */
  private prepared = false;

  /**
   * @param own whether its frames go to the screen by themselves, past the page's own: a third of the cost, but not
   * in step with anything else on the page. Needs {@link hasOwnFrames}.
   * @param parts `forget`: the context is lost with all that was made on it; `restored`: it is back, empty.
   */
  constructor(own: boolean, parts: { forget(gl: WebGL2RenderingContext): void; restored(): void }) {
    this.element = document.createElement('canvas');
    this.element.className = 'map-units';
    this.element.ariaHidden = 'true';
    this.surface = own ? this.element.transferControlToOffscreen() : this.element;
    const options = { antialias: false, depth: false, stencil: false };
    // The two kinds of canvas have the same method, but no type in common.
    const gl =
      this.surface instanceof HTMLCanvasElement
        ? this.surface.getContext('webgl2', options)
        : this.surface.getContext('webgl2', options);
    if (!(gl instanceof WebGL2RenderingContext)) throw new Error('This browser has no WebGL 2.');
    this.gl = gl;
    this.surface.addEventListener('webglcontextlost', (event) => {
      // Said to the browser, so that it gives the context back.
      event.preventDefault();
      this.fence = null;
      this.prepared = false;
      parts.forget(gl);
    });
    this.surface.addEventListener('webglcontextrestored', () => parts.restored());
  }

  /** Whether frames drawn before still keep the graphics card busy: another one would only queue up. */
  get busy(): boolean {
    if (!this.fence) return false;
    if (this.gl.getSyncParameter(this.fence, this.gl.SYNC_STATUS) !== this.gl.SIGNALED) return true;
    this.gl.deleteSync(this.fence);
    this.fence = null;
    return false;
  }

  get usable(): boolean {
    return !this.gl.isContextLost();
  }

  set shown(shown: boolean) {
    this.element.style.visibility = shown ? '' : 'hidden';
  }

  /** Makes it ready for a new frame of this many pixels. */
  clear(width: number, height: number): void {
    const { gl, surface } = this;
    if (!this.prepared || surface.width !== width || surface.height !== height) {
      this.prepared = true;
      surface.width = width;
      surface.height = height;
      gl.viewport(0, 0, width, height);
      gl.clearColor(0, 0, 0, 0);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    }
    gl.clear(gl.COLOR_BUFFER_BIT);
  }

  /** Marks the end of a frame, for {@link busy}. */
  finish(): void {
    const { gl } = this;
    if (this.fence) gl.deleteSync(this.fence);
    this.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  }

  remove(): void {
    this.element.remove();
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

/** Whether this browser's canvases can send frames to the screen by themselves. */
export function hasOwnFrames(): boolean {
  return 'transferControlToOffscreen' in HTMLCanvasElement.prototype;
}
