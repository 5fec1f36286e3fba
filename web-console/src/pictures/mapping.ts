/** The flat map: degrees to pixels, coastlines from TopoJSON, colours of shares. Pure. */

export interface Edges {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

export interface FlatMap {
  readonly edges: Edges;
  readonly width: number;
  readonly height: number;
  x(deg: number): number;
  y(deg: number): number;
  lon(x: number): number;
  lat(y: number): number;
  /** Pixels of a kilometre at the middle latitude. */
  readonly pxPerKm: number;
}

const KM_PER_DEG = 111.195;

/** A map true to shape at its middle latitude, as large as fits, the edges widened to fill it. */
export function flatMap(edges: Edges, width: number, height: number): FlatMap {
  const middleLat = (edges.south + edges.north) / 2;
  const squeeze = edges.east - edges.west >= 360 ? 1 : Math.max(Math.cos((middleLat * Math.PI) / 180), 0.2);
  const perDeg = Math.min(
    width / ((edges.east - edges.west) * squeeze),
    height / (edges.north - edges.south),
  );
  const middleLon = (edges.west + edges.east) / 2;
  const halfLon = width / perDeg / squeeze / 2;
  const halfLat = height / perDeg / 2;
  const whole: Edges = {
    south: middleLat - halfLat,
    north: middleLat + halfLat,
    west: middleLon - halfLon,
    east: middleLon + halfLon,
  };
  return {
    edges: whole,
    width,
    height,
    x: (deg) => (deg - whole.west) * squeeze * perDeg,
    y: (deg) => (whole.north - deg) * perDeg,
    lon: (x) => whole.west + x / squeeze / perDeg,
    lat: (y) => whole.north - y / perDeg,
    pxPerKm: perDeg / KM_PER_DEG,
  };
}

/** The whole turns that bring a longitude nearest to the middle of a map. */
export function turned(deg: number, map: FlatMap): number {
  const middle = (map.edges.west + map.edges.east) / 2;
  return deg - 360 * Math.round((deg - middle) / 360);
}

/** A ring (longitude, latitude, …) as the path of a map; empty where it lies outside. */
export function ringPath(ring: readonly number[], map: FlatMap): string {
  if (ring.length < 6) return '';
  const shift = turned(ring[0]!, map) - ring[0]!;
  let path = '';
  let inside = false;
  for (let k = 0; k + 1 < ring.length; k += 2) {
    const x = map.x(ring[k]! + shift);
    const y = map.y(ring[k + 1]!);
    inside ||= x > -40 && x < map.width + 40 && y > -40 && y < map.height + 40;
    path += `${k === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return inside ? `${path}Z` : '';
}

export interface Topology {
  readonly transform: { readonly scale: readonly number[]; readonly translate: readonly number[] };
  readonly arcs: readonly (readonly (readonly number[])[])[];
}

/** Every arc of a topology as longitude, latitude, …: coasts and borders, each once. */
export function arcsOf(topology: Topology): number[][] {
  const [sx = 1, sy = 1] = topology.transform.scale;
  const [tx = 0, ty = 0] = topology.transform.translate;
  return topology.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    return arc.flatMap(([dx = 0, dy = 0]) => {
      x += dx;
      y += dy;
      return [x * sx + tx, y * sy + ty];
    });
  });
}

/** An open line on a map, with a copy a turn away where the map needs it; cut at the antimeridian. */
export function linePath(line: readonly number[], map: FlatMap): string {
  let path = '';
  for (const turn of [-360, 0, 360]) {
    let low = Infinity;
    let high = -Infinity;
    for (let k = 0; k < line.length; k += 2) {
      low = Math.min(low, line[k]! + turn);
      high = Math.max(high, line[k]! + turn);
    }
    if (high < map.edges.west || low > map.edges.east) continue;
    for (let k = 0; k + 1 < line.length; k += 2) {
      const jumps = k === 0 || Math.abs(line[k]! - line[k - 2]!) > 180;
      path += `${jumps ? 'M' : 'L'}${map.x(line[k]! + turn).toFixed(1)} ${map.y(line[k + 1]!).toFixed(1)}`;
    }
  }
  return path;
}

/** Places of labels moved down until none of the size given covers another. */
export function uncovered(
  places: readonly (readonly [number, number])[],
  width: number,
  height: number,
): [number, number][] {
  const found: [number, number][] = [];
  for (const [x, y] of places) {
    let down = y;
    while (found.some(([ox, oy]) => Math.abs(ox - x) < width && Math.abs(oy - down) < height)) down += height / 2;
    found.push([x, down]);
  }
  return found;
}

/** Which of the five steps of intensity a share of aircraft belongs to. */
export function intensityStep(share: number): 0 | 1 | 2 | 3 | 4 {
  if (share < 0.1) return 0;
  if (share < 0.25) return 1;
  if (share < 0.5) return 2;
  if (share < 0.75) return 3;
  return 4;
}

export const INTENSITY_FROM = [0, 0.1, 0.25, 0.5, 0.75] as const;
