/** Every object as a small square. */
import type { Vec } from '../camera.ts';
import { KINDS } from '../looks.ts';
import { behindEarth } from '../pick.ts';
import { type Columns, placeOf } from '../places.ts';
import { type Pixels, pixelOfHex } from './pixels.ts';

/** Colour and width of each row: what the catalogue claims each to be. */
export interface Looks {
  readonly colours: Int32Array;
  /** CSS pixels. */
  readonly widths: Float32Array;
}

export function looksOf(kinds: readonly string[], bright: number): Looks {
  const looks = kinds.map((kind) => KINDS[kind] ?? KINDS['unknown']!);
  return {
    colours: Int32Array.from(looks, ([colour]) => pixelOfHex(colour, bright)),
    widths: Float32Array.from(looks, ([, width]) => width),
  };
}

const place: [number, number, number] = [0, 0, 0];

/** Paint every row where it is `dt` seconds after its state; returns how many have a place. */
export function paintPoints(
  { data, width, height }: Pixels,
  columns: Columns,
  looks: Looks,
  matrix: ArrayLike<number>,
  eye: Vec,
  dt: number,
): number {
  const [m0, m1, m3, m4, m5, m7] = [matrix[0]!, matrix[1]!, matrix[3]!, matrix[4]!, matrix[5]!, matrix[7]!];
  const [m8, m9, m11, m12, m13, m15] = [matrix[8]!, matrix[9]!, matrix[11]!, matrix[12]!, matrix[13]!, matrix[15]!];
  const { colours, widths } = looks;
  const halfX = width / 2;
  const halfY = height / 2;
  let placed = 0;
  for (let row = 0; row < colours.length; row += 1) {
    if (!placeOf(columns, row, dt, place)) continue;
    placed += 1;
    const [x, y, z] = place;
    const w = m3 * x + m7 * y + m11 * z + m15;
    if (w <= 0) continue;
    const px = ((m0 * x + m4 * y + m8 * z + m12) / w + 1) * halfX;
    const py = (1 - (m1 * x + m5 * y + m9 * z + m13) / w) * halfY;
    if (px < -2 || py < -2 || px > width + 2 || py > height + 2 || behindEarth(eye, x, y, z)) continue;
    // A pixel belongs to the square that its centre lies in, as a graphics card has it.
    const half = widths[row]! / 2 + 0.5;
    const left = Math.max(Math.ceil(px - half), 0);
    const right = Math.min(Math.ceil(px + half - 1), width);
    const top = Math.max(Math.ceil(py - half), 0);
    const bottom = Math.min(Math.ceil(py + half - 1), height);
    const colour = colours[row]!;
    for (let j = top; j < bottom; j += 1) {
      for (let i = left; i < right; i += 1) data[j * width + i] = colour;
    }
  }
  return placed;
}
