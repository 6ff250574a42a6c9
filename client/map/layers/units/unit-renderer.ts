import { LIVE_FLAG } from '../../../../shared/live/flags.ts';
import { ORGANISATIONS } from '../../../../shared/schemas/unit.ts';
import type { UnitStore } from '../../../live/unit-store.ts';
import { organisationColour, SIGNALS, SURFACES, type Theme } from '../../../palette.ts';
import { MAP_COLOURS } from '../../style/colours.ts';
import { AGE_STEPS_MS } from './age.ts';
import type { Camera } from './camera.ts';
import { linkProgram, type Program, rgb } from './gl.ts';
import { FIELDS, PackedUnits, STRIDE } from './packed-units.ts';
import { symbolAtlas } from './symbol-atlas.ts';
import { DOT_FRAGMENT, DOT_VERTEX, SYMBOL_FRAGMENT, SYMBOL_VERTEX } from './unit-shaders.ts';

const AGES_S = AGE_STEPS_MS.map((age) => age / 1000);

/** The palette as the shaders want it. */
const COLOURS = { dark: coloursOf('dark'), light: coloursOf('light') };

function coloursOf(theme: Theme) {
  const names = ORGANISATIONS.map((organisation) => organisationColour(organisation, theme));
  return {
    organisations: new Float32Array([...names, SURFACES[theme].dimmed].flatMap(rgb)),
    halo: rgb(SURFACES[theme].markerEdge),
    stale: rgb(SIGNALS[theme].stale),
    alert: rgb(SIGNALS[theme].alert),
    waiting: rgb(SIGNALS[theme].waiting),
    focus: rgb(MAP_COLOURS[theme].selected),
  };
}

/** An alarm and the selected unit are drawn at least this large, CSS pixels. */
const LEAST_NOTABLE_RADIUS = 9;

/** What one drawing needs besides the units. */
export interface Frame extends Camera {
  /** `performance.now()`. */
  now: number;
  unixNow: number;
  radius: number;
  /** Whether symbols are drawn in full; dots otherwise. */
  detailed: boolean;
  interpolate: boolean;
  theme: Theme;
  /** Unit to highlight, or −1. */
  selected: number;
}

/** Draws all units with one call: symbols as instances of a square, dots as points. Lives and dies with one graphics context. */
export class UnitRenderer {
  readonly packed = new PackedUnits();
  private readonly gl: WebGL2RenderingContext;
  private readonly symbols: Program;
  private readonly dots: Program;
  private readonly buffer: WebGLBuffer;
  /** The buffer's units as vertices for dots, and as instances for symbols, beginning with the first or with any other. */
  private readonly vertices: {
    dots: WebGLVertexArrayObject;
    symbols: WebGLVertexArrayObject;
    one: WebGLVertexArrayObject;
  };
  private readonly atlas: WebGLTexture;
  private readonly pointed = new Set<WebGLVertexArrayObject>();
  /** What was last said to each program: most frames differ in nothing but the time. */
  private readonly said = new Map<Program, Frame>();
  private capacity = 0;
  private seen = -1;

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.symbols = linkProgram(gl, SYMBOL_VERTEX, SYMBOL_FRAGMENT);
    this.dots = linkProgram(gl, DOT_VERTEX, DOT_FRAGMENT);
    this.buffer = gl.createBuffer();
    this.vertices = { dots: gl.createVertexArray(), symbols: gl.createVertexArray(), one: gl.createVertexArray() };
    this.atlas = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.atlas);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, symbolAtlas());
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  /** Sends what changed in the store since the last time. */
  upload(store: UnitStore, now: number, unixNow: number): void {
    if (store.version === this.seen) return;
    this.seen = store.version;
    const { gl, packed } = this;
    const ranges = packed.update(store, now, unixNow, LIVE_FLAG.alarm);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    if (packed.bytes.length !== this.capacity) {
      this.capacity = packed.bytes.length;
      gl.bufferData(gl.ARRAY_BUFFER, packed.bytes, gl.DYNAMIC_DRAW);
    } else {
      for (const { from, to } of ranges) {
        gl.bufferSubData(gl.ARRAY_BUFFER, from * STRIDE, packed.bytes, from * STRIDE, (to - from) * STRIDE);
      }
    }
  }

  /**
   * Draws all units; those with an alarm, then the selected one, once more on top and in full. Returns false, with
   * nothing drawn, while the driver is still preparing the shaders.
   */
  draw(frame: Frame, store: UnitStore): boolean {
    const { gl, packed, symbols, dots } = this;
    if (packed.count === 0) return true;
    if (!symbols.ready() || !dots.ready()) return false;
    const selected = store.slotOf(frame.selected);
    if (!frame.detailed) {
      this.begin(dots, frame, frame.radius);
      this.take(this.vertices.dots, dots);
      gl.drawArrays(gl.POINTS, 0, packed.count);
    } else {
      this.begin(symbols, frame, frame.radius);
      this.take(this.vertices.symbols, symbols);
      this.drawInstances(packed.count, selected);
    }
    if (packed.alarms.length > 0 || selected >= 0) {
      this.begin(symbols, frame, Math.max(frame.radius, LEAST_NOTABLE_RADIUS));
      for (const slot of packed.alarms) this.drawOne(slot, slot === selected);
      if (selected >= 0) this.drawOne(selected, true);
    }
    return true;
  }

  /** Gives back what it holds of the graphics card. */
  destroy(): void {
    const { gl } = this;
    gl.deleteProgram(this.symbols.program);
    gl.deleteProgram(this.dots.program);
    gl.deleteBuffer(this.buffer);
    gl.deleteTexture(this.atlas);
    for (const vertices of Object.values(this.vertices)) gl.deleteVertexArray(vertices);
  }

  /** Binds an array that begins with the first unit, told once where its attributes are. */
  private take(vertices: WebGLVertexArrayObject, program: Program): void {
    const { gl } = this;
    gl.bindVertexArray(vertices);
    if (this.pointed.has(vertices)) return;
    this.pointed.add(vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    pointAttributes(gl, program, STRIDE, 0, program === this.dots ? 0 : 1);
  }

  private drawOne(slot: number, selected: boolean): void {
    const { gl } = this;
    gl.bindVertexArray(this.vertices.one);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    pointAttributes(gl, this.symbols, STRIDE, slot * STRIDE, 1);
    this.drawInstances(1, selected ? 0 : -1);
  }

  private drawInstances(count: number, selected: number): void {
    this.gl.uniform1i(this.symbols.uniform('u_selected'), selected);
    this.gl.drawArraysInstanced(this.gl.TRIANGLE_STRIP, 0, 4, count);
  }

  private begin(program: Program, frame: Frame, radius: number): void {
    const { gl, packed } = this;
    gl.useProgram(program.program);
    gl.uniform1f(program.uniform('u_now'), frame.now - packed.baseMs);
    gl.uniform1f(program.uniform('u_clock'), (frame.unixNow - packed.baseUnixMs) / 1000);
    if (program === this.symbols) {
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, this.atlas);
    }
    const said = this.said.get(program);
    const now = { ...frame, radius };
    if (said && saysTheSame(said, now)) return;
    this.said.set(program, now);
    const { organisations, halo, stale, alert, waiting, focus } = COLOURS[frame.theme];
    setPlace(gl, program, frame, packed.baseMs);
    gl.uniform1f(program.uniform('u_radius'), radius);
    gl.uniform1f(program.uniform('u_ratio'), frame.ratio);
    gl.uniform1f(program.uniform('u_bearing'), (frame.bearing * Math.PI) / 180);
    gl.uniform3fv(program.uniform('u_ages'), AGES_S);
    gl.uniform3fv(program.uniform('u_colours'), organisations);
    gl.uniform3fv(program.uniform('u_halo'), halo);
    gl.uniform3fv(program.uniform('u_stale'), stale);
    gl.uniform3fv(program.uniform('u_alert'), alert);
    gl.uniform3fv(program.uniform('u_waiting'), waiting);
    gl.uniform3fv(program.uniform('u_focus'), focus);
    gl.uniform1i(program.uniform('u_atlas'), 0);
  }
}

/** Whether the uniforms of two frames differ in nothing but the time. A camera is another when its centre is another object. */
function saysTheSame(a: Frame, b: Frame): boolean {
  return a.centre === b.centre && a.theme === b.theme && a.radius === b.radius && a.interpolate === b.interpolate;
}

/** Sets the uniforms by which symbols and labels alike find their place. */
export function setPlace(gl: WebGL2RenderingContext, program: Program, frame: Frame, baseMs: number): void {
  const { x, y } = frame.centre;
  gl.uniformMatrix2fv(program.uniform('u_scale'), false, frame.scale);
  gl.uniform4f(program.uniform('u_centre'), x, y, x - Math.fround(x), y - Math.fround(y));
  gl.uniform1f(program.uniform('u_now'), frame.now - baseMs);
  gl.uniform1f(program.uniform('u_interpolate'), frame.interpolate ? 1 : 0);
  gl.uniform2f(program.uniform('u_pixel'), 2 / frame.width, 2 / frame.height);
}

/**
 * Points the units' attributes at the bound buffer, beginning `offset` bytes in.
 * @param divisor 1: a unit is an instance; 0: a unit is a vertex
 */
export function pointAttributes(
  gl: WebGL2RenderingContext,
  program: Program,
  stride: number,
  offset: number,
  divisor: 0 | 1,
): void {
  for (const [name, { at, size }] of Object.entries(FIELDS)) {
    const place = program.attribute(`a_${name}`);
    if (place < 0) continue;
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, name === 'kind' ? gl.UNSIGNED_BYTE : gl.FLOAT, false, stride, offset + at);
    gl.vertexAttribDivisor(place, divisor);
  }
}
