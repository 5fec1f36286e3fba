/**
 * Pictures as columns of pixels, four bytes each in the order red, green, blue, full.
 *
 * Read as one number a pixel is 0xAABBGGRR, as on every machine that browsers run on. With a sign it
 * is a small number, which engines of JavaScript reckon with several times as fast.
 */

export interface Pixels {
  readonly data: Int32Array;
  readonly width: number;
  readonly height: number;
}

const FULL = 0xff << 24;

/** A pixel of three parts from 0 to 255. */
export function pixelOf(red: number, green: number, blue: number): number {
  return FULL | (blue << 16) | (green << 8) | red;
}

/** A pixel of a colour as `#rrggbb`, made darker by `bright` below 1. */
export function pixelOfHex(hex: string, bright = 1): number {
  const part = (at: number): number => Math.round(parseInt(hex.slice(at, at + 2), 16) * bright);
  return pixelOf(part(1), part(3), part(5));
}

/** Put `over` upon `under`, `cover` from 0 (nothing) to 256 (all). */
export function mixed(under: number, over: number, cover: number): number {
  const rest = 256 - cover;
  // Red and blue at once, green alone: each has eight bits of room above it.
  const outer = (Math.imul(under & 0xff00ff, rest) + Math.imul(over & 0xff00ff, cover)) >>> 8;
  const green = Math.imul(under & 0xff00, rest) + Math.imul(over & 0xff00, cover);
  return FULL | (outer & 0xff00ff) | ((green >>> 8) & 0xff00);
}
