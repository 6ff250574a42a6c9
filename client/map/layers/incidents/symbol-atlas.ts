import { AtlasCells } from './atlas-cells.ts';
import { type Composition, imageKey } from './composition.ts';
import { drawSymbol, type ImageStyle, SYMBOL_BOX } from './symbol-image.ts';

const LARGEST_SIDE = 8192;

/** The images of symbols in one texture, drawn in device pixels when they are first needed. */
export class SymbolAtlas {
  readonly texture: WebGLTexture;
  /** Side of a cell and of the texture, device pixels. */
  readonly cellPixels: number;
  readonly side: number;
  private readonly gl: WebGL2RenderingContext;
  private readonly style: ImageStyle;
  private readonly cells: AtlasCells;
  private readonly columns: number;
  private readonly context: OffscreenCanvasRenderingContext2D;

  /** @param scale device pixels per CSS pixel @param images how many it must hold at least, if the device lets it */
  constructor(gl: WebGL2RenderingContext, style: ImageStyle, scale: number, images: number) {
    this.gl = gl;
    this.style = style;
    this.cellPixels = 2 * Math.ceil((SYMBOL_BOX * scale) / 2);
    const largest = Math.min(LARGEST_SIDE, gl.getParameter(gl.MAX_TEXTURE_SIZE));
    let side = 512;
    while (side < largest && Math.floor(side / this.cellPixels) ** 2 < images) side *= 2;
    this.side = side;
    this.columns = Math.floor(side / this.cellPixels);
    this.cells = new AtlasCells(this.columns ** 2);
    const context = new OffscreenCanvas(this.cellPixels, this.cellPixels).getContext('2d', {
      willReadFrequently: true,
    });
    if (!context) throw new Error('The browser gives no canvas to draw symbols on.');
    this.context = context;
    context.setTransform(scale, 0, 0, scale, this.cellPixels / 2, this.cellPixels / 2);
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, side, side);
    // Symbols stand on whole pixels: nothing is to be smoothed.
    for (const parameter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, parameter, gl.NEAREST);
  }

  /** The cell that holds the image of this key. */
  find(key: string): number | undefined {
    return this.cells.find(key);
  }

  use(cell: number, frame: number): void {
    this.cells.use(cell, frame);
  }

  /** Draws an image; `undefined` when there is no room. Leaves its texture bound. */
  draw(composition: Composition, frame: number): number | undefined {
    const cell = this.cells.allocate(imageKey(composition), frame);
    if (cell === undefined) return undefined;
    const { gl, context, cellPixels } = this;
    context.clearRect(-SYMBOL_BOX, -SYMBOL_BOX, 2 * SYMBOL_BOX, 2 * SYMBOL_BOX);
    drawSymbol(context, composition, this.style);
    const [x, y] = this.placeOf(cell);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, cellPixels, cellPixels, gl.RGBA, gl.UNSIGNED_BYTE, context.canvas);
    return cell;
  }

  /** Left and top of a cell, device pixels. */
  placeOf(cell: number): [number, number] {
    return [(cell % this.columns) * this.cellPixels, Math.floor(cell / this.columns) * this.cellPixels];
  }

  remove(): void {
    this.gl.deleteTexture(this.texture);
  }
}
