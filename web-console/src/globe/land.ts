/** Reading coastlines from TopoJSON. */

/** The parts of TopoJSON that the land uses. */
export interface Topology {
  readonly transform: { readonly scale: readonly number[]; readonly translate: readonly number[] };
  readonly arcs: readonly (readonly (readonly number[])[])[];
}

export type Point = readonly [number, number];

/** Arcs in degrees of longitude and latitude: differences of whole steps are added up. */
export function arcsOf(topology: Topology): Point[][] {
  const [sx = 1, sy = 1] = topology.transform.scale;
  const [tx = 0, ty = 0] = topology.transform.translate;
  return topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.map(([dx = 0, dy = 0]): Point => {
      x += dx;
      y += dy;
      return [x * sx + tx, y * sy + ty];
    });
  });
}

/** A ring of arc numbers as points; a negative number is the arc `~n` backwards. */
export function ringOf(arcs: readonly Point[][], numbers: readonly number[]): Point[] {
  return numbers.flatMap((n) => (n < 0 ? [...(arcs[~n] ?? [])].reverse() : (arcs[n] ?? [])));
}

/**
 * A closed ring without jumps at ±180°: longitudes go on beyond it.
 *
 * A ring around a pole does not come back to where it began; it is led along the pole to close it.
 */
export function unrolled(ring: readonly Point[]): Point[] {
  let shift = 0;
  const points = ring.map(([x, y], k): Point => {
    const before = ring[k - 1]?.[0] ?? x;
    if (x - before > 180) shift -= 360;
    if (x - before < -180) shift += 360;
    return [x + shift, y];
  });
  const first = points[0];
  const last = points.at(-1);
  if (first !== undefined && last !== undefined && Math.abs(last[0] - first[0]) > 180) {
    const pole = last[1] < 0 ? -90 : 90;
    points.push([last[0], pole], [first[0], pole]);
  }
  return points;
}
