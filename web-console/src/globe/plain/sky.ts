/** Stars, painted where nothing else is. */
import { BRIGHT_STAR, SKY, stars } from '../heavens.ts';
import { type Pixels, pixelOf, pixelOfHex } from './pixels.ts';

const { positions, lights } = stars();
const EMPTY = pixelOfHex(SKY);
const COLOURS = Array.from(lights, (light) => pixelOf(...([0.62, 0.72, 0.9].map((part) => Math.round(part * light * 153)) as [number, number, number])));

/** Paint the stars; they do not turn with the Earth. */
export function paintStars({ data, width, height }: Pixels, m: ArrayLike<number>): void {
  for (let star = 0; star < lights.length; star += 1) {
    const [x, y, z] = [positions[star * 3]!, positions[star * 3 + 1]!, positions[star * 3 + 2]!];
    const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
    if (w <= 0) continue;
    const half = lights[star]! > BRIGHT_STAR ? 1 : 0.5;
    const left = Math.ceil(((m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w + 1) * 0.5 * width - half - 0.5);
    const top = Math.ceil((1 - (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w) * 0.5 * height - half - 0.5);
    for (let j = top; j < top + 2 * half; j += 1) {
      for (let i = left; i < left + 2 * half; i += 1) {
        const k = j * width + i;
        if (i >= 0 && j >= 0 && i < width && j < height && data[k] === EMPTY) data[k] = COLOURS[star]!;
      }
    }
  }
}
