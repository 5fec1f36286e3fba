/** The drawing of the globe: one canvas, one loop that draws as often as motion needs. */
import { nowMs, run } from '../shell/clock.ts';
import {
  CHASE_STAND, type Eye, HOME_STAND, type Stand, type Vec, between, eased, eyeAround, eyeBehind,
  frameMs, halfHeightOf, held, lensOf,
} from './camera.ts';
import { earthAngle, sunDirection } from './earth.ts';
import type { States } from './feed.ts';
import type { Marked } from './looks.ts';
import type { Objects } from './messages.ts';
import { EARTH_KM } from './motion.ts';
import type { Orbit, Pair, Way } from './painter.ts';
import { type Projection, pick } from './pick.ts';
import { placeOf } from './places.ts';
import type { Sign } from './signsheet.ts';
import { painterOf } from './ways.ts';

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
  readonly setOrbits: (orbits: readonly Orbit[]) => void;
  /** Pairs of rows to link. */
  readonly setLinks: (pairs: readonly Pair[]) => void;
  readonly setSigns: (signs: readonly Sign[]) => void;
  /** Row under a place in CSS pixels, or -1. */
  readonly pickAt: (x: number, y: number) => number;
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
  readonly close: () => void;
}

/** What the canvas tells whoever listens after each picture, as the `detail` of an event `painted`. */
export interface PaintedDetail {
  readonly way: Way;
  /** How many objects were moved and painted. */
  readonly objects: number;
}

/** Open the view in a canvas, drawn as `wish` says; null where the browser cannot draw it. */
export async function openView(canvas: HTMLCanvasElement, wish: Way | null): Promise<View | null> {
  const found = await painterOf(canvas, wish, (objects) => heard(objects));
  if (found === null) return null;
  const painter = found;
  let stand: Stand = HOME_STAND;
  let chase: Stand = CHASE_STAND;
  let followed: number | null = null;
  let earthFixed = true;
  let flight: { readonly from: Eye; readonly since: number } | null = null;
  let drawn: Eye = eyeAround(stand, earthAngle(nowMs()));
  let states: States | null = null;
  let favoured: ReadonlySet<number> = new Set();
  let width = 0;
  let height = 0;
  let dirty = true;
  let lastDrawn = 0;
  let waiting = 0;
  let sleeping = 0;
  let stopped = false;
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const place: [number, number, number] = [0, 0, 0];
  const speed: [number, number, number] = [0, 0, 0];
  let projection: Projection = { matrix: [], eye: [5, 0, 0], width: 1, height: 1 };

  const secondsFromStates = (ms: number): number => {
    const dt = states === null ? 0 : (ms - states.ms) / 1000;
    return Math.min(Math.max(dt, -LONGEST_DT_S), LONGEST_DT_S);
  };

  const stateAt = (row: number, ms: number): boolean => placeOf(states, row, secondsFromStates(ms), place);

  const wantedEye = (ms: number): Eye => {
    if (followed !== null && stateAt(followed, ms)) {
      const position: Vec = [...place];
      placeOf(states, followed, secondsFromStates(ms + 1000), speed);
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
    const lens = lensOf(drawn, width / height);
    projection = { matrix: lens.matrix, eye: lens.eye, width, height };
    painter.paint({ lens, angle: earthAngle(ms), sun: sunDirection(ms), dt: secondsFromStates(ms) });
  };

  /** Pixels a second that the fastest objects move on the screen. */
  const apparentSpeed = (): number => {
    const nearest = followed === null ? Math.max(stand.distance - 1.1, 0.05) : chase.distance;
    const pixelsPerRadius = height / 2 / halfHeightOf(width / height) / nearest;
    return Math.abs(run.peek().rate) * FASTEST * pixelsPerRadius;
  };

  const { shortestMs } = painter;

  const step = (now: number): void => {
    waiting = 0;
    if (stopped || width === 0 || height === 0) return;
    if (dirty || flight !== null || run.peek().rate !== 0) {
      dirty = false;
      lastDrawn = now;
      draw();
    }
    schedule();
  };

  const schedule = (): void => {
    if (waiting !== 0 || sleeping !== 0 || stopped || document.hidden || !painter.ready()) return;
    const moving = flight !== null || dirty;
    if (!moving && run.peek().rate === 0) return;
    const pause = moving ? shortestMs : frameMs(apparentSpeed(), shortestMs);
    const rest = lastDrawn + pause - performance.now() - 4;
    // A sleeping page must not be woken sixty times a second to find nothing to do.
    if (rest > 12) sleeping = setTimeout(wake, rest);
    else waiting = requestAnimationFrame(step);
  };

  const wake = (): void => {
    sleeping = 0;
    waiting = requestAnimationFrame(step);
  };

  const touch = (): void => {
    dirty = true;
    // Whoever turns the globe does not wait until the objects have moved far enough to be drawn anew.
    clearTimeout(sleeping);
    sleeping = 0;
    schedule();
  };

  const resize = (): void => {
    width = canvas.clientWidth;
    height = canvas.clientHeight;
    if (width === 0 || height === 0) return;
    painter.resize(width, height);
    touch();
  };
  const watcher = new ResizeObserver(resize);
  watcher.observe(canvas);
  const shown = (): void => {
    if (!document.hidden) touch();
  };
  document.addEventListener('visibilitychange', shown);

  const heard = (objects: number): void => {
    if (stopped) return;
    const detail: PaintedDetail = { way: painter.way, objects };
    canvas.dispatchEvent(new CustomEvent('painted', { bubbles: true, detail }));
    schedule();
  };

  const view: View = {
    setObjects: (objects) => {
      painter.setObjects(objects);
      touch();
    },
    setStates: (next) => {
      states = next;
      painter.setStates(next);
      touch();
    },
    setMarks: (marked, dimOthers) => {
      favoured = new Set(marked.map((mark) => mark.row));
      painter.setMarks(marked);
      painter.setBright(dimOthers ? 0.6 : 1);
      touch();
    },
    setOrbits: (orbits) => {
      painter.setOrbits(orbits);
      touch();
    },
    setLinks: (pairs) => {
      painter.setLinks(pairs);
      touch();
    },
    setSigns: (next) => {
      painter.setSigns(next);
      touch();
    },
    pickAt: (x, y) => {
      if (states === null) return -1;
      const dt = secondsFromStates(nowMs());
      return pick(projection, states.positions, states.velocities, dt, [x, y], FAVOURED_REACH_PX, favoured);
    },
    positionOf: (row) => (stateAt(row, nowMs()) ? [place[0] * EARTH_KM, place[1] * EARTH_KM, place[2] * EARTH_KM] : null),
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
      const [x, y, z] = place;
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
    close: () => {
      stopped = true;
      watcher.disconnect();
      document.removeEventListener('visibilitychange', shown);
      painter.close();
    },
  };
  resize();
  return view;
}
