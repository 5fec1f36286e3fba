/** A series of one quantity over time as a line to draw; pure. */

export interface Point {
  readonly ms: number;
  readonly value: number;
}

/** The points that have a value. */
export function pointsOf(
  epochs: readonly string[],
  values: readonly (number | null)[],
): readonly Point[] {
  return epochs.flatMap((epoch, place) => {
    const value = values[place];
    return value === null || value === undefined ? [] : [{ ms: Date.parse(epoch), value }];
  });
}

/** At most about `most` points: of each stretch the least and the greatest, so that no jump is lost. */
export function thinned(points: readonly Point[], most: number): readonly Point[] {
  if (points.length <= most) return points;
  const stretch = Math.ceil((points.length * 2) / most);
  const kept: Point[] = [];
  for (let start = 0; start < points.length; start += stretch) {
    const part = points.slice(start, start + stretch);
    const sorted = [...part].sort((a, b) => a.value - b.value);
    const ends = [sorted[0], sorted.at(-1)].filter((one) => one !== undefined);
    kept.push(...[...new Set(ends)].sort((a, b) => a.ms - b.ms));
  }
  return kept;
}

/** Angles without the jump at 360°: each goes on from the one before by the shorter way. */
export function unwound(points: readonly Point[]): readonly Point[] {
  let turn = 0;
  return points.map((point, place) => {
    const former = points[place - 1];
    if (former !== undefined) {
      const step = point.value - former.value;
      if (step > 180) turn -= 360;
      if (step < -180) turn += 360;
    }
    return { ms: point.ms, value: point.value + turn };
  });
}

/** The least and the greatest value, apart by at least `least` so that noise is no mountain. */
export function rangeOf(points: readonly Point[], least: number): readonly [number, number] {
  const values = points.map((point) => point.value);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const missing = Math.max(least - (high - low), 0) / 2;
  return [low - missing, high + missing];
}

/** The path of an SVG line through the points in a box of `width` × `height`. */
export function pathOf(
  points: readonly Point[],
  range: readonly [number, number],
  width: number,
  height: number,
): string {
  const first = points[0]?.ms ?? 0;
  const span = Math.max((points.at(-1)?.ms ?? 0) - first, 1);
  const [low, high] = range;
  const tall = Math.max(high - low, Number.MIN_VALUE);
  const steps = points.map((point) => {
    const across = ((point.ms - first) / span) * width;
    const up = height - ((point.value - low) / tall) * height;
    return `${across.toFixed(1)} ${up.toFixed(1)}`;
  });
  return steps.length === 0 ? '' : `M${steps.join('L')}`;
}
