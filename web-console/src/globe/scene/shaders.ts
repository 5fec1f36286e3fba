/** What the shaders share. Lengths are Earth radii, times seconds, axes those of TEME. */
import { EARTH_KM, MU_KM3_S2 } from '../motion.ts';

/** Gravity of the Earth in cubic Earth radii per square second. */
export const MU = MU_KM3_S2 / EARTH_KM ** 3;

const HEAD = `precision highp float;
`;

/** Whether the unit sphere stands between the eye and a point. */
const HIDDEN = `
bool hidden(vec3 eye, vec3 point) {
  vec3 way = point - eye;
  float towards = -dot(eye, way);
  float length2 = dot(way, way);
  return towards > 0.0 && towards < length2
    && towards * towards > length2 * (dot(eye, eye) - 1.0);
}
`;

/** The f and g series, as in motion.ts. */
const MOVED = `
vec3 moved(vec3 position, vec3 velocity, float dt) {
  float r2 = dot(position, position);
  float pull = ${MU.toExponential(8)} * inversesqrt(r2) / r2;
  float climb = dot(position, velocity) / r2;
  float t2 = dt * dt;
  float f = 1.0 - 0.5 * pull * t2 * (1.0 - climb * dt);
  float g = dt - pull * t2 * dt / 6.0;
  return f * position + g * velocity;
}
`;

const KM = `${(1 / EARTH_KM).toExponential(8)}`;
const NOWHERE = 'vec4(2.0, 2.0, 2.0, 1.0)';

/** Every object is a square or round point; what the Earth hides costs no pixel. */
export const CLOUD_VERTEX = `${HEAD}
in vec3 position;
in vec3 velocity;
in vec4 look;
uniform mat4 viewProjection;
uniform vec3 eye;
uniform float dt;
uniform float grow;
uniform float bright;
out vec3 colour;
${HIDDEN}${MOVED}
void main() {
  vec3 at = moved(position * ${KM}, velocity * ${KM}, dt);
  if (dot(at, at) < 0.98 || hidden(eye, at)) {
    gl_Position = ${NOWHERE};
    return;
  }
  gl_Position = viewProjection * vec4(at, 1.0);
  gl_PointSize = look.a * 16.0 * grow;
  colour = look.rgb * bright;
}
`;

export const CLOUD_FRAGMENT = `${HEAD}
in vec3 colour;
out vec4 pixel;
void main() {
  pixel = vec4(colour, 1.0);
}
`;

/** Marked objects: a shape for each meaning, edged dark so that it stands out on everything. */
export const MARK_VERTEX = `${HEAD}
in vec3 position;
in vec3 velocity;
in vec4 look;
in float shape;
uniform mat4 viewProjection;
uniform vec3 eye;
uniform float dt;
uniform float ratio;
out vec3 colour;
flat out int kind;
out float fade;
${HIDDEN}${MOVED}
void main() {
  vec3 at = moved(position * ${KM}, velocity * ${KM}, dt);
  if (dot(at, at) < 0.98) {
    gl_Position = ${NOWHERE};
    return;
  }
  gl_Position = viewProjection * vec4(at, 1.0);
  gl_PointSize = look.a * 255.0 * ratio;
  colour = look.rgb;
  kind = int(shape);
  fade = hidden(eye, at) ? 0.0 : 1.0;
  if (fade == 0.0) gl_Position = ${NOWHERE};
}
`;

export const MARK_FRAGMENT = `${HEAD}
in vec3 colour;
flat in int kind;
in float fade;
out vec4 pixel;
void main() {
  vec2 c = gl_PointCoord * 2.0 - 1.0;
  float far;
  if (kind == 0) far = (abs(c.x) + abs(c.y) - 0.78) * 0.7071;
  else if (kind == 1) far = max(c.y - 0.5, abs(c.x) * 0.866 - c.y * 0.5 - 0.36);
  else if (kind == 2) far = length(c) - 0.5;
  else if (kind == 3) far = abs(length(c) - 0.62) - 0.13;
  else far = max(abs(length(c) - 0.86) - 0.06, 0.18 - min(abs(c.x), abs(c.y)));
  float soft = 0.11;
  float inside = 1.0 - smoothstep(-soft, soft, far);
  float edge = kind == 4 ? inside : 1.0 - smoothstep(-soft, soft, far - 0.16);
  if (edge < 0.02) discard;
  pixel = vec4(mix(vec3(0.02, 0.03, 0.06), colour, inside), edge);
}
`;

/** The Earth: one picture, lit by the Sun. Light changes slowly, so corners of triangles carry it. */
export const EARTH_VERTEX = `${HEAD}
in vec3 position;
in vec2 uv;
uniform mat4 viewProjection;
uniform vec2 turn;
uniform vec3 sun;
uniform vec3 eye;
out vec2 place;
out vec4 light;
void main() {
  vec3 at = vec3(turn.x * position.x - turn.y * position.y, turn.y * position.x + turn.x * position.y, position.z);
  gl_Position = viewProjection * vec4(at, 1.0);
  place = uv;
  float rim = 1.0 - max(dot(at, normalize(eye - at)), 0.0);
  float day = clamp(dot(at, sun) * 4.0 + 0.55, 0.0, 1.0);
  light = vec4(pow(rim, 4.0) * mix(vec3(0.03, 0.07, 0.13), vec3(0.16, 0.36, 0.58), day), mix(0.6, 1.4, day));
}
`;

export const EARTH_FRAGMENT = `${HEAD}
uniform sampler2D picture;
in vec2 place;
in vec4 light;
out vec4 pixel;
void main() {
  pixel = vec4(texture(picture, place).rgb * light.a + light.rgb, 1.0);
}
`;

/** A glow around the limb, brighter on the day side. */
export const GLOW_VERTEX = `${HEAD}
in vec3 position;
in float height;
uniform mat4 viewProjection;
uniform vec3 right;
uniform vec3 up;
uniform vec3 sun;
uniform float limb;
out float strength;
void main() {
  vec3 out_ = normalize(right * position.x + up * position.y);
  vec3 at = out_ * limb * (1.0 + height * 0.1);
  gl_Position = viewProjection * vec4(at, 1.0);
  float day = clamp(dot(out_, sun) * 1.6 + 0.55, 0.12, 1.0);
  strength = day * (1.0 - height);
}
`;

export const GLOW_FRAGMENT = `${HEAD}
in float strength;
out vec4 pixel;
void main() {
  pixel = vec4(vec3(0.25, 0.55, 0.95) * strength * strength * 0.75, 1.0);
}
`;

/** Lines that fade where the Earth stands before them. */
export const LINE_VERTEX = `${HEAD}
in vec3 position;
uniform mat4 viewProjection;
uniform vec2 turn;
uniform vec3 eye;
uniform vec4 tint;
out vec4 colour;
${HIDDEN}
void main() {
  vec3 at = vec3(turn.x * position.x - turn.y * position.y, turn.y * position.x + turn.x * position.y, position.z);
  gl_Position = viewProjection * vec4(at, 1.0);
  colour = vec4(tint.rgb, hidden(eye, at) ? 0.0 : tint.a);
}
`;

export const LINE_FRAGMENT = `${HEAD}
in vec4 colour;
out vec4 pixel;
void main() {
  if (colour.a < 0.01) discard;
  pixel = colour;
}
`;

export const STAR_VERTEX = `${HEAD}
in vec3 position;
in float light;
uniform mat4 viewProjection;
uniform float ratio;
out vec3 colour;
void main() {
  gl_Position = viewProjection * vec4(position, 1.0);
  gl_PointSize = light > 0.8 ? 2.0 * ratio : ratio;
  colour = vec3(0.62, 0.72, 0.9) * light * 0.6;
}
`;

/** Signs stand beside their objects, measured in CSS pixels. */
export const SIGN_VERTEX = `${HEAD}
in vec3 position;
in vec2 anchor;
uniform vec2 window;
out vec2 place;
void main() {
  vec2 at = (anchor + position.xy) / window * 2.0 - 1.0;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
  place = vec2(mod(float(gl_VertexID), 2.0), 1.0 - position.z);
}
`;

export const SIGN_FRAGMENT = `${HEAD}
uniform sampler2D picture;
in vec2 place;
out vec4 pixel;
void main() {
  pixel = texture(picture, place);
  if (pixel.a < 0.01) discard;
}
`;
