/** One canvas and all that is painted on it, picture after picture. */
import type { Marked } from '../looks.ts';
import { EARTH_KM } from '../motion.ts';
import { paintEarth } from '../picture.ts';
import type { Frame, Orbit, Pair } from '../painter.ts';
import { onScreen } from '../pick.ts';
import { type Columns, placeOf } from '../places.ts';
import {
  ABOVE, BESIDE, MOST_SIGNS, SIGN_HEIGHT, SIGN_WIDTH, type Sign, signPlaces, writeSigns,
} from '../signsheet.ts';
import { makeBackdrop } from './backdrop.ts';
import { paintLink, paintPath } from './lines.ts';
import { type Stamp, press, stampOf } from './marks.ts';
import { type Pixels, pixelOfHex } from './pixels.ts';
import { looksOf, paintPoints } from './points.ts';
import { paintStars } from './sky.ts';

/** Width of the picture of the Earth, pixels. */
const GROUND_WIDTH = 2048;
const LINK_COLOUR = pixelOfHex('#ffffff');

export interface Easel {
  readonly setSize: (width: number, height: number) => void;
  readonly setKinds: (kinds: readonly string[]) => void;
  readonly setStates: (states: Columns | null) => void;
  readonly setMarks: (marked: readonly Marked[]) => void;
  readonly setBright: (bright: number) => void;
  readonly setOrbits: (orbits: readonly Orbit[]) => void;
  readonly setLinks: (pairs: readonly Pair[]) => void;
  readonly setSigns: (signs: readonly Sign[]) => void;
  /** Paint a picture; returns how many objects it was painted of. */
  readonly paint: (frame: Frame) => number;
  /** Whether the same picture can be painted finer. */
  readonly isCoarse: () => boolean;
}

export function makeEasel(canvas: OffscreenCanvas): Easel {
  // In plain memory, where the pixels are written; nothing is gained by a device that is not there.
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  const sheet = new OffscreenCanvas(SIGN_WIDTH, SIGN_HEIGHT * MOST_SIGNS);
  const ground = groundPicture();
  let image = pen.createImageData(1, 1);
  let picture = pixelsOf(image);
  let backdrop = makeBackdrop(1, 1, ground);
  let kinds: readonly string[] = [];
  let bright = 1;
  let looks = looksOf(kinds, bright);
  let states: Columns | null = null;
  let marked: readonly { readonly row: number; readonly stamp: Stamp }[] = [];
  let orbits: readonly Orbit[] = [];
  let links: readonly Pair[] = [];
  let signs: readonly Sign[] = [];
  const place: [number, number, number] = [0, 0, 0];

  const paintLinks = ({ lens, dt }: Frame): void => {
    for (const [one, other] of links) {
      if (!placeOf(states, one, dt, place)) continue;
      const first = [...place] as const;
      if (placeOf(states, other, dt, place)) paintLink(picture, lens, first, place, LINK_COLOUR, 0.9);
    }
  };

  const screenOf = ({ lens, dt }: Frame, row: number): readonly [number, number] | null => {
    if (!placeOf(states, row, dt, place)) return null;
    return onScreen({ matrix: lens.matrix, eye: lens.eye, ...picture }, place[0], place[1], place[2]);
  };

  return {
    setSize: (width, height) => {
      canvas.width = width;
      canvas.height = height;
      image = pen.createImageData(width, height);
      picture = pixelsOf(image);
      backdrop = makeBackdrop(width, height, ground);
    },
    setKinds: (next) => {
      kinds = next;
      looks = looksOf(kinds, bright);
      states = null;
    },
    setStates: (next) => {
      states = next;
    },
    setMarks: (next) => {
      const stamps = new Map<string, Stamp>();
      marked = next.map(({ row, ...look }) => {
        const key = JSON.stringify(look);
        const stamp = stamps.get(key) ?? stampOf(look);
        stamps.set(key, stamp);
        return { row, stamp };
      });
    },
    setBright: (next) => {
      if (next === bright) return;
      bright = next;
      looks = looksOf(kinds, bright);
    },
    setOrbits: (next) => {
      orbits = next;
    },
    setLinks: (next) => {
      links = next;
    },
    setSigns: (next) => {
      signs = next.slice(0, MOST_SIGNS);
      const writer = sheet.getContext('2d', { willReadFrequently: true });
      if (writer !== null) writeSigns(writer, signs, 1);
    },
    paint: (frame) => {
      const { lens, dt } = frame;
      picture.data.set(backdrop.of(frame, performance.now()).data);
      paintStars(picture, lens.matrix);
      const placed = states === null ? 0 : paintPoints(picture, states, looks, lens.matrix, lens.eye, dt);
      for (const { path, colour } of orbits) {
        paintPath(picture, lens, path, { colour: pixelOfHex(colour), cover: 0.85, scale: EARTH_KM });
      }
      paintLinks(frame);
      for (const { row, stamp } of marked) {
        const at = screenOf(frame, row);
        if (at !== null) press(picture, stamp, at[0], at[1]);
      }
      pen.putImageData(image, 0, 0);
      signPlaces(signs, (row) => screenOf(frame, row)).forEach((at, k) => {
        if (at === null) return;
        const top = k * SIGN_HEIGHT;
        pen.drawImage(
          sheet, 0, top, SIGN_WIDTH, SIGN_HEIGHT, at[0] + BESIDE, at[1] - ABOVE, SIGN_WIDTH, SIGN_HEIGHT,
        );
      });
      return placed;
    },
    isCoarse: () => backdrop.isCoarse(),
  };
}

function pixelsOf(image: ImageData): Pixels {
  return { data: new Int32Array(image.data.buffer), width: image.width, height: image.height };
}

function groundPicture(): Pixels {
  const canvas = new OffscreenCanvas(GROUND_WIDTH, GROUND_WIDTH / 2);
  paintEarth(canvas, GROUND_WIDTH);
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  return pixelsOf(pen.getImageData(0, 0, canvas.width, canvas.height));
}
