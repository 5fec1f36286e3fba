/** Moving a point from its last known state: the f and g series of the two-body problem. */

/** Gravity of the Earth (WGS 72, as SGP4 uses it), km³/s². */
export const MU_KM3_S2 = 398600.8;
export const EARTH_KM = 6378.135;

/**
 * Where something is `dt` seconds after it was at a position with a velocity (km, km/s; TEME).
 *
 * To third order in time: `f = 1 − µt²/2r³ + µ(r·v)t³/2r⁵`, `g = t − µt³/6r³`.
 * Against SGP4, 60 s away in low orbit, the error is some tens of metres; the shader computes the
 * same. Source: Vallado, Fundamentals of Astrodynamics (2013), section 2.6 (f and g series).
 */
export function moved(
  position: ArrayLike<number>,
  velocity: ArrayLike<number>,
  at: number,
  dt: number,
  target: [number, number, number],
): [number, number, number] {
  const x = position[at] ?? 0;
  const y = position[at + 1] ?? 0;
  const z = position[at + 2] ?? 0;
  const vx = velocity[at] ?? 0;
  const vy = velocity[at + 1] ?? 0;
  const vz = velocity[at + 2] ?? 0;
  const r2 = x * x + y * y + z * z;
  const pull = MU_KM3_S2 / (r2 * Math.sqrt(r2));
  const climb = (x * vx + y * vy + z * vz) / r2;
  const t2 = dt * dt;
  const f = 1 - 0.5 * pull * t2 * (1 - climb * dt);
  const g = dt - (pull * t2 * dt) / 6;
  target[0] = f * x + g * vx;
  target[1] = f * y + g * vy;
  target[2] = f * z + g * vz;
  return target;
}

/** How the worker keeps up with a clock of some rate. */
export interface Cadence {
  /** Milliseconds between two sets of states. */
  readonly everyMs: number;
  /** Seconds of shown time that a set stands for, half before and half after its moment. */
  readonly spanS: number;
}

const LONGEST_SPAN_S = 120;
const SHORTEST_MS = 200;
const LONGEST_MS = 20_000;

/** How often states are computed at a rate of time: seldom enough to be cheap, often enough to be true. */
export function cadence(rate: number): Cadence {
  const speed = Math.abs(rate);
  if (speed === 0) return { everyMs: Number.POSITIVE_INFINITY, spanS: 0 };
  const everyMs = Math.min(Math.max((LONGEST_SPAN_S / speed) * 1000, SHORTEST_MS), LONGEST_MS);
  return { everyMs, spanS: (everyMs / 1000) * speed };
}
