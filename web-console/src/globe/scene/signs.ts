/**
 * Names beside objects, drawn into the same canvas.
 *
 * Text over a canvas in elements of its own makes the browser blend whole layers with every frame;
 * in software that cost a third of the frame.
 */
import { BufferAttribute, BufferGeometry, CanvasTexture, LinearFilter, Mesh, NoColorSpace } from 'three';
import {
  ABOVE, BESIDE, MOST_SIGNS, SIGN_HEIGHT, SIGN_WIDTH, type Sign, signPlaces, writeSigns,
} from '../signsheet.ts';
import { SIGN_FRAGMENT, SIGN_VERTEX } from './shaders.ts';
import { type FrameUniforms, material } from './shared.ts';

export interface Signs {
  readonly mesh: Mesh;
  readonly set: (signs: readonly Sign[]) => void;
  /** Move the signs to where their rows are (CSS pixels); null hides one. */
  readonly place: (screenOf: (row: number) => readonly [number, number] | null) => void;
}

export function makeSigns(frame: FrameUniforms, ratio: number): Signs {
  const canvas = document.createElement('canvas');
  canvas.width = SIGN_WIDTH * ratio;
  canvas.height = SIGN_HEIGHT * ratio * MOST_SIGNS;
  const picture = new CanvasTexture(canvas);
  picture.colorSpace = NoColorSpace;
  picture.minFilter = LinearFilter;
  picture.generateMipmaps = false;
  const corners = new Float32Array(MOST_SIGNS * 12);
  const places = new Float32Array(MOST_SIGNS * 8);
  const index: number[] = [];
  for (let k = 0; k < MOST_SIGNS; k += 1) {
    // Offset in CSS pixels from the object, and place in the picture.
    for (const [n, [x, y]] of ([[0, 0], [1, 0], [0, 1], [1, 1]] as const).entries()) {
      corners.set([BESIDE + x * SIGN_WIDTH, y * SIGN_HEIGHT - ABOVE, (k + y) / MOST_SIGNS], (k * 4 + n) * 3);
    }
    index.push(k * 4, k * 4 + 1, k * 4 + 2, k * 4 + 1, k * 4 + 3, k * 4 + 2);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(corners, 3));
  const anchors = new BufferAttribute(places, 2);
  geometry.setAttribute('anchor', anchors);
  geometry.setIndex(index);
  const mesh = new Mesh(
    geometry,
    material(SIGN_VERTEX, SIGN_FRAGMENT, { ...frame, picture: { value: picture } }, { transparent: true }),
  );
  mesh.frustumCulled = false;
  mesh.matrixAutoUpdate = false;
  mesh.renderOrder = 50;
  mesh.visible = false;
  let shown: readonly Sign[] = [];

  return {
    mesh,
    set: (signs) => {
      shown = signs.slice(0, MOST_SIGNS);
      mesh.visible = shown.length > 0;
      geometry.setDrawRange(0, shown.length * 6);
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      if (pen === null) return;
      writeSigns(pen, shown, ratio);
      picture.needsUpdate = true;
    },
    place: (screenOf) => {
      signPlaces(shown, screenOf).forEach((at, k) => {
        for (let n = 0; n < 4; n += 1) places.set(at ?? [-9999, -9999], (k * 4 + n) * 2);
      });
      anchors.needsUpdate = shown.length > 0;
    },
  };
}
