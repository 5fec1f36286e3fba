/** The shapes of marked objects: the distances of the mark shader, computed once for each look. */
import { type Marked, SHAPE } from '../looks.ts';
import { type Pixels, mixed, pixelOf } from './pixels.ts';

/** A small picture to lay over others. */
export interface Stamp {
  readonly side: number;
  readonly pixels: Int32Array;
  /** How much of each pixel is covered, 0 to 256. */
  readonly covers: Uint16Array;
}

const SOFT = 0.11;
const EDGE = 0.16;
const DARK = [5, 8, 15] as const;

/** Signed distance from a shape; x to the right and y down, both from −1 to 1. */
function distance(shape: Marked['shape'], x: number, y: number): number {
  const far = Math.hypot(x, y);
  switch (shape) {
    case SHAPE.diamond:
      return (Math.abs(x) + Math.abs(y) - 0.78) * 0.7071;
    case SHAPE.triangle:
      return Math.max(y - 0.5, Math.abs(x) * 0.866 - y * 0.5 - 0.36);
    case SHAPE.disc:
      return far - 0.5;
    case SHAPE.ring:
      return Math.abs(far - 0.62) - 0.13;
    case SHAPE.reticle:
      return Math.max(Math.abs(far - 0.86) - 0.06, 0.18 - Math.min(Math.abs(x), Math.abs(y)));
  }
}

function within(far: number): number {
  const t = Math.min(Math.max((far + SOFT) / (2 * SOFT), 0), 1);
  return 1 - t * t * (3 - 2 * t);
}

export function stampOf({ shape, colour, size }: Omit<Marked, 'row'>): Stamp {
  const side = Math.round(size);
  const pixels = new Int32Array(side * side);
  const covers = new Uint16Array(side * side);
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  for (let k = 0; k < pixels.length; k += 1) {
    const x = (((k % side) + 0.5) / side) * 2 - 1;
    const y = ((Math.floor(k / side) + 0.5) / side) * 2 - 1;
    const far = distance(shape, x, y);
    const inside = within(far);
    const edge = shape === SHAPE.reticle ? inside : within(far - EDGE);
    const part = (n: 0 | 1 | 2): number => Math.round(DARK[n] + (parts[n]! - DARK[n]) * inside);
    pixels[k] = pixelOf(part(0), part(1), part(2));
    covers[k] = edge < 0.02 ? 0 : Math.round(edge * 256);
  }
  return { side, pixels, covers };
}

/** Lay a stamp with its middle at a place in pixels. */
export function press(target: Pixels, stamp: Stamp, x: number, y: number): void {
  const left = Math.round(x - stamp.side / 2);
  const top = Math.round(y - stamp.side / 2);
  for (let j = 0; j < stamp.side; j += 1) {
    const row = top + j;
    if (row < 0 || row >= target.height) continue;
    for (let i = 0; i < stamp.side; i += 1) {
      const column = left + i;
      const cover = stamp.covers[j * stamp.side + i]!;
      if (cover === 0 || column < 0 || column >= target.width) continue;
      const k = row * target.width + column;
      target.data[k] = mixed(target.data[k]!, stamp.pixels[j * stamp.side + i]!, cover);
    }
  }
}
