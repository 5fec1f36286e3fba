/** Every object as a point, and the marked ones with their shapes. */
import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Points } from 'three';
import { KINDS, type Marked } from '../looks.ts';
import type { Objects } from '../messages.ts';
import type { States } from '../feed.ts';
import { CLOUD_FRAGMENT, CLOUD_VERTEX, MARK_FRAGMENT, MARK_VERTEX } from './shaders.ts';
import { type FrameUniforms, material, rgb } from './shared.ts';

export interface Cloud {
  readonly points: Points;
  readonly marks: Points;
  readonly setObjects: (objects: Objects) => void;
  readonly setStates: (states: States | null) => void;
  readonly setMarks: (marked: readonly Marked[]) => void;
  /** 1 shows every object in full; less steps back behind what is chosen. */
  readonly setBright: (bright: number) => void;
}

export function makeCloud(frame: FrameUniforms): Cloud {
  const all = new BufferGeometry();
  const few = new BufferGeometry();
  const bright = { value: 1 };
  const cloudMaterial = material(CLOUD_VERTEX, CLOUD_FRAGMENT, { ...frame, bright, grow: frame.ratio });
  const points = new Points(all, cloudMaterial);
  const marks = new Points(few, material(MARK_VERTEX, MARK_FRAGMENT, { ...frame }, { transparent: true }));
  for (const [order, object] of [points, marks].entries()) {
    object.frustumCulled = false;
    object.matrixAutoUpdate = false;
    object.renderOrder = 20 + order * 10;
    object.visible = false;
  }
  let newest: States | null = null;
  let marked: readonly Marked[] = [];

  const gather = (): void => {
    const there = newest;
    const used = there === null ? [] : marked.filter((mark) => mark.row >= 0);
    marks.visible = used.length > 0;
    if (there === null || used.length === 0) return;
    const take = (from: Float32Array): Float32Array =>
      Float32Array.from(used.flatMap((mark) => [...from.subarray(mark.row * 3, mark.row * 3 + 3)]));
    few.setAttribute('position', new BufferAttribute(take(there.positions), 3));
    few.setAttribute('velocity', new BufferAttribute(take(there.velocities), 3));
    const looks = used.flatMap((mark) => [...rgb(mark.colour).map((part) => part * 255), mark.size]);
    few.setAttribute('look', new BufferAttribute(Uint8Array.from(looks), 4, true));
    few.setAttribute('shape', new BufferAttribute(Float32Array.from(used, (mark) => mark.shape), 1));
  };

  return {
    points,
    marks,
    setObjects: (objects) => {
      const looks = new Uint8Array(objects.noradId.length * 4);
      objects.kind.forEach((kind, row) => {
        const [colour, size] = KINDS[kind] ?? ['#8a8f98', 1.5];
        looks.set([...rgb(colour).map((part) => part * 255), size * (255 / 16)], row * 4);
      });
      all.setAttribute('look', new BufferAttribute(looks, 4, true));
      points.visible = false;
      newest = null;
      gather();
    },
    setStates: (states) => {
      newest = states;
      points.visible = states !== null;
      if (states !== null) {
        put(all, 'position', states.positions);
        put(all, 'velocity', states.velocities);
      }
      gather();
    },
    setMarks: (next) => {
      marked = next;
      gather();
    },
    setBright: (next) => {
      bright.value = next;
    },
  };
}

/** Put new numbers into an attribute without making a new buffer on the device. */
function put(geometry: BufferGeometry, name: string, numbers: Float32Array): void {
  const known = geometry.getAttribute(name);
  if (known instanceof BufferAttribute && known.array.length === numbers.length) {
    known.array = numbers;
    known.needsUpdate = true;
    return;
  }
  geometry.setAttribute(name, new BufferAttribute(numbers, 3).setUsage(DynamicDrawUsage));
}
