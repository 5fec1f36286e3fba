/** Coastlines of Natural Earth (public domain) as a picture for the globe. Borders are left out on purpose. */
import land from 'world-atlas/land-110m.json';

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

const SEA = '#0b1b33';
const LAND = '#1d3a4f';
const COAST = '#5f93a8';
const GRID = 'rgb(120 170 220 / 9%)';

/** Draw the Earth into a canvas, longitude −180° to 180° from left to right. */
export function paintEarth(canvas: HTMLCanvasElement | OffscreenCanvas, width: number): void {
  const height = width / 2;
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D | null;
  if (pen === null) return;
  const arcs = arcsOf(land as unknown as Topology);
  const shapes = land.objects.land.geometries as unknown as { arcs: number[][][] }[];
  pen.fillStyle = SEA;
  pen.fillRect(0, 0, width, height);
  pen.setTransform(width / 360, 0, 0, -height / 180, width / 2, height / 2);
  pen.beginPath();
  for (const ring of shapes.flatMap((shape) => shape.arcs.flat())) {
    ringOf(arcs, ring).forEach(([x, y], k) => (k === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
    pen.closePath();
  }
  pen.fillStyle = LAND;
  pen.fill('evenodd');
  pen.strokeStyle = COAST;
  pen.lineWidth = 360 / width;
  pen.lineJoin = 'round';
  pen.stroke();
  pen.beginPath();
  for (let x = -180; x <= 180; x += 30) {
    pen.moveTo(x, -90);
    pen.lineTo(x, 90);
  }
  for (let y = -60; y <= 60; y += 30) {
    pen.moveTo(-180, y);
    pen.lineTo(180, y);
  }
  pen.strokeStyle = GRID;
  pen.lineWidth = 360 / width;
  pen.stroke();
}
