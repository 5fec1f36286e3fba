/** Where a row is, from the newest states. */
import { EARTH_KM, moved } from './motion.ts';

/** Columns of states: three numbers for each row, km and km/s (TEME). */
export interface Columns {
  readonly positions: Float32Array;
  readonly velocities: Float32Array;
}

/** Whether a row has a state; what SGP4 refused is zeros. */
export function hasPlace({ positions }: Columns, row: number): boolean {
  const at = row * 3;
  return row >= 0 && at < positions.length && !(positions[at] === 0 && positions[at + 1] === 0);
}

/** Put where a row is `dt` seconds after its state into `place`, in Earth radii; false where it has none. */
export function placeOf(
  columns: Columns | null,
  row: number,
  dt: number,
  place: [number, number, number],
): boolean {
  if (columns === null || !hasPlace(columns, row)) return false;
  moved(columns.positions, columns.velocities, row * 3, dt, place);
  place[0] /= EARTH_KM;
  place[1] /= EARTH_KM;
  place[2] /= EARTH_KM;
  return true;
}
