/** What stands behind the objects, kept from picture to picture and made anew only where it looks other. */
import { BELT_LOOK, beltRing, beltTicks } from '../heavens.ts';
import type { Frame } from '../painter.ts';
import { type Standpoint, looksOther, paintDisc, standpointOf } from './disc.ts';
import { paintPath } from './lines.ts';
import { type Pixels, pixelOfHex } from './pixels.ts';

const RING = beltRing();
const TICKS = beltTicks();
const LOOK = { colour: pixelOfHex(BELT_LOOK[0]), cover: BELT_LOOK[1] };

/** A backdrop that is made anew sooner than this after the last time is in motion, ms. */
export const REST_MS = 400;

export interface Backdrop {
  /** The backdrop of a frame, at a moment of a steady clock in ms. */
  readonly of: (frame: Frame, nowMs: number) => Pixels;
  /** Whether the last was made of every other pixel, because the eye moves. */
  readonly isCoarse: () => boolean;
}

export function makeBackdrop(width: number, height: number, ground: Pixels): Backdrop {
  const whole = blank(width, height);
  const half = blank(Math.ceil(width / 2), Math.ceil(height / 2));
  let madeFrom: Standpoint | null = null;
  let madeMs = Number.NEGATIVE_INFINITY;
  let coarse = false;

  const make = (from: Standpoint, frame: Frame): void => {
    if (coarse) {
      paintDisc(half, from, ground);
      enlarge(half, whole);
    } else paintDisc(whole, from, ground);
    const glass = { matrix: earthFixed(frame.lens.matrix, frame.angle), eye: from.lens.eye };
    paintPath(whole, glass, RING, { ...LOOK, run: 'closed' });
    paintPath(whole, glass, TICKS, { ...LOOK, run: 'pairs' });
  };

  return {
    of: (frame, nowMs) => {
      const from = standpointOf(frame.lens, frame.sun, frame.angle);
      const other = madeFrom === null || looksOther(madeFrom, from, height);
      const rests = nowMs - madeMs >= REST_MS;
      if (!other && !(coarse && rests)) return whole;
      coarse = !rests;
      madeFrom = from;
      madeMs = nowMs;
      make(from, frame);
      return whole;
    },
    isCoarse: () => coarse,
  };
}

function blank(width: number, height: number): Pixels {
  return { data: new Int32Array(width * height), width, height };
}

/** Put each pixel of a picture half as large into two by two of another. */
export function enlarge(half: Pixels, whole: Pixels): void {
  const { width, height, data } = whole;
  for (let row = 0; row < height; row += 2) {
    const from = (row >> 1) * half.width;
    const to = row * width;
    for (let column = 0; column < width; column += 1) data[to + column] = half.data[from + (column >> 1)]!;
    if (row + 1 < height) data.copyWithin(to + width, to, to + width);
  }
}

/** The matrix for points that turn with the Earth, which stands at an angle. */
function earthFixed(m: readonly number[], angle: number): number[] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const first = [0, 1, 2, 3].map((k) => m[k]! * c + m[4 + k]! * s);
  const second = [0, 1, 2, 3].map((k) => m[4 + k]! * c - m[k]! * s);
  return [...first, ...second, ...m.slice(8)];
}
