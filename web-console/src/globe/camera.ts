/** Where the eye is: around the Earth, or behind an object. Pure; lengths in Earth radii. */

export type Vec = readonly [number, number, number];

/** How the eye stands to what it looks at; angles in radians. */
export interface Stand {
  /** Around the Earth: longitude of the eye. Behind an object: from behind towards its left. */
  readonly around: number;
  /** Up from the equator, or from the object's horizon. */
  readonly above: number;
  readonly distance: number;
}

export interface Eye {
  readonly eye: Vec;
  readonly target: Vec;
  readonly up: Vec;
}

export const HOME_STAND: Stand = { around: 2.3, above: 0.42, distance: 4.4 };
export const CHASE_STAND: Stand = { around: 0.5, above: 0.35, distance: 0.35 };

/** What the eye sees: where it is, how it is turned, how far its window opens, and what follows from that. */
export interface Lens {
  readonly eye: Vec;
  readonly right: Vec;
  readonly up: Vec;
  /** Away from what is looked at. */
  readonly back: Vec;
  /** Half the width and half the height of the window at distance 1. */
  readonly halfWidth: number;
  readonly halfHeight: number;
  /** Column-major view-projection matrix, for Earth radii in TEME. */
  readonly matrix: readonly number[];
}

const STEEPEST = 1.5;
const FIELD_DEG = 40;
const NEAREST = 0.0005;
const FARTHEST = 200;

/** Keep a stand within what can be looked at; `chasing` may come much nearer. */
export function held(stand: Stand, chasing: boolean): Stand {
  const [nearest, farthest] = chasing ? [0.002, 20] : [1.08, 30];
  return {
    around: stand.around,
    above: Math.min(Math.max(stand.above, -STEEPEST), STEEPEST),
    distance: Math.min(Math.max(stand.distance, nearest), farthest),
  };
}

/** The eye around the Earth; `angle` turns it with the Earth, or is 0 for a view fixed to the stars. */
export function eyeAround(stand: Stand, angle: number): Eye {
  const flat = Math.cos(stand.above) * stand.distance;
  const around = stand.around + angle;
  return {
    eye: [flat * Math.cos(around), flat * Math.sin(around), stand.distance * Math.sin(stand.above)],
    target: [0, 0, 0],
    up: [0, 0, 1],
  };
}

/** The eye behind an object that is at a position with a velocity: up is away from the Earth. */
export function eyeBehind(stand: Stand, position: Vec, velocity: Vec): Eye {
  const radial = unit(position);
  const normal = unit(cross(position, velocity));
  const along = cross(normal, radial);
  const flat = Math.cos(stand.above) * stand.distance;
  const back = -flat * Math.cos(stand.around);
  const aside = flat * Math.sin(stand.around);
  const high = stand.distance * Math.sin(stand.above);
  const part = (k: 0 | 1 | 2): number => position[k] + back * along[k] + aside * normal[k] + high * radial[k];
  return { eye: [part(0), part(1), part(2)], target: position, up: radial };
}

/** From one eye to another, `share` of the way. */
export function between(from: Eye, to: Eye, share: number): Eye {
  const mix = (a: Vec, b: Vec): Vec => [
    a[0] + (b[0] - a[0]) * share,
    a[1] + (b[1] - a[1]) * share,
    a[2] + (b[2] - a[2]) * share,
  ];
  const eye = mix(from.eye, to.eye);
  // The straight way may lead through the Earth: keep the height that both ends allow.
  const low = Math.min(1.05, length(from.eye), length(to.eye));
  const far = length(eye);
  const lifted: Vec = far < low && far > 0 ? [(eye[0] * low) / far, (eye[1] * low) / far, (eye[2] * low) / far] : eye;
  return { eye: lifted, target: mix(from.target, to.target), up: unit(mix(from.up, to.up)) };
}

/** Slow at both ends. */
export function eased(share: number): number {
  return share * share * (3 - 2 * share);
}

/** Half the height of what is seen at distance 1; a narrow window must show the whole Earth too. */
export function halfHeightOf(aspect: number): number {
  const degrees = Math.min(aspect >= 1 ? FIELD_DEG : FIELD_DEG / aspect, 170);
  return Math.tan((degrees * Math.PI) / 360);
}

/** The lens of an eye in a window whose width is `aspect` times its height. */
export function lensOf({ eye, target, up }: Eye, aspect: number): Lens {
  const back = unit([eye[0] - target[0], eye[1] - target[1], eye[2] - target[2]]);
  const right = unit(cross(up, back));
  const above = cross(back, right);
  const halfHeight = halfHeightOf(aspect);
  const halfWidth = halfHeight * aspect;
  const depth = (FARTHEST + NEAREST) / (NEAREST - FARTHEST);
  const [x, y, z] = [-dot(right, eye), -dot(above, eye), -dot(back, eye)];
  const column = (k: 0 | 1 | 2): number[] => [
    right[k] / halfWidth, above[k] / halfHeight, depth * back[k], -back[k],
  ];
  const last = [x / halfWidth, y / halfHeight, depth * z + (2 * FARTHEST * NEAREST) / (NEAREST - FARTHEST), -z];
  const matrix = [...column(0), ...column(1), ...column(2), ...last];
  return { eye, right, up: above, back, halfWidth, halfHeight, matrix };
}

function dot(a: Vec, b: Vec): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function length(a: Vec): number {
  return Math.hypot(a[0], a[1], a[2]);
}

function unit(a: Vec): Vec {
  const size = length(a) || 1;
  return [a[0] / size, a[1] / size, a[2] / size];
}

function cross(a: Vec, b: Vec): Vec {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/**
 * Milliseconds from one frame to the next: as seldom as motion stays smooth.
 *
 * The fastest objects cross `pixelsPerSecond` of the screen; half a pixel is a step that nobody sees.
 */
export function frameMs(pixelsPerSecond: number, shortestMs: number): number {
  const smooth = pixelsPerSecond > 0 ? 500 / pixelsPerSecond : Number.POSITIVE_INFINITY;
  return Math.min(Math.max(smooth, shortestMs), 250);
}
