import { ATLAS_COLUMNS, CELL_PIXELS_PER_RADIUS, CELL_REACH, COLUMN } from './symbol-atlas.ts';

/** Places a unit between its two fixes and projects it: shared by symbols and labels. */
const PLACE = `#version 300 es
precision highp float;
in vec2 a_high;
in vec2 a_low;
in vec2 a_delta;
in vec2 a_time;
in vec2 a_state;
in vec4 a_kind;
uniform mat2 u_scale;        // from the world relative to the centre, to clip space
uniform vec4 u_centre;       // the map's centre: high parts, low parts
uniform float u_now;         // milliseconds on the base of a_time
uniform float u_interpolate; // 0: jump to the newest fix
uniform vec2 u_pixel;        // a CSS pixel in clip space

vec2 placed() {
  float span = a_time.y - a_time.x;
  float part = span > 0.0 ? clamp((u_now - a_time.x) / span, 0.0, 1.0) : 1.0;
  part = mix(1.0, part, u_interpolate);
  vec2 relative = (a_high - u_centre.xy) + (a_low - u_centre.zw) + a_delta * part;
  relative.x -= floor(relative.x + 0.5); // the copy of the world that is nearest
  return u_scale * relative;
}
`;

export const SYMBOL_VERTEX = `${PLACE}
uniform float u_clock;   // seconds on the base of the fixes
uniform float u_radius;  // CSS pixels
uniform vec3 u_ages;     // seconds at which a symbol fades a step further
uniform int u_selected;
out vec2 v_at;           // from the symbol's middle, in radii, y down
flat out vec4 v_look;    // heading in radians or -10, age step, 1 busy 2 off duty, 1 when selected
flat out ivec2 v_kind;   // atlas column, flags

void main() {
  float age = u_clock - a_state.x;
  float step_ = float(age >= u_ages.x) + float(age >= u_ages.y) + float(age >= u_ages.z);
  int flags = int(a_kind.z);
  int organisation = int(a_kind.x);
  bool selected = gl_InstanceID == u_selected;
  bool alarm = (flags & 16) != 0;
  bool nosed = a_state.y >= 0.0 && step_ < 3.0 && a_kind.y < 1.5;
  bool marked = (step_ > 2.5 || (flags & 1) != 0);
  float reach = ${CELL_REACH.toFixed(4)};
  if (nosed) reach = 1.9;
  if (marked) reach = max(reach, 1.6);
  bool ringed = a_kind.y == 1.0 && step_ < 3.0;
  if (ringed) reach = max(reach, 1.6);
  if (alarm || selected) reach = 2.2;
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  v_at = corner * reach;
  v_look = vec4(nosed ? radians(a_state.y) : -10.0, step_, ringed ? 1.0 : a_kind.y == 2.0 ? 2.0 : 0.0, selected ? 1.0 : 0.0);
  v_kind = ivec2(organisation >= ${COLUMN.unknown} ? ${COLUMN.unknown} : organisation, flags);
  gl_Position = vec4(placed() + vec2(v_at.x, -v_at.y) * u_radius * u_pixel, 0.0, 1.0);
}`;

/**
 * From afar and in a crowd: a round dot each, in as few steps as can be, for there may be twenty thousand of them. Drawn as
 * points: one vertex each, and no instance, which software rendering would draw one by one.
 */
export const DOT_VERTEX = `${PLACE}
uniform float u_clock;
uniform float u_radius;
uniform float u_ratio;
uniform vec3 u_ages;
uniform vec3 u_colours[${COLUMN.unknown + 1}];
uniform vec3 u_stale;
flat out vec4 v_colour;

void main() {
  float age = u_clock - a_state.x;
  float step_ = float(age >= u_ages.x) + float(age >= u_ages.y) + float(age >= u_ages.z);
  float fading = step_ > 2.5 ? 1.0 : max(step_ * 0.3, a_kind.y > 1.5 ? 0.55 : 0.0);
  int organisation = int(a_kind.x);
  vec3 body = u_colours[organisation >= ${COLUMN.unknown} ? ${COLUMN.unknown} : organisation];
  v_colour = vec4(mix(body, u_stale, fading), step_ > 2.5 ? 0.6 : 1.0);
  gl_PointSize = 2.0 * (u_radius + 1.0) * u_ratio;
  gl_Position = vec4(placed(), 0.0, 1.0);
}`;

export const DOT_FRAGMENT = `#version 300 es
precision highp float;
flat in vec4 v_colour;
uniform float u_radius;
uniform float u_ratio;
uniform vec3 u_halo;
out vec4 colour;

void main() {
  float inside = u_ratio * (u_radius - length(gl_PointCoord * 2.0 - 1.0) * (u_radius + 1.0));
  float whole = clamp(inside + u_ratio * 0.5 + 0.5, 0.0, 1.0);
  float body = clamp(inside - u_ratio * 0.5 + 0.5, 0.0, 1.0) * v_colour.a;
  colour = vec4(mix(u_halo * whole, v_colour.rgb, body), max(whole, body));
}`;

export const SYMBOL_FRAGMENT = `#version 300 es
precision highp float;
in vec2 v_at;
flat in vec4 v_look;
flat in ivec2 v_kind;
uniform sampler2D u_atlas;
uniform float u_radius;
uniform float u_ratio;   // device pixels in a CSS pixel
uniform vec3 u_colours[${COLUMN.unknown + 1}];
uniform vec3 u_halo;
uniform vec3 u_stale;
uniform vec3 u_alert;
uniform vec3 u_waiting;
uniform vec3 u_focus;
uniform float u_bearing; // the map's, radians
out vec4 colour;

void over(vec3 what, float amount) {
  colour = vec4(what * amount, amount) + colour * (1.0 - amount);
}
// scale: size of the drawn cell against the symbol's own.
vec2 mask(int column, float row, vec2 at, float scale) {
  vec2 cell = at / ${CELL_REACH.toFixed(4)} * 0.5 + 0.5;
  if (any(lessThan(cell, vec2(0.0))) || any(greaterThan(cell, vec2(1.0)))) return vec2(0.0);
  float shrunk = ${CELL_PIXELS_PER_RADIUS.toFixed(1)} / (u_radius * u_ratio * scale);
  return textureLod(u_atlas, vec2((float(column) + cell.x) / ${ATLAS_COLUMNS}.0, (row + cell.y) * 0.5), max(0.0, log2(shrunk) - 0.3)).rg;
}
// How much of a pixel a ring of this radius and width covers; radii of the symbol.
float ring(float radius, float width) {
  return clamp((width * 0.5 - abs(length(v_at) - radius)) * u_radius * u_ratio + 0.5, 0.0, 1.0);
}
float disc(vec2 at, float radius) {
  return clamp((radius - length(at)) * u_radius * u_ratio + 0.5, 0.0, 1.0);
}

void main() {
  colour = vec4(0.0);
  float pixel = 1.0 / u_radius;
  bool stale = v_look.y > 2.5;
  bool off = v_look.z > 1.5;
  bool alarm = (v_kind.y & 16) != 0;
  float fading = stale ? 1.0 : v_look.y * 0.3;
  vec3 body = mix(u_colours[v_kind.x], u_stale, max(fading, off ? 0.55 : 0.0));
  float strength = stale ? 0.9 : off ? 0.75 : 1.0 - v_look.y * 0.08;

  if (alarm) {
    over(u_alert, disc(v_at, 1.62) * 0.30);
    over(u_alert, ring(1.62, max(2.5 * pixel, 0.24)));
  }
  if (v_look.w > 0.5) {
    over(u_halo, ring(2.0, 4.5 * pixel) * 0.9);
    over(u_focus, ring(2.0, 2.2 * pixel));
  }
  if (v_look.z == 1.0) {
    over(u_halo, ring(1.42, 4.0 * pixel) * 0.8);
    over(u_waiting, ring(1.42, 2.0 * pixel));
  }
  if (v_look.x > -5.0) {
    float turn = v_look.x - u_bearing;
    vec2 at = vec2(v_at.x * cos(turn) + v_at.y * sin(turn), -v_at.x * sin(turn) + v_at.y * cos(turn));
    // A triangle on the rim, pointing the way it goes.
    float edge = min((at.y + 1.82) * 0.53 - abs(at.x) * 0.848, -0.9 - at.y) * u_radius * u_ratio;
    over(u_halo, clamp(edge + 1.5 * u_ratio + 0.5, 0.0, 1.0) * 0.85 * strength);
    over(body, clamp(edge + 0.5, 0.0, 1.0) * strength);
  }
  vec2 shape = mask(v_kind.x, 0.0, v_at, 1.0);
  over(u_halo, shape.g * 0.92 * strength);
  over(body, shape.r * strength);
  vec2 inner = mask(v_kind.x, 1.0, v_at, 1.0);
  over(u_halo, (stale ? inner.r : inner.g) * 0.85);
  bool mock = (v_kind.y & 1) != 0;
  if (mock && shape.r > 0.0) {
    float stripe = fract((gl_FragCoord.x + gl_FragCoord.y) / (4.0 * u_ratio)) < 0.5 ? 1.0 : 0.0;
    over(u_halo, shape.r * stripe * 0.8);
  }
  if (stale || mock) {
    vec2 at = (v_at - vec2(0.82, 0.82)) / 0.52;
    int column = mock ? ${COLUMN.mock} : ${COLUMN.clock};
    vec2 face = mask(column, 0.0, at, 0.52);
    over(u_halo, face.g);
    over(u_stale, face.r);
    over(u_halo, mask(column, 1.0, at, 0.52).g);
  }
}`;

export const LABEL_VERTEX = `${PLACE}
in vec4 a_box;          // left, top, width, height in the label atlas, CSS pixels
uniform float u_offset; // below the symbol's middle, CSS pixels
uniform float u_ring;   // further below when it has a ring, CSS pixels
uniform vec2 u_sheet;   // the atlas, CSS pixels
out vec2 v_cell;

void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  v_cell = (a_box.xy + corner * a_box.zw) / u_sheet;
  vec2 shift = vec2((corner.x - 0.5) * a_box.z, -(u_offset + a_kind.w * u_ring + corner.y * a_box.w));
  gl_Position = vec4(placed() + shift * u_pixel, 0.0, 1.0);
}`;

export const LABEL_FRAGMENT = `#version 300 es
precision highp float;
in vec2 v_cell;
uniform sampler2D u_sheetTexture;
out vec4 colour;
void main() {
  colour = texture(u_sheetTexture, v_cell);
}`;
