/** Which object is under the pointer. */
import { EARTH_KM, moved } from './motion.ts';

/** What is needed to put a point on the screen. */
export interface Projection {
  /** Column-major view-projection matrix, for Earth radii in TEME. */
  readonly matrix: ArrayLike<number>;
  readonly eye: readonly [number, number, number];
  readonly width: number;
  readonly height: number;
}

const place: [number, number, number] = [0, 0, 0];

/** Whether the Earth stands between the eye and a point (Earth radii). */
export function behindEarth(eye: readonly [number, number, number], x: number, y: number, z: number): boolean {
  const dx = x - eye[0];
  const dy = y - eye[1];
  const dz = z - eye[2];
  const towards = -(eye[0] * dx + eye[1] * dy + eye[2] * dz);
  const length2 = dx * dx + dy * dy + dz * dz;
  const eye2 = eye[0] * eye[0] + eye[1] * eye[1] + eye[2] * eye[2];
  return towards > 0 && towards < length2 && towards * towards > length2 * (eye2 - 1);
}

/** Where a point (Earth radii, TEME) is on the screen, in CSS pixels; null where it cannot be seen. */
export function onScreen(
  view: Projection,
  x: number,
  y: number,
  z: number,
): readonly [number, number] | null {
  const m = view.matrix;
  const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
  if (w <= 0) return null;
  const px = (m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w;
  const py = (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w;
  if (Math.abs(px) > 1.05 || Math.abs(py) > 1.05 || behindEarth(view.eye, x, y, z)) return null;
  return [(px + 1) * 0.5 * view.width, (1 - py) * 0.5 * view.height];
}

/**
 * Row nearest to a place on the screen within `reach` pixels, or -1.
 *
 * `favoured` rows count as 6 pixels nearer, so that a marked object wins against the crowd.
 */
export function pick(
  view: Projection,
  positions: Float32Array,
  velocities: Float32Array,
  dt: number,
  at: readonly [number, number],
  reach: number,
  favoured: ReadonlySet<number> = new Set(),
): number {
  const m = view.matrix;
  let best = -1;
  let bestFar = reach;
  const rows = positions.length / 3;
  for (let row = 0; row < rows; row += 1) {
    if (positions[row * 3] === 0 && positions[row * 3 + 1] === 0) continue;
    moved(positions, velocities, row * 3, dt, place);
    const x = place[0] / EARTH_KM;
    const y = place[1] / EARTH_KM;
    const z = place[2] / EARTH_KM;
    const w = m[3]! * x + m[7]! * y + m[11]! * z + m[15]!;
    if (w <= 0) continue;
    const px = ((m[0]! * x + m[4]! * y + m[8]! * z + m[12]!) / w + 1) * 0.5 * view.width;
    const py = (1 - (m[1]! * x + m[5]! * y + m[9]! * z + m[13]!) / w) * 0.5 * view.height;
    const far = Math.hypot(px - at[0], py - at[1]) - (favoured.has(row) ? 6 : 0);
    if (far < bestFar && !behindEarth(view.eye, x, y, z)) {
      bestFar = far;
      best = row;
    }
  }
  return best;
}
