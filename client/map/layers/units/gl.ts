/** A program with the places of its uniforms. */
export interface Program {
  program: WebGLProgram;
  /**
   * Whether the driver has linked it: using it sooner holds up the page until it has. Drivers that cannot tell are ready
   * at once. Throws with the driver's words when the shaders are refused.
   */
  ready(): boolean;
  uniform(name: string): WebGLUniformLocation | null;
  attribute(name: string): number;
}

/** Begins to compile and link, beside the page where the driver can. */
export function linkProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  const parallel = gl.getExtension('KHR_parallel_shader_compile');
  const program = gl.createProgram();
  const shaders = [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ].map(([kind, source]) => {
    const shader = gl.createShader(Number(kind));
    if (!shader) throw new Error('The graphics context is lost.');
    gl.shaderSource(shader, String(source));
    gl.compileShader(shader);
    gl.attachShader(program, shader);
    return shader;
  });
  gl.linkProgram(program);
  let linked = false;
  const uniforms = new Map<string, WebGLUniformLocation | null>();
  const attributes = new Map<string, number>();
  return {
    program,
    ready() {
      if (linked) return true;
      if (parallel && !gl.getProgramParameter(program, parallel.COMPLETION_STATUS_KHR)) return false;
      if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
        const words = [gl.getProgramInfoLog(program), ...shaders.map((shader) => gl.getShaderInfoLog(shader))];
        throw new Error(`The shaders are refused: ${words.filter(Boolean).join(' ')}`);
      }
      linked = true;
      return true;
    },
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
