/** What lies behind the objects: sky, glow and the Earth, computed for each pixel. */
import type { Lens, Vec } from '../camera.ts';
import { SKY } from '../heavens.ts';
import { type Pixels, mixed, pixelOf, pixelOfHex } from './pixels.ts';

/** The eye and the Sun with axes that turn with the Earth. */
export interface Standpoint {
  readonly lens: Lens;
  readonly sun: Vec;
}

/** Turn a direction by an angle about the axis of the Earth. */
export function turned([x, y, z]: Vec, angle: number): Vec {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c * x - s * y, s * x + c * y, z];
}

/** The same eye and Sun seen from the Earth, which stands at an angle. */
export function standpointOf(lens: Lens, sun: Vec, angle: number): Standpoint {
  const fixed = {
    ...lens,
    eye: turned(lens.eye, -angle),
    right: turned(lens.right, -angle),
    up: turned(lens.up, -angle),
    back: turned(lens.back, -angle),
  };
  return { lens: fixed, sun: turned(sun, -angle) };
}

const SUN_STEP = 0.5 * (Math.PI / 180);
const STEP_PX = 0.3;

/** Whether a picture made from one standpoint shows something else than from another. */
export function looksOther(one: Standpoint, other: Standpoint, height: number): boolean {
  const apart = (a: Vec, b: Vec): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  if (one.lens.halfWidth !== other.lens.halfWidth || apart(one.sun, other.sun) > SUN_STEP) return true;
  const pixels = height / 2 / one.lens.halfHeight;
  const nearest = Math.max(Math.hypot(...one.lens.eye) - 1, 0.02);
  const turn = apart(one.lens.back, other.lens.back) + apart(one.lens.up, other.lens.up);
  return (turn + apart(one.lens.eye, other.lens.eye) / nearest) * pixels > STEP_PX;
}

/** Paint sky, glow and Earth; the looks are those of the shaders. */
export function paintDisc(target: Pixels, { lens, sun }: Standpoint, ground: Pixels): void {
  const { data, width, height } = target;
  const sky = pixelOfHex(SKY);
  data.fill(sky);
  const [ex, ey, ez] = lens.eye;
  const far2 = ex * ex + ey * ey + ez * ez;
  // Within the Earth, as behind a low object, there is nothing to see of it.
  if (far2 < 1.0001) return;
  const over = far2 - 1;
  const rowStep = (2 * lens.halfHeight) / height;
  const columnStep = (2 * lens.halfWidth) / width;
  // A pixel at the limb is this large there.
  const grain = rowStep * Math.sqrt(over);
  // Where the glow begins and ends, as squares of cosines at the eye.
  const glowInner = far2 / (1 + (GLOW_BEGINS * GLOW_BEGINS) / over);
  const glowOuter = far2 / (1 + (GLOW_ENDS * GLOW_ENDS) / over);
  const [rx, ry, rz] = lens.right;
  const eyeRight = ex * rx + ey * ry + ez * rz;
  const eyeUp = ex * lens.up[0] + ey * lens.up[1] + ez * lens.up[2];
  const eyeBack = ex * lens.back[0] + ey * lens.back[1] + ez * lens.back[2];
  for (let row = 0; row < height; row += 1) {
    const v = lens.halfHeight - (row + 0.5) * rowStep;
    const vx = v * lens.up[0] - lens.back[0];
    const vy = v * lens.up[1] - lens.back[1];
    const vz = v * lens.up[2] - lens.back[2];
    const towardsV = v * eyeUp - eyeBack;
    let k = row * width;
    for (let column = 0; column < width; column += 1, k += 1) {
      const u = (column + 0.5) * columnStep - lens.halfWidth;
      const towards = towardsV + u * eyeRight;
      const length2 = 1 + u * u + v * v;
      if (towards >= 0 || towards * towards < length2 * glowOuter) continue;
      const dx = vx + u * rx;
      const dy = vy + u * ry;
      const dz = vz + u * rz;
      const shine = towards * towards > length2 * glowInner ? 0 : glow(ex, ey, ez, dx, dy, dz, far2, towards, sun);
      const inside = towards * towards - length2 * over;
      let cover = 256;
      if (inside < 0) {
        data[k] = shone(sky, shine);
        const beyond = Math.sqrt(far2 - (towards * towards) / length2) - 1;
        if (beyond >= grain) continue;
        cover = (256 * (1 - beyond / grain)) | 0;
      }
      const root = inside < 0 ? 0 : Math.sqrt(inside);
      const way = (-towards - root) / length2;
      const x = ex + way * dx;
      const y = ey + way * dy;
      const z = ez + way * dz;
      const rim = 1 - root / Math.sqrt(length2);
      const pixel = shone(lit(groundAt(ground, x, y, z), rim, x * sun[0] + y * sun[1] + z * sun[2]), shine);
      data[k] = cover === 256 ? pixel : mixed(data[k]!, pixel, cover);
    }
  }
}

/** From where to where the glow reaches, in radii of the limb. */
const GLOW_BEGINS = 0.994;
const GLOW_ENDS = 1.1;

/** How bright the glow is where a ray from the eye meets the plane through the centre that faces it. */
function glow(
  ex: number, ey: number, ez: number, dx: number, dy: number, dz: number,
  far2: number, towards: number, sun: Vec,
): number {
  const way = -far2 / towards;
  const x = ex + way * dx;
  const y = ey + way * dy;
  const z = ez + way * dz;
  const out = Math.sqrt(x * x + y * y + z * z);
  const limb = Math.sqrt(far2 / (far2 - 1));
  const height = (out / limb - 1) / (GLOW_ENDS - 1);
  const day = clamp(((x * sun[0] + y * sun[1] + z * sun[2]) / out) * 1.6 + 0.55, 0.12, 1);
  const strength = day * (1 - height);
  return strength * strength * 0.75 * 255;
}

/** A pixel with the glow before it. */
function shone(pixel: number, shine: number): number {
  if (shine === 0) return pixel;
  return pixelOf(
    Math.min((pixel & 0xff) + 0.25 * shine, 255) | 0,
    Math.min(((pixel >>> 8) & 0xff) + 0.55 * shine, 255) | 0,
    Math.min(((pixel >>> 16) & 0xff) + 0.95 * shine, 255) | 0,
  );
}

/** A pixel of the Earth in the light of the Sun: `rim` 0 seen from straight above, `light` the sine of the Sun's height. */
function lit(picture: number, rim: number, light: number): number {
  const day = clamp(light * 4 + 0.55, 0, 1);
  const gain = 0.6 + 0.8 * day;
  const haze = rim * rim * rim * rim * 255;
  const red = (picture & 0xff) * gain + haze * (0.03 + 0.13 * day);
  const green = ((picture >>> 8) & 0xff) * gain + haze * (0.07 + 0.29 * day);
  const blue = ((picture >>> 16) & 0xff) * gain + haze * (0.13 + 0.45 * day);
  return pixelOf(Math.min(red, 255) | 0, Math.min(green, 255) | 0, Math.min(blue, 255) | 0);
}

/** The picture of the Earth below a point of the unit sphere, mixed of its four nearest pixels. */
export function groundAt({ data, width, height }: Pixels, x: number, y: number, z: number): number {
  const across = (angleOf(y, x) / (2 * Math.PI) + 0.5) * width - 0.5;
  const down = (0.5 - angleOf(z, Math.sqrt(x * x + y * y)) / Math.PI) * height - 0.5;
  const column = Math.floor(across);
  const row = Math.min(Math.max(Math.floor(down), 0), height - 2);
  const right = ((across - column) * 256) | 0;
  const low = clamp((down - row) * 256, 0, 256) | 0;
  const one = column < 0 ? width - 1 : column;
  const next = one + 1 === width ? 0 : one + 1;
  const top = row * width;
  const upper = mixed(data[top + one]!, data[top + next]!, right);
  return mixed(upper, mixed(data[top + width + one]!, data[top + width + next]!, right), low);
}

/**
 * `Math.atan2` within 0.00001 rad, several times faster.
 *
 * Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), equation 4.4.49.
 */
export function angleOf(y: number, x: number): number {
  const ax = Math.abs(x);
  const ay = Math.abs(y);
  const steep = ay > ax;
  const r = (steep ? ax / ay : ay / (ax || 1e-30)) || 0;
  const s = r * r;
  let angle = r * (0.9998660 + s * (-0.3302995 + s * (0.1801410 + s * (-0.0851330 + s * 0.0208351))));
  if (steep) angle = Math.PI / 2 - angle;
  if (x < 0) angle = Math.PI - angle;
  return y < 0 ? -angle : angle;
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
