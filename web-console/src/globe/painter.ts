/** What draws the globe, whichever way: by a graphics card, or plainly by a processor. */
import type { Lens, Vec } from './camera.ts';
import type { States } from './feed.ts';
import type { Marked } from './looks.ts';
import type { Objects } from './messages.ts';
import type { Sign } from './signsheet.ts';

/** `webgl` by three.js; `plain` pixel by pixel in a worker, where there is no graphics card. */
export type Way = 'webgl' | 'plain';

/** One picture to paint. Lengths are Earth radii, axes those of TEME. */
export interface Frame {
  readonly lens: Lens;
  /** Angle of the Earth, rad. */
  readonly angle: number;
  /** Direction to the Sun. */
  readonly sun: Vec;
  /** Seconds from the moment of the states to the moment shown. */
  readonly dt: number;
}

/** An orbit to draw: points in km (TEME). */
export interface Orbit {
  readonly path: Float32Array;
  readonly colour: string;
}

/** Rows to link by a line. */
export type Pair = readonly [number, number];

export interface Painter {
  readonly way: Way;
  /** Never paint more often than this. */
  readonly shortestMs: number;
  readonly setObjects: (objects: Objects) => void;
  readonly setStates: (states: States | null) => void;
  readonly setMarks: (marked: readonly Marked[]) => void;
  /** 1 shows every object in full; less steps back behind what is chosen. */
  readonly setBright: (bright: number) => void;
  readonly setOrbits: (orbits: readonly Orbit[]) => void;
  readonly setLinks: (pairs: readonly Pair[]) => void;
  readonly setSigns: (signs: readonly Sign[]) => void;
  /** The canvas has another size, in CSS pixels. */
  readonly resize: (width: number, height: number) => void;
  /** Whether the last picture is done, so that another may be asked for. */
  readonly ready: () => boolean;
  readonly paint: (frame: Frame) => void;
  readonly close: () => void;
}

/** Called when a picture is painted, with how many objects it was painted of. */
export type Painted = (objects: number) => void;
