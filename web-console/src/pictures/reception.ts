/** Numbers behind the picture of a receiver: its axis, its broken line, its ticks. Pure. */
import type { ReceptionCurve } from './types.ts';

/** Silence that breaks the line, as the detector counts it, and in steps where these are longer. */
const GAP_S = 600;
const GAP_STEPS = 6;

export interface CoursePaths {
  /** Lines between points that do not both lie in the disturbance. */
  readonly quiet: string;
  readonly disturbed: string;
  /** Points in the disturbance. */
  readonly points: readonly (readonly [number, number])[];
}

/** The line of one quantity, broken where nothing was measured. */
export function courseOf(
  t: readonly (number | null)[],
  values: readonly (number | null)[],
  disturbed: readonly boolean[],
  x: (t: number) => number,
  y: (value: number) => number,
): CoursePaths {
  const steps = t.slice(1).map((one, k) => (one ?? 0) - (t[k] ?? 0)).sort((a, b) => a - b);
  const gap = Math.max(GAP_S, GAP_STEPS * (steps[Math.floor(steps.length / 2)] ?? 0));
  let quiet = '';
  let within = '';
  const points: [number, number][] = [];
  for (let k = 0; k < t.length; k += 1) {
    const [time, value] = [t[k], values[k]];
    if (time == null || value == null) continue;
    const here = `${x(time).toFixed(1)} ${y(value).toFixed(1)}`;
    if (disturbed[k]) points.push([x(time), y(value)]);
    const [before, last] = [t[k - 1], values[k - 1]];
    if (before == null || last == null || time - before > gap) continue;
    const line = `M${x(before).toFixed(1)} ${y(last).toFixed(1)}L${here}`;
    if (disturbed[k] && disturbed[k - 1]) within += line;
    else quiet += line;
  }
  return { quiet, disturbed: within, points };
}

const LEAST_SPAN = 0.5;

/** From where to where the axis of a quantity goes: all values and what is usual, with a margin. */
export function spanOf(curve: ReceptionCurve): readonly [number, number] {
  const known = curve.values.filter((value): value is number => value !== null);
  const spread = curve.spread ?? 0;
  const all = curve.usual === null ? known : [...known, curve.usual - spread, curve.usual + spread];
  if (all.length === 0) return [0, 1];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const margin = Math.max((high - low) * 0.08, (LEAST_SPAN - (high - low)) / 2, 0.02);
  return [low - margin, high + margin];
}

/** A value as the axis writes it; bit errors are powers of ten. */
export function tickTextOf(quantity: string, value: number): string {
  return quantity === 'bit_errors' ? (10 ** value).toExponential(Number.isInteger(value) ? 0 : 1) : String(value);
}
