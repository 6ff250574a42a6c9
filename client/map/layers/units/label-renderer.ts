import type { UnitStore } from '../../../live/unit-store.ts';
import { SURFACES, type Theme } from '../../../palette.ts';
import { linkProgram, type Program } from './gl.ts';
import { LABEL_CAPACITY, LabelSheet, SHEET } from './label-sheet.ts';
import { FIELDS, type PackedUnits, STRIDE } from './packed-units.ts';
import { type Frame, pointAttributes, setPlace } from './unit-renderer.ts';
import { LABEL_FRAGMENT, LABEL_VERTEX } from './unit-shaders.ts';

/** A unit's own bytes, then the box of its label: four floats. */
const LABEL_STRIDE = STRIDE + 16;
/** The byte of a unit that is unused, here: whether there is a ring around it that its name must stay clear of. */
const RINGED = FIELDS.kind.at + 3;
const GAP_PX = 2;

/** Draws callsigns beneath their symbols; they move with them on the graphics card. */
export class LabelRenderer {
  private readonly gl: WebGL2RenderingContext;
  private readonly program: Program;
  private readonly vertices: WebGLVertexArrayObject;
  private readonly buffer: WebGLBuffer;
  private readonly bytes = new Uint8Array(LABEL_CAPACITY * LABEL_STRIDE);
  private readonly view = new DataView(this.bytes.buffer);
  private sheet: { of: LabelSheet; theme: Theme; ratio: number } | undefined;

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.program = linkProgram(gl, LABEL_VERTEX, LABEL_FRAGMENT);
    this.vertices = gl.createVertexArray();
    this.buffer = gl.createBuffer();
  }

  /** Draws the callsigns of these units, those whose name and place are known. */
  draw(frame: Frame, store: UnitStore, packed: PackedUnits, ids: readonly number[]): void {
    if (ids.length === 0 || !this.program.ready()) return;
    const { gl, program } = this;
    const sheet = this.sheetFor(frame);
    const count = this.pack(store, packed, ids, sheet, frame.selected);
    gl.useProgram(program.program);
    setPlace(gl, program, frame, packed.baseMs);
    gl.uniform1f(program.uniform('u_offset'), frame.radius * 1.35 + GAP_PX);
    gl.uniform1f(program.uniform('u_ring'), frame.radius * 0.75);
    gl.uniform2f(program.uniform('u_sheet'), SHEET.width, SHEET.height);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, sheet.texture);
    gl.uniform1i(program.uniform('u_sheetTexture'), 0);
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.bytes.subarray(0, count * LABEL_STRIDE), gl.STREAM_DRAW);
    pointAttributes(gl, program, LABEL_STRIDE, 0, 1);
    const box = program.attribute('a_box');
    gl.enableVertexAttribArray(box);
    gl.vertexAttribPointer(box, 4, gl.FLOAT, false, LABEL_STRIDE, STRIDE);
    gl.vertexAttribDivisor(box, 1);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    gl.bindVertexArray(null);
  }

  destroy(): void {
    this.sheet?.of.destroy();
    this.gl.deleteProgram(this.program.program);
    this.gl.deleteBuffer(this.buffer);
    this.gl.deleteVertexArray(this.vertices);
  }

  private pack(
    store: UnitStore,
    packed: PackedUnits,
    ids: readonly number[],
    sheet: LabelSheet,
    selected: number,
  ): number {
    let count = 0;
    for (const id of ids.slice(0, LABEL_CAPACITY)) {
      const slot = store.slotOf(id);
      const callsign = store.unit(id)?.callsign;
      if (slot < 0 || slot >= packed.count || !callsign) continue;
      const at = count++ * LABEL_STRIDE;
      this.bytes.set(packed.bytes.subarray(slot * STRIDE, (slot + 1) * STRIDE), at);
      this.bytes[at + RINGED] = id === selected ? 1 : 0;
      const box = sheet.box(callsign);
      for (const [index, value] of [box.left, box.top, box.width, box.height].entries()) {
        this.view.setFloat32(at + STRIDE + index * 4, value, true);
      }
    }
    return count;
  }

  private sheetFor({ theme, ratio }: Frame): LabelSheet {
    if (this.sheet?.theme === theme && this.sheet.ratio === ratio) return this.sheet.of;
    this.sheet?.of.destroy();
    const { text, page } = SURFACES[theme];
    const of = new LabelSheet(this.gl, ratio, text, `${page}E6`);
    this.sheet = { of, theme, ratio };
    return of;
  }
}
