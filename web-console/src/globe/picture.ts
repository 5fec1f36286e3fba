/** The picture of the Earth: coastlines of Natural Earth (public domain). Borders are left out on purpose. */
import land from 'world-atlas/land-110m.json';
import { type Topology, arcsOf, ringOf, unrolled } from './land.ts';

const SEA = '#0d2140';
const LAND = '#27495c';
const COAST = '#79b0c2';
const GRID = 'rgb(120 170 220 / 9%)';

/** Draw the Earth into a canvas, longitude −180° to 180° from left to right. */
export function paintEarth(canvas: HTMLCanvasElement | OffscreenCanvas, width: number): void {
  const height = width / 2;
  canvas.width = width;
  canvas.height = height;
  // Kept in plain memory: it goes to the drawing context once, and software paints paths slowly there.
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true }) as CanvasRenderingContext2D | null;
  if (pen === null) return;
  const arcs = arcsOf(land as unknown as Topology);
  const shapes = land.objects.land.geometries as unknown as { arcs: number[][][] }[];
  pen.fillStyle = SEA;
  pen.fillRect(0, 0, width, height);
  pen.setTransform(width / 360, 0, 0, -height / 180, width / 2, height / 2);
  pen.beginPath();
  for (const numbers of shapes.flatMap((shape) => shape.arcs.flat())) {
    const ring = unrolled(ringOf(arcs, numbers));
    // What reaches over an edge of the picture comes in again at the other.
    for (const turn of [-360, 0, 360]) {
      ring.forEach(([x, y], k) => (k === 0 ? pen.moveTo(x + turn, y) : pen.lineTo(x + turn, y)));
      pen.closePath();
    }
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
