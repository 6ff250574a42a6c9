/** CSS pixels of one label's cell. */
const CELL_WIDTH = 132;
const CELL_HEIGHT = 20;
const COLUMNS = 4;
const ROWS = 44;
const FONT = '600 11.5px "Noto Sans", sans-serif';

/** The most labels there is room for. */
export const LABEL_CAPACITY = COLUMNS * ROWS;
/** Size of the whole sheet, CSS pixels. */
export const SHEET = { width: COLUMNS * CELL_WIDTH, height: ROWS * CELL_HEIGHT };

/** Where a label stands on the sheet, CSS pixels. */
export interface LabelBox {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A texture of short texts: each is drawn once on a canvas and kept until its cell is needed by another. */
export class LabelSheet {
  readonly texture: WebGLTexture;
  private readonly gl: WebGL2RenderingContext;
  private readonly ratio: number;
  private readonly context: CanvasRenderingContext2D;
  /** Text → its cell; the least lately used first. */
  private readonly cells = new Map<string, { cell: number; width: number }>();
  private readonly ink: string;
  private readonly halo: string;

  constructor(gl: WebGL2RenderingContext, ratio: number, ink: string, halo: string) {
    this.gl = gl;
    this.ratio = ratio;
    this.ink = ink;
    this.halo = halo;
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(CELL_WIDTH * ratio);
    canvas.height = Math.ceil(CELL_HEIGHT * ratio);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser cannot draw on a canvas.');
    this.context = context;
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, Math.ceil(SHEET.width * ratio), Math.ceil(SHEET.height * ratio));
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  /** The place of a text on the sheet, drawn now when it was not there. Never asks for more than {@link LABEL_CAPACITY} at once. */
  box(text: string): LabelBox {
    let entry = this.cells.get(text);
    this.cells.delete(text);
    if (!entry) {
      const oldest = this.cells.size >= LABEL_CAPACITY ? this.cells.entries().next().value : undefined;
      if (oldest) this.cells.delete(oldest[0]);
      const cell = oldest ? oldest[1].cell : this.cells.size;
      entry = { cell, width: this.drawText(text, cell) };
    }
    this.cells.set(text, entry);
    const left = (entry.cell % COLUMNS) * CELL_WIDTH;
    const top = Math.floor(entry.cell / COLUMNS) * CELL_HEIGHT;
    return { left, top, width: entry.width, height: CELL_HEIGHT };
  }

  destroy(): void {
    this.gl.deleteTexture(this.texture);
  }

  private drawText(text: string, cell: number): number {
    const { context, gl, ratio } = this;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, CELL_WIDTH, CELL_HEIGHT);
    context.font = FONT;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3.5;
    context.strokeStyle = this.halo;
    context.fillStyle = this.ink;
    let shown = text;
    while (context.measureText(shown).width > CELL_WIDTH - 8 && shown.length > 1) shown = `${shown.slice(0, -2)}…`;
    context.strokeText(shown, 4, CELL_HEIGHT / 2);
    context.fillText(shown, 4, CELL_HEIGHT / 2);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    const left = Math.round((cell % COLUMNS) * CELL_WIDTH * ratio);
    const top = Math.round(Math.floor(cell / COLUMNS) * CELL_HEIGHT * ratio);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, left, top, gl.RGBA, gl.UNSIGNED_BYTE, context.canvas);
    return Math.min(CELL_WIDTH, context.measureText(shown).width + 8);
  }
}
