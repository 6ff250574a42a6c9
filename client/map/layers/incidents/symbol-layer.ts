import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from 'maplibre-gl';
import type { ClusterColumns } from '../../../workers/cluster-index.ts';
import { SymbolAtlas } from './symbol-atlas.ts';
import type { ImageStyle } from './symbol-image.ts';
import { SymbolProgram } from './symbol-program.ts';
import { follow, type MapSymbol, symbolAt } from './symbols.ts';

/** Milliseconds of a frame that may go into drawing new images; what is left waits for the next frame. */
const DRAWING_BUDGET = 5;
/** The same where nothing has an image yet. */
const FIRST_DRAWING_BUDGET = 30;
/** Room for a symbol in this many square pixels of the window. */
const PIXELS_PER_SYMBOL = 5000;

/**
 * Clusters and incidents as images from one texture, in one draw call. Their places are worked out in doubles on the
 * processor (there are a few hundred on a screen) and rounded to whole pixels, so that numbers stay crisp at any zoom.
 */
export class SymbolLayer implements CustomLayerInterface {
  readonly id = 'incident-symbols';
  readonly type = 'custom';
  private map: MapLibre | undefined;
  private program: SymbolProgram | undefined;
  private atlas: SymbolAtlas | undefined;
  private atlasScale = 0;
  private atlasImages = 0;
  private instances = new Float32Array(0);
  private byIdentity = new Map<number, MapSymbol>();
  private style: ImageStyle;
  private frame = 0;

  constructor(style: ImageStyle) {
    this.style = style;
  }

  /** In the order in which they are drawn. */
  get symbols(): ReadonlyMap<number, MapSymbol> {
    return this.byIdentity;
  }

  /** Shows these clusters; `selected` is the identity of the one that holds the selected incident. */
  update(columns: ClusterColumns, selected: number | undefined): void {
    this.byIdentity = follow(this.byIdentity, columns, selected);
    this.map?.triggerRepaint();
  }

  /** Draws every image anew: another theme or language, or fonts that came late. */
  setStyle(style: ImageStyle): void {
    this.style = style;
    this.atlas?.remove();
    this.atlas = undefined;
    this.map?.triggerRepaint();
  }

  /** The topmost symbol at a place, CSS pixels from the top left of the map. */
  at({ x, y }: { x: number; y: number }): MapSymbol | undefined {
    return symbolAt(this.byIdentity.values(), x, y);
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.program = new SymbolProgram(gl);
    // What there was belonged to a context that is lost.
    this.atlas = undefined;
  }

  onRemove(): void {
    this.atlas?.remove();
    this.program?.remove();
    this.atlas = undefined;
    this.program = undefined;
    this.map = undefined;
  }

  render(gl: WebGL2RenderingContext, { defaultProjectionData }: CustomRenderMethodInput): void {
    if (!this.program || this.byIdentity.size === 0) return;
    if (!this.program.ready()) {
      this.map?.triggerRepaint();
      return;
    }
    this.frame++;
    const budget = this.atlas ? DRAWING_BUDGET : FIRST_DRAWING_BUDGET;
    const atlas = this.atlasFor(gl);
    const drawn = this.place(defaultProjectionData.mainMatrix, gl.drawingBufferWidth, gl.drawingBufferHeight);
    const complete = this.fillInstances(atlas, drawn, budget);
    this.program.draw(this.instances, drawn.length, atlas, gl.drawingBufferWidth, gl.drawingBufferHeight);
    if (!complete) this.map?.triggerRepaint();
  }

  /** Notes where each symbol stands and gives those on the screen. */
  private place(matrix: ArrayLike<number>, width: number, height: number): MapSymbol[] {
    const scale = this.atlasScale;
    const margin = 40 * scale;
    const centre = this.map?.getCenter().lng ?? 0;
    const at = (index: number) => matrix[index] ?? 0;
    const drawn: MapSymbol[] = [];
    for (const symbol of this.byIdentity.values()) {
      // The copy of the world that is nearest to the middle of the map.
      const x = symbol.x + Math.round((centre - symbol.lon) / 360);
      const w = at(3) * x + at(7) * symbol.y + at(15);
      const left = ((at(0) * x + at(4) * symbol.y + at(12)) / w + 1) * (width / 2);
      const top = (1 - (at(1) * x + at(5) * symbol.y + at(13)) / w) * (height / 2);
      const seen = w > 0 && left > -margin && left < width + margin && top > -margin && top < height + margin;
      symbol.screenX = seen ? Math.round(left) / scale : Number.NaN;
      symbol.screenY = seen ? Math.round(top) / scale : Number.NaN;
      if (seen) drawn.push(symbol);
    }
    return drawn;
  }

  /** Four numbers a symbol: left and top on the screen, left and top in the atlas. False when images are still to be drawn. */
  private fillInstances(atlas: SymbolAtlas, drawn: readonly MapSymbol[], budget: number): boolean {
    if (this.instances.length < drawn.length * 4) this.instances = new Float32Array(drawn.length * 8);
    const until = performance.now() + budget;
    let complete = true;
    drawn.forEach((symbol, at) => {
      const cell = this.cellOf(symbol, atlas, performance.now() < until);
      complete &&= symbol.cell?.key === symbol.key;
      const [u, v] = cell === undefined ? [-1, -1] : atlas.placeOf(cell);
      const half = atlas.cellPixels / 2;
      this.instances.set(
        [symbol.screenX * this.atlasScale - half, symbol.screenY * this.atlasScale - half, u, v],
        at * 4,
      );
    });
    return complete;
  }

  /** The cell of a symbol's image; while there is no time to draw a new one, that of the image which it had. */
  private cellOf(symbol: MapSymbol, atlas: SymbolAtlas, mayDraw: boolean): number | undefined {
    let number = atlas.find(symbol.key);
    if (number === undefined && mayDraw) number = atlas.draw(symbol.composition, this.frame);
    if (number !== undefined) symbol.cell = { number, key: symbol.key };
    // The cell may have been given away while the symbol was out of sight.
    else if (symbol.cell && atlas.find(symbol.cell.key) === symbol.cell.number) ({ number } = symbol.cell);
    if (number !== undefined) atlas.use(number, this.frame);
    return number;
  }

  private atlasFor(gl: WebGL2RenderingContext): SymbolAtlas {
    const { clientWidth, clientHeight } = this.map?.getCanvas() ?? { clientWidth: 1, clientHeight: 1 };
    const scale = gl.drawingBufferWidth / Math.max(1, clientWidth);
    const images = Math.ceil((clientWidth * clientHeight) / PIXELS_PER_SYMBOL);
    if (!this.atlas || scale !== this.atlasScale || images > 2 * this.atlasImages) {
      this.atlas?.remove();
      this.atlas = new SymbolAtlas(gl, this.style, scale, images);
      this.atlasScale = scale;
      this.atlasImages = images;
      for (const symbol of this.byIdentity.values()) symbol.cell = undefined;
    }
    return this.atlas;
  }
}
