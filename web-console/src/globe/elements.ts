/** Element sets as columns, and SGP4 over all of them. */
import { json2satrec, sgp4, type SatRec } from 'satellite.js';

/** `GET catalogue`, as far as the globe reads it. */
export interface Catalogue {
  readonly catalogue_id: string;
  readonly norad_id: readonly number[];
  readonly name: readonly string[];
  readonly kind: readonly string[];
  readonly owner: readonly string[];
  readonly regime: readonly string[];
  readonly epoch_utc: readonly string[];
  readonly mean_motion_rev_per_day: readonly number[];
  readonly eccentricity: readonly number[];
  readonly inclination_deg: readonly number[];
  readonly raan_deg: readonly number[];
  readonly arg_perigee_deg: readonly number[];
  readonly mean_anomaly_deg: readonly number[];
  readonly bstar: readonly number[];
}

/** One object ready for SGP4; null where its elements are beyond the theory. */
export interface Mover {
  readonly record: SatRec;
  readonly epochMs: number;
}

/** Make the mover of a row; a row that SGP4 refuses gives null and harms no other. */
export function moverOf(catalogue: Catalogue, row: number): Mover | null {
  const epoch = catalogue.epoch_utc[row] ?? '';
  const epochMs = Date.parse(epoch);
  if (!Number.isFinite(epochMs)) return null;
  try {
    const record = json2satrec({
      OBJECT_NAME: '',
      OBJECT_ID: '',
      NORAD_CAT_ID: catalogue.norad_id[row] ?? 0,
      EPOCH: epoch,
      MEAN_MOTION: catalogue.mean_motion_rev_per_day[row] ?? 0,
      ECCENTRICITY: catalogue.eccentricity[row] ?? 0,
      INCLINATION: catalogue.inclination_deg[row] ?? 0,
      RA_OF_ASC_NODE: catalogue.raan_deg[row] ?? 0,
      ARG_OF_PERICENTER: catalogue.arg_perigee_deg[row] ?? 0,
      MEAN_ANOMALY: catalogue.mean_anomaly_deg[row] ?? 0,
      BSTAR: catalogue.bstar[row] ?? 0,
      // Published beside the elements, but not part of SGP4.
      MEAN_MOTION_DOT: 0,
      MEAN_MOTION_DDOT: 0,
      EPHEMERIS_TYPE: 0,
      CLASSIFICATION_TYPE: 'U',
      ELEMENT_SET_NO: 0,
      REV_AT_EPOCH: 0,
    } as never);
    return record.error === 0 ? { record, epochMs } : null;
  } catch {
    return null;
  }
}

/**
 * State of a mover at a moment into `positions` and `velocities` from place `at` on (km, km/s; TEME).
 *
 * What SGP4 refuses becomes zeros, which the shader leaves out. Returns whether there is a state.
 */
export function stateInto(
  mover: Mover | null,
  ms: number,
  positions: Float32Array,
  velocities: Float32Array,
  at: number,
): boolean {
  const state = mover === null ? null : sgp4(mover.record, (ms - mover.epochMs) / 60_000);
  const there = state !== null && Number.isFinite(state.position.x);
  positions[at] = there ? state.position.x : 0;
  positions[at + 1] = there ? state.position.y : 0;
  positions[at + 2] = there ? state.position.z : 0;
  velocities[at] = there ? state.velocity.x : 0;
  velocities[at + 1] = there ? state.velocity.y : 0;
  velocities[at + 2] = there ? state.velocity.z : 0;
  return there;
}

/** Minutes of one revolution. */
export function periodMinutes(mover: Mover): number {
  return (2 * Math.PI) / mover.record.no;
}

/** One revolution around a moment as points (km, TEME); stops where SGP4 does. */
export function revolution(mover: Mover, ms: number, points: number): Float32Array {
  const positions = new Float32Array(points * 3);
  const velocities = new Float32Array(3);
  const step = (periodMinutes(mover) * 60_000) / (points - 1);
  let used = 0;
  for (let k = 0; k < points; k += 1) {
    const moment = ms + (k - (points - 1) / 2) * step;
    const place = new Float32Array(3);
    if (!stateInto(mover, moment, place, velocities, 0)) continue;
    positions.set(place, used * 3);
    used += 1;
  }
  return positions.subarray(0, used * 3);
}
