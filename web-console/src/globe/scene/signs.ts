/**
 * Names beside objects, drawn into the same canvas.
 *
 * Text over a canvas in elements of its own makes the browser blend whole layers with every frame;
 * in software that cost a third of the frame.
 */
import { BufferAttribute, BufferGeometry, CanvasTexture, LinearFilter, Mesh, NoColorSpace } from 'three';
import { SIGN_FRAGMENT, SIGN_VERTEX } from './shaders.ts';
import { type FrameUniforms, material } from './shared.ts';

export interface Sign {
  readonly row: number;
  readonly title: string;
  /** Second line; may be empty. */
  readonly more: string;
  /** A plate behind the text; without it the text stands in the sky. */
  readonly plate: boolean;
}

export interface Signs {
  readonly mesh: Mesh;
  readonly set: (signs: readonly Sign[]) => void;
  /** Move the signs to where their rows are (CSS pixels); null hides one. */
  readonly place: (screenOf: (row: number) => readonly [number, number] | null) => void;
}

const MOST = 12;
const WIDTH = 240;
const HEIGHT = 38;
const BESIDE = 13;
const FONT = "'Inter', 'Segoe UI', 'Noto Sans', 'Noto Sans JP', system-ui, sans-serif";

export function makeSigns(frame: FrameUniforms, ratio: number): Signs {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH * ratio;
  canvas.height = HEIGHT * ratio * MOST;
  const picture = new CanvasTexture(canvas);
  picture.colorSpace = NoColorSpace;
  picture.minFilter = LinearFilter;
  picture.generateMipmaps = false;
  const corners = new Float32Array(MOST * 12);
  const places = new Float32Array(MOST * 8);
  const index: number[] = [];
  for (let k = 0; k < MOST; k += 1) {
    // Offset in CSS pixels from the object, and place in the picture.
    for (const [n, [x, y]] of ([[0, 0], [1, 0], [0, 1], [1, 1]] as const).entries()) {
      corners.set([BESIDE + x * WIDTH, y * HEIGHT - 10, (k + y) / MOST], (k * 4 + n) * 3);
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
      shown = signs.slice(0, MOST);
      mesh.visible = shown.length > 0;
      geometry.setDrawRange(0, shown.length * 6);
      const pen = canvas.getContext('2d', { willReadFrequently: true });
      if (pen === null) return;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, WIDTH, HEIGHT * MOST);
      shown.forEach((sign, k) => write(pen, sign, k * HEIGHT));
      picture.needsUpdate = true;
    },
    place: (screenOf) => {
      const taken: (readonly [number, number])[] = [];
      shown.forEach((sign, k) => {
        const at = screenOf(sign.row);
        let [x, y] = at ?? [-9999, -9999];
        if (at !== null) {
          x = Math.round(x);
          y = free(x, Math.round(y), taken);
          taken.push([x, y]);
        }
        for (let n = 0; n < 4; n += 1) places.set([x, y], (k * 4 + n) * 2);
      });
      anchors.needsUpdate = shown.length > 0;
    },
  };
}

function write(pen: CanvasRenderingContext2D, sign: Sign, top: number): void {
  pen.font = `600 12px ${FONT}`;
  const title = fitting(pen, sign.title);
  const titleWidth = pen.measureText(title).width;
  pen.font = `11px ${FONT}`;
  const more = fitting(pen, sign.more);
  const width = Math.max(titleWidth, pen.measureText(more).width);
  if (sign.plate) {
    pen.fillStyle = 'rgb(5 10 18 / 80%)';
    pen.fillRect(0, top, width + 16, more === '' ? 20 : 35);
    pen.fillStyle = '#8fe3d0';
    pen.fillRect(0, top, 2, more === '' ? 20 : 35);
  }
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  pen.strokeStyle = 'rgb(3 6 12 / 90%)';
  pen.font = `600 12px ${FONT}`;
  if (!sign.plate) pen.strokeText(title, 8, top + 14);
  pen.fillStyle = '#eef4fc';
  pen.fillText(title, 8, top + 14);
  pen.font = `11px ${FONT}`;
  pen.fillStyle = '#b9c8dc';
  pen.fillText(more, 8, top + 29);
}

function fitting(pen: CanvasRenderingContext2D, text: string): string {
  let short = text;
  while (short.length > 1 && pen.measureText(short).width > WIDTH - 20) short = `${short.slice(0, -2)}…`;
  return short;
}

/** The next place below where a sign covers none of those that are placed. */
function free(x: number, y: number, taken: readonly (readonly [number, number])[]): number {
  const covered = taken.find(([tx, ty]) => Math.abs(tx - x) < WIDTH * 0.6 && Math.abs(ty - y) < HEIGHT);
  return covered === undefined ? y : free(x, covered[1] + HEIGHT, taken);
}
