/** The drawing of the globe: one canvas, one loop that draws as often as motion needs. */
import { PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import { nowMs, run } from '../shell/clock.ts';
import {
  CHASE_STAND, type Eye, HOME_STAND, type Stand, type Vec, between, eased, eyeAround, eyeBehind,
  frameMs, held,
} from './camera.ts';
import { earthAngle, sunDirection } from './earth.ts';
import type { States } from './feed.ts';
import type { Marked } from './looks.ts';
import type { Objects } from './messages.ts';
import { EARTH_KM, moved } from './motion.ts';
import { type Projection, onScreen, pick } from './pick.ts';
import { type Cloud, makeCloud } from './scene/cloud.ts';
import { type Paths, makePaths } from './scene/paths.ts';
import { makePlanet } from './scene/planet.ts';
import { frameUniforms } from './scene/shared.ts';
import { type Sign, makeSigns } from './scene/signs.ts';

const FIELD_DEG = 40;
/** From here the whole geostationary belt is seen, Earth radii. */
const BELT_DISTANCE = 18;
const FLIGHT_MS = 800;
/** States further away than this stand still until the worker has caught up, s. */
const LONGEST_DT_S = 900;
/** Speed of the fastest objects in Earth radii a second. */
const FASTEST = 8 / EARTH_KM;
const FAVOURED_REACH_PX = 10;

export interface View {
  readonly setObjects: (objects: Objects) => void;
  readonly setStates: (states: States | null) => void;
  readonly setMarks: (marked: readonly Marked[], dimOthers: boolean) => void;
  readonly setOrbits: Paths['setOrbits'];
  /** Pairs of rows to link. */
  readonly setLinks: (pairs: readonly (readonly [number, number])[]) => void;
  readonly setSigns: (signs: readonly Sign[]) => void;
  /** Row under a place in CSS pixels, or -1. */
  readonly pickAt: (x: number, y: number) => number;
  /** Where a row is on the screen, in CSS pixels; null where it cannot be seen. */
  readonly screenOf: (row: number) => readonly [number, number] | null;
  /** Position of a row at the moment shown, km in TEME; null before there is one. */
  readonly positionOf: (row: number) => Vec | null;
  readonly turnBy: (dx: number, dy: number) => void;
  readonly zoomBy: (factor: number) => void;
  /** Follow a row, or let go (null). */
  readonly follow: (row: number | null) => void;
  /** Turn to a row without following it; false while it has no place. */
  readonly lookAt: (row: number) => boolean;
  /** Back to the Earth; `wide` shows the whole geostationary belt. */
  readonly home: (wide?: boolean) => void;
  readonly setEarthFixed: (fixed: boolean) => void;
  /** Draw once more soon. */
  readonly touch: () => void;
  readonly frames: () => number;
  readonly close: () => void;
}

const CONTEXT: WebGLContextAttributes = { alpha: false, depth: false, stencil: false, powerPreference: 'high-performance' };

/**
 * The drawing context of a canvas, and whether a processor must do the work of a graphics card.
 *
 * A graphics card is asked for first; the browser refuses that without making anything where it has
 * none. Null where there is no WebGL 2 at all.
 */
export function contextOf(canvas: HTMLCanvasElement): { context: WebGL2RenderingContext; hardware: boolean } | null {
  const card = { ...CONTEXT, antialias: true, failIfMajorPerformanceCaveat: true };
  const fast = canvas.getContext('webgl2', card);
  if (fast !== null) return { context: fast, hardware: true };
  // In software: no smoothing of edges, and one copy of the canvas less for each frame.
  const slow = canvas.getContext('webgl2', { ...CONTEXT, antialias: false, desynchronized: true });
  return slow === null ? null : { context: slow, hardware: false };
}

/** Open the view in a canvas; null where the browser cannot draw it. */
export function openView(canvas: HTMLCanvasElement): View | null {
  const drawing = contextOf(canvas);
  if (drawing === null) return null;
  const { context, hardware } = drawing;
  const renderer = new WebGLRenderer({ canvas, context });
  renderer.setClearColor(0x04070d, 1);
  // Asking each program for its errors waits for its translation, and the tests have seen them all.
  renderer.debug.checkShaderErrors = false;
  const ratio = hardware ? Math.min(devicePixelRatio, 2) : 1;
  const frame = frameUniforms();
  frame.ratio.value = ratio;
  const planet = makePlanet(frame, hardware);
  const cloud: Cloud = makeCloud(frame);
  const paths = makePaths(frame);
  const signs = makeSigns(frame, ratio);
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  scene.add(...planet.objects, paths.group, cloud.points, cloud.marks, signs.mesh);
  const camera = new PerspectiveCamera(FIELD_DEG, 1, 0.0005, 200);

  let stand: Stand = HOME_STAND;
  let chase: Stand = CHASE_STAND;
  let followed: number | null = null;
  let earthFixed = true;
  let flight: { readonly from: Eye; readonly since: number } | null = null;
  let drawn: Eye = eyeAround(stand, earthAngle(nowMs()));
  let states: States | null = null;
  let favoured: ReadonlySet<number> = new Set();
  let links: readonly (readonly [number, number])[] = [];
  let width = 0;
  let height = 0;
  let dirty = true;
  let frames = 0;
  let lastDrawn = 0;
  let waiting = 0;
  let stopped = false;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const place: [number, number, number] = [0, 0, 0];
  const speed: [number, number, number] = [0, 0, 0];
  const eyeVector = new Vector3();
  let projection: Projection = { matrix: [], eye: [5, 0, 0], width: 1, height: 1 };

  const secondsFromStates = (ms: number): number => {
    const dt = states === null ? 0 : (ms - states.ms) / 1000;
    return Math.min(Math.max(dt, -LONGEST_DT_S), LONGEST_DT_S);
  };

  const stateAt = (row: number, ms: number): boolean => {
    if (states === null || row < 0 || states.positions[row * 3] === undefined) return false;
    if (states.positions[row * 3] === 0 && states.positions[row * 3 + 1] === 0) return false;
    moved(states.positions, states.velocities, row * 3, secondsFromStates(ms), place);
    return true;
  };

  const wantedEye = (ms: number): Eye => {
    if (followed !== null && stateAt(followed, ms)) {
      const position: Vec = [place[0] / EARTH_KM, place[1] / EARTH_KM, place[2] / EARTH_KM];
      moved(states!.positions, states!.velocities, followed * 3, secondsFromStates(ms + 1000), speed);
      const velocity: Vec = [speed[0] - place[0], speed[1] - place[1], speed[2] - place[2]];
      return eyeBehind(chase, position, velocity);
    }
    return eyeAround(stand, earthFixed ? earthAngle(ms) : 0);
  };

  const flying = (eye: Eye): Eye => {
    if (flight === null) return eye;
    const share = (performance.now() - flight.since) / FLIGHT_MS;
    if (share >= 1 || still) {
      flight = null;
      return eye;
    }
    return between(flight.from, eye, eased(share));
  };

  const takeOff = (): void => {
    flight = { from: drawn, since: performance.now() };
    touch();
  };

  const draw = (): void => {
    const ms = nowMs();
    drawn = flying(wantedEye(ms));
    const angle = earthAngle(ms);
    camera.position.set(...(drawn.eye as [number, number, number]));
    camera.up.set(...(drawn.up as [number, number, number]));
    camera.lookAt(...(drawn.target as [number, number, number]));
    camera.updateMatrixWorld(true);
    frame.viewProjection.value.multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse);
    frame.eye.value.copy(camera.position);
    frame.turn.value.set(Math.cos(angle), Math.sin(angle));
    frame.sun.value.set(...sunDirection(ms));
    frame.dt.value = secondsFromStates(ms);
    planet.face(eyeVector.copy(camera.position));
    projection = { matrix: frame.viewProjection.value.elements, eye: drawn.eye as Projection['eye'], width, height };
    drawLinks(ms);
    signs.place(screenOf);
    renderer.render(scene, camera);
    frames += 1;
  };

  const screenOf = (row: number): readonly [number, number] | null => {
    if (!stateAt(row, nowMs())) return null;
    return onScreen(projection, place[0] / EARTH_KM, place[1] / EARTH_KM, place[2] / EARTH_KM);
  };

  const drawLinks = (ms: number): void => {
    const ends: number[] = [];
    for (const [one, other] of links) {
      if (!stateAt(one, ms)) continue;
      const first = [...place];
      if (stateAt(other, ms)) ends.push(...first, ...place);
    }
    paths.setLinks(Float32Array.from(ends));
  };

  /** Pixels a second that the fastest objects move on the screen. */
  const apparentSpeed = (): number => {
    const nearest = followed === null ? Math.max(stand.distance - 1.1, 0.05) : chase.distance;
    const pixelsPerRadius = height / 2 / Math.tan((FIELD_DEG * Math.PI) / 360) / nearest;
    return Math.abs(run.peek().rate) * FASTEST * pixelsPerRadius;
  };

  const shortestMs = hardware ? 1000 / 120 : 1000 / 30;

  const step = (now: number): void => {
    waiting = 0;
    if (stopped) return;
    if (dirty || flight !== null || run.peek().rate !== 0) {
      dirty = false;
      lastDrawn = now;
      draw();
    }
    schedule();
  };

  const schedule = (): void => {
    if (waiting !== 0 || stopped || document.hidden) return;
    const moving = flight !== null || dirty;
    if (!moving && run.peek().rate === 0) return;
    const pause = moving ? shortestMs : frameMs(apparentSpeed(), shortestMs);
    const rest = lastDrawn + pause - performance.now() - 4;
    // A sleeping page must not be woken sixty times a second to find nothing to do.
    waiting = rest > 12 ? setTimeout(() => requestAnimationFrame(step), rest) : requestAnimationFrame(step);
  };

  const touch = (): void => {
    dirty = true;
    if (waiting !== 0) return;
    schedule();
  };

  const resize = (): void => {
    width = canvas.clientWidth;
    height = canvas.clientHeight;
    if (width === 0 || height === 0) return;
    frame.window.value.set(width, height);
    renderer.setPixelRatio(ratio);
    renderer.setSize(width, height, false);
    camera.aspect = width / height;
    // A narrow window must show the whole Earth too.
    camera.fov = camera.aspect >= 1 ? FIELD_DEG : FIELD_DEG / camera.aspect;
    camera.updateProjectionMatrix();
    touch();
  };
  const watcher = new ResizeObserver(resize);
  watcher.observe(canvas);
  const shown = (): void => {
    if (!document.hidden) touch();
  };
  document.addEventListener('visibilitychange', shown);

  const view: View = {
    setObjects: (objects) => {
      cloud.setObjects(objects);
      touch();
    },
    setStates: (next) => {
      states = next;
      if (next !== null) cloud.setStates(next);
      touch();
    },
    setMarks: (marked, dimOthers) => {
      favoured = new Set(marked.map((mark) => mark.row));
      cloud.setMarks(marked);
      cloud.setBright(dimOthers ? 0.6 : 1);
      touch();
    },
    setOrbits: (orbits) => {
      paths.setOrbits(orbits);
      touch();
    },
    setLinks: (pairs) => {
      links = pairs;
      touch();
    },
    setSigns: (next) => {
      signs.set(next);
      touch();
    },
    pickAt: (x, y) => {
      if (states === null) return -1;
      const dt = secondsFromStates(nowMs());
      return pick(projection, states.positions, states.velocities, dt, [x, y], FAVOURED_REACH_PX, favoured);
    },
    screenOf,
    positionOf: (row) => (stateAt(row, nowMs()) ? [place[0], place[1], place[2]] : null),
    turnBy: (dx, dy) => {
      const perPixel = 0.0045 * Math.min(1, followed === null ? (stand.distance - 1) / 2.2 : 1);
      const turned = (old: Stand): Stand => ({ ...old, around: old.around - dx * perPixel, above: old.above + dy * perPixel });
      if (followed === null) stand = held(turned(stand), false);
      else chase = held(turned(chase), true);
      touch();
    },
    zoomBy: (factor) => {
      // Around the Earth it is the height that shrinks, so that nobody falls through the ground.
      if (followed === null) stand = held({ ...stand, distance: 1 + (stand.distance - 1) * factor }, false);
      else chase = held({ ...chase, distance: chase.distance * factor }, true);
      touch();
    },
    follow: (row) => {
      if (row === followed) return;
      followed = row;
      chase = CHASE_STAND;
      takeOff();
    },
    lookAt: (row) => {
      const ms = nowMs();
      if (!stateAt(row, ms)) return false;
      const [x, y, z] = [place[0] / EARTH_KM, place[1] / EARTH_KM, place[2] / EARTH_KM];
      const far = Math.hypot(x, y, z);
      const around = Math.atan2(y, x) - (earthFixed ? earthAngle(ms) : 0);
      // High objects are seen best from above the belt's plane, low ones from straight above.
      const above = far > 3 ? 0.5 : Math.asin(z / far);
      stand = held({ around: far > 3 ? around + 0.2 : around, above, distance: far > 3 ? far * 2.6 : far + 2.4 }, false);
      followed = null;
      takeOff();
      return true;
    },
    home: (wide = false) => {
      stand = { ...HOME_STAND, around: stand.around, distance: wide ? BELT_DISTANCE : HOME_STAND.distance };
      followed = null;
      takeOff();
    },
    setEarthFixed: (fixed) => {
      const angle = earthAngle(nowMs());
      if (fixed !== earthFixed) stand = { ...stand, around: stand.around + (fixed ? -angle : angle) };
      earthFixed = fixed;
      touch();
    },
    touch,
    frames: () => frames,
    close: () => {
      stopped = true;
      watcher.disconnect();
      document.removeEventListener('visibilitychange', shown);
      renderer.dispose();
      renderer.forceContextLoss();
    },
  };
  resize();
  return view;
}
