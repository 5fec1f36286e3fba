/** Lines of one pixel with soft edges, faded where the Earth stands before them. */
import type { Vec } from '../camera.ts';
import { behindEarth } from '../pick.ts';
import { type Pixels, mixed } from './pixels.ts';

/** What puts lines upon the screen. */
export interface Glass {
  /** Column-major view-projection matrix, for Earth radii. */
  readonly matrix: ArrayLike<number>;
  readonly eye: Vec;
}

/** Nearer than this to the plane of the eye nothing is drawn, Earth radii. */
const NEAREST = 0.0005;

/** Paint a line between two points (Earth radii), `cover` from 0 to 1. */
export function paintLink(target: Pixels, glass: Glass, from: Vec, to: Vec, colour: number, cover: number): void {
  const one = seen(glass, from, cover);
  const other = seen(glass, to, cover);
  if (one.cover === 0 && other.cover === 0) return;
  const ends = clipped(one, other);
  if (ends === null) return;
  const [x0, y0] = onPixels(target, ends[0]);
  const [x1, y1] = onPixels(target, ends[1]);
  paintLine(target, [x0, y0, ends[0].cover], [x1, y1, ends[1].cover], colour);
}

/** Paint lines through points in threes, `scale` of them an Earth radius; closed, or in pairs, or neither. */
export function paintPath(
  target: Pixels,
  glass: Glass,
  points: Float32Array,
  look: { readonly colour: number; readonly cover: number; readonly scale?: number; readonly run?: 'closed' | 'pairs' },
): void {
  const scale = look.scale ?? 1;
  const count = points.length / 3;
  const point = (k: number): Vec => [points[k * 3]! / scale, points[k * 3 + 1]! / scale, points[k * 3 + 2]! / scale];
  const step = look.run === 'pairs' ? 2 : 1;
  const last = look.run === 'closed' ? count : count - 1;
  for (let k = 0; k < last; k += step) {
    paintLink(target, glass, point(k), point((k + 1) % count), look.colour, look.cover);
  }
}

interface Seen {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly cover: number;
}

function seen({ matrix: m, eye }: Glass, [x, y, z]: Vec, cover: number): Seen {
  return {
    x: m[0]! * x + m[4]! * y + m[8]! * z + m[12]!,
    y: m[1]! * x + m[5]! * y + m[9]! * z + m[13]!,
    w: m[3]! * x + m[7]! * y + m[11]! * z + m[15]!,
    cover: behindEarth(eye as [number, number, number], x, y, z) ? 0 : cover,
  };
}

/** The part of a line before the eye and within the window, or null. */
function clipped(one: Seen, other: Seen): readonly [Seen, Seen] | null {
  let from = 0;
  let to = 1;
  const sides = [
    [one.w - NEAREST, other.w - NEAREST],
    [one.w - one.x, other.w - other.x], [one.w + one.x, other.w + other.x],
    [one.w - one.y, other.w - other.y], [one.w + one.y, other.w + other.y],
  ] as const;
  for (const [a, b] of sides) {
    if (a < 0 && b < 0) return null;
    if (a < 0) from = Math.max(from, a / (a - b));
    else if (b < 0) to = Math.min(to, a / (a - b));
  }
  if (from >= to) return null;
  const at = (share: number): Seen => ({
    x: one.x + (other.x - one.x) * share,
    y: one.y + (other.y - one.y) * share,
    w: one.w + (other.w - one.w) * share,
    cover: one.cover + (other.cover - one.cover) * share,
  });
  return [at(from), at(to)];
}

function onPixels({ width, height }: Pixels, { x, y, w }: Seen): readonly [number, number] {
  return [(x / w + 1) * 0.5 * width - 0.5, (1 - y / w) * 0.5 * height - 0.5];
}

/** Paint a line between two places in pixels, each with its cover: two pixels share each step (Wu 1991). */
export function paintLine(
  target: Pixels,
  from: readonly [number, number, number],
  to: readonly [number, number, number],
  colour: number,
): void {
  const steep = Math.abs(to[1] - from[1]) > Math.abs(to[0] - from[0]);
  const [along, across] = steep ? ([1, 0] as const) : ([0, 1] as const);
  const [a, b] = from[along] <= to[along] ? [from, to] : [to, from];
  const start = Math.ceil(a[along] - 1e-9);
  const end = Math.ceil(b[along] - 1e-9);
  const slope = (b[across] - a[across]) / (b[along] - a[along] || 1);
  const fade = (b[2] - a[2]) / (b[along] - a[along] || 1);
  for (let k = start; k < end; k += 1) {
    const aside = a[across] + slope * (k - a[along]);
    const whole = Math.floor(aside);
    const cover = (a[2] + fade * (k - a[along])) * 256;
    const share = aside - whole;
    if (steep) {
      put(target, whole, k, colour, (cover * (1 - share)) | 0);
      put(target, whole + 1, k, colour, (cover * share) | 0);
    } else {
      put(target, k, whole, colour, (cover * (1 - share)) | 0);
      put(target, k, whole + 1, colour, (cover * share) | 0);
    }
  }
}

function put({ data, width, height }: Pixels, x: number, y: number, colour: number, cover: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height || cover <= 0) return;
  const k = y * width + x;
  data[k] = mixed(data[k]!, colour, cover);
}
