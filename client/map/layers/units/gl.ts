/** A linked program with the places of its uniforms. */
export interface Program {
  program: WebGLProgram;
  uniform(name: string): WebGLUniformLocation | null;
  attribute(name: string): number;
}

/** Compiles and links. Throws with the driver's words when a shader is refused. */
export function linkProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error('The graphics context is lost.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
      throw new Error(`A shader does not compile: ${gl.getShaderInfoLog(shader)}`);
    }
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`The shaders do not link: ${gl.getProgramInfoLog(program)}`);
  }
  const uniforms = new Map<string, WebGLUniformLocation | null>();
  const attributes = new Map<string, number>();
  return {
    program,
    uniform(name) {
      let place = uniforms.get(name);
      if (place === undefined) {
        place = gl.getUniformLocation(program, name);
        uniforms.set(name, place);
      }
      return place;
    },
    attribute(name) {
      let place = attributes.get(name);
      if (place === undefined) {
        place = gl.getAttribLocation(program, name);
        attributes.set(name, place);
      }
      return place;
    },
  };
}

/** Red, green and blue, 0…1, of `#RRGGBB`. */
export function rgb(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1, 7), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}
