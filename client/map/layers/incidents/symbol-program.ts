import { linkProgram, type Program } from '../units/gl.ts';
import type { SymbolAtlas } from './symbol-atlas.ts';

/** Attributes: a corner of the unit square, then left, top on the screen and left, top in the atlas, device pixels. */
const VERTEX = `#version 300 es
layout(location = 0) in vec2 corner;
layout(location = 1) in vec4 place;
uniform vec2 screen;
uniform float cell;
out vec2 texel;
void main() {
  vec2 pixel = place.xy + corner * cell;
  texel = place.zw + corner * cell;
  bool hidden = place.z < 0.0;
  gl_Position = hidden ? vec4(2.0, 2.0, 0.0, 1.0)
    : vec4(pixel.x / screen.x * 2.0 - 1.0, 1.0 - pixel.y / screen.y * 2.0, 0.0, 1.0);
}`;

const FRAGMENT = `#version 300 es
precision highp float;
in vec2 texel;
uniform sampler2D atlas;
out vec4 colour;
void main() {
  colour = texelFetch(atlas, ivec2(texel), 0);
}`;

/** Locations in the shader: asking for them would wait for the driver. */
const CORNER = 0;
const PLACE = 1;
const FLOATS = 4;

/** Draws squares from an atlas onto the screen, one instance each. */
export class SymbolProgram {
  private readonly gl: WebGL2RenderingContext;
  private readonly program: Program;
  private readonly vertices: WebGLVertexArrayObject;
  private readonly corners: WebGLBuffer;
  private readonly places: WebGLBuffer;

  constructor(gl: WebGL2RenderingContext) {
    this.gl = gl;
    this.program = linkProgram(gl, VERTEX, FRAGMENT);
    this.vertices = gl.createVertexArray();
    this.corners = gl.createBuffer();
    this.places = gl.createBuffer();
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.corners);
    gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
    gl.enableVertexAttribArray(CORNER);
    gl.vertexAttribPointer(CORNER, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.enableVertexAttribArray(PLACE);
    gl.vertexAttribPointer(PLACE, FLOATS, gl.FLOAT, false, 0, 0);
    gl.vertexAttribDivisor(PLACE, 1);
    gl.bindVertexArray(null);
  }

  /** Whether the driver has the shaders: drawing sooner would hold up the page. */
  ready(): boolean {
    return this.program.ready();
  }

  /** Draws the first `count` instances (four numbers each) in their order, over what is there. */
  draw(instances: Float32Array, count: number, atlas: SymbolAtlas, width: number, height: number): void {
    const { gl, program } = this;
    gl.useProgram(program.program);
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.bufferData(gl.ARRAY_BUFFER, instances, gl.STREAM_DRAW, 0, count * FLOATS);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, atlas.texture);
    gl.uniform2f(program.uniform('screen'), width, height);
    gl.uniform1f(program.uniform('cell'), atlas.cellPixels);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, count);
    gl.bindVertexArray(null);
  }

  remove(): void {
    const { gl } = this;
    gl.deleteProgram(this.program.program);
    gl.deleteVertexArray(this.vertices);
    gl.deleteBuffer(this.corners);
    gl.deleteBuffer(this.places);
  }
}
