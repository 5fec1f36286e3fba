import assert from 'node:assert/strict';
import test from 'node:test';
import { twoline2satrec } from 'satellite.js';
import { between, eased, eyeAround, eyeBehind, frameMs, held } from '../src/globe/camera.ts';
import { below, earthAngle, sunDirection } from '../src/globe/earth.ts';
import { type Catalogue, moverOf, periodMinutes, revolution, stateInto } from '../src/globe/elements.ts';
import { unrolled, arcsOf, ringOf } from '../src/globe/land.ts';
import { attentionOf, linksOf, marksOf } from '../src/globe/marked.ts';
import { EARTH_KM, cadence, moved } from '../src/globe/motion.ts';
import { behindEarth, onScreen, pick } from '../src/globe/pick.ts';

/** Object 5 of Vallado 2006 (verification set of SGP4): 11 orbits a day, eccentricity 0.186. */
const VANGUARD: Catalogue = {
  catalogue_id: 'test',
  norad_id: [5],
  name: ['VANGUARD 1'],
  kind: ['payload'],
  owner: ['US'],
  regime: ['MEO'],
  epoch_utc: ['2000-06-27T18:50:19.733568Z'],
  mean_motion_rev_per_day: [10.82419157],
  eccentricity: [0.1859667],
  inclination_deg: [34.2682],
  raan_deg: [348.7242],
  arg_perigee_deg: [331.7664],
  mean_anomaly_deg: [19.3264],
  bstar: [0.000028098],
};
const ISS_LIKE: Catalogue = {
  ...VANGUARD,
  norad_id: [25544],
  epoch_utc: ['2026-11-27T12:00:00.000000Z'],
  mean_motion_rev_per_day: [15.5],
  eccentricity: [0.0006],
  inclination_deg: [51.63],
  bstar: [0.0002],
};

function stateOf(catalogue: Catalogue, minutes: number): { position: Float32Array; velocity: Float32Array } {
  const mover = moverOf(catalogue, 0);
  assert.ok(mover);
  const position = new Float32Array(3);
  const velocity = new Float32Array(3);
  assert.ok(stateInto(mover, mover.epochMs + minutes * 60_000, position, velocity, 0));
  return { position, velocity };
}

test('columns give the states of Vallado 2006, object 5', () => {
  // Appendix D, tsince 0 and 360 minutes; 0.1 km covers the epoch rounded to milliseconds and float32.
  for (const [minutes, expected] of [
    [0, [7022.46529266, -1400.08296755, 0.03995155]],
    [360, [-7154.0312, -3783.17682504, -3536.19412294]],
  ] as const) {
    const { position } = stateOf(VANGUARD, minutes);
    expected.forEach((km, axis) => assert.ok(Math.abs((position[axis] ?? 0) - km) < 0.1, `${position[axis]} ${km}`));
  }
});

test('columns and two lines give the same record', () => {
  const lines = [
    '1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753',
    '2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667',
  ] as const;
  const record = twoline2satrec(...lines);
  const mover = moverOf(VANGUARD, 0);
  assert.ok(mover);
  assert.ok(Math.abs(record.no - mover.record.no) < 1e-12);
  assert.ok(Math.abs(record.jdsatepoch - mover.record.jdsatepoch) < 2e-8);
});

test('elements beyond SGP4 give nothing and harm nobody', () => {
  assert.equal(moverOf({ ...VANGUARD, eccentricity: [1.2] }, 0), null);
  assert.equal(moverOf({ ...VANGUARD, epoch_utc: ['soon'] }, 0), null);
  const position = Float32Array.of(1, 2, 3);
  assert.equal(stateInto(null, 0, position, new Float32Array(3), 0), false);
  assert.deepEqual([...position], [0, 0, 0]);
});

/** Largest distance in km between SGP4 and the series over one revolution. */
function seriesError(catalogue: Catalogue, dtS: number): number {
  let worst = 0;
  for (let minutes = 0; minutes < 100; minutes += 5) {
    const { position, velocity } = stateOf(catalogue, minutes);
    const there = stateOf(catalogue, minutes + dtS / 60).position;
    const guess = moved(position, velocity, 0, dtS, [0, 0, 0]);
    worst = Math.max(worst, Math.hypot(guess[0] - there[0]!, guess[1] - there[1]!, guess[2] - there[2]!));
  }
  return worst;
}

test('between states a low object stays within 50 m of SGP4, at 60 s on either side', () => {
  // A pixel of the whole Earth is 20 km; the plain parabola errs by 300 to 500 m here.
  assert.ok(seriesError(ISS_LIKE, 60) < 0.05, String(seriesError(ISS_LIKE, 60)));
  assert.ok(seriesError(ISS_LIKE, -60) < 0.05);
  assert.ok(seriesError(ISS_LIKE, 1) < 0.002);
});

test('states come seldom when time is slow and never too often when it is fast', () => {
  assert.deepEqual(cadence(60), { everyMs: 2000, spanS: 120 });
  assert.equal(cadence(1).everyMs, 20_000);
  assert.equal(cadence(-3600).everyMs, 200);
  assert.equal(cadence(0).everyMs, Number.POSITIVE_INFINITY);
});

test('one revolution closes on itself', () => {
  const mover = moverOf(ISS_LIKE, 0);
  assert.ok(mover);
  assert.ok(Math.abs(periodMinutes(mover) - 1440 / 15.5) < 0.1);
  const path = revolution(mover, mover.epochMs, 121);
  assert.equal(path.length, 363);
  const gap = Math.hypot(path[0]! - path[360]!, path[1]! - path[361]!, path[2]! - path[362]!);
  // The plane turns by 5 degrees a day: some 40 km in one revolution.
  assert.ok(gap < 80, String(gap));
});

test('the Earth stands as the almanac says', () => {
  // Vallado 2013, example 3-5: 1992-08-20 12:14 UT1, GMST 152.578788°.
  const degrees = (earthAngle(Date.UTC(1992, 7, 20, 12, 14)) * 180) / Math.PI;
  assert.ok(Math.abs(degrees - 152.578788) < 0.001, String(degrees));
});

test('the Sun stands as the almanac says', () => {
  // Vallado 2013, example 5-1: 2006-04-02 00:00, (0.9771945, 0.1924424, 0.0834308) AU.
  const direction = sunDirection(Date.UTC(2006, 3, 2));
  const size = Math.hypot(0.9771945, 0.1924424, 0.0834308);
  [0.9771945, 0.1924424, 0.0834308].forEach((au, axis) => assert.ok(Math.abs(direction[axis]! - au / size) < 3e-4));
});

test('a point over Greenwich is over Greenwich', () => {
  const ms = Date.UTC(2026, 10, 27, 9);
  const angle = earthAngle(ms);
  const place = below([7000 * Math.cos(angle), 7000 * Math.sin(angle), 0], ms, EARTH_KM);
  assert.ok(Math.abs(place.longitude) < 1e-9);
  assert.ok(Math.abs(place.heightKm - (7000 - EARTH_KM)) < 1e-9);
});

test('coastlines: steps add up, arcs run backwards, rings do not jump at the date line', () => {
  const arcs = arcsOf({ transform: { scale: [2, 1], translate: [-180, -90] }, arcs: [[[1, 1], [1, 2]], [[0, 0], [5, 5]]] });
  assert.deepEqual(arcs[0], [[-178, -89], [-176, -87]]);
  assert.deepEqual(ringOf(arcs, [-2]), [[-170, -85], [-180, -90]]);
  assert.deepEqual(unrolled([[170, 0], [179, 0], [-179, 1], [170, 0]]), [[170, 0], [179, 0], [181, 1], [170, 0]]);
  const polar = unrolled([[-180, -70], [-60, -71], [60, -72], [180, -70]]);
  assert.deepEqual(polar.slice(-2), [[180, -90], [-180, -90]]);
});

test('the eye keeps above ground and looks along the orbit', () => {
  assert.ok(held({ around: 0, above: 3, distance: 0.2 }, false).distance > 1);
  assert.ok(held({ around: 0, above: 3, distance: 0.2 }, true).above < Math.PI / 2);
  const home = eyeAround({ around: 0, above: 0, distance: 4 }, Math.PI / 2);
  assert.ok(Math.abs(home.eye[1] - 4) < 1e-12);
  const behind = eyeBehind({ around: 0, above: 0, distance: 0.1 }, [1.1, 0, 0], [0, 1, 0]);
  assert.deepEqual(behind.eye.map((part) => Math.round(part * 1e6) / 1e6), [1.1, -0.1, 0]);
  const flight = between(home, eyeAround({ around: 0, above: 0, distance: 4 }, -Math.PI / 2), 0.5);
  assert.ok(Math.hypot(...flight.eye) <= 4);
  assert.equal(eased(0.5), 0.5);
});

test('a flight does not lead through the Earth', () => {
  const from = eyeAround({ around: 0.01, above: 0, distance: 3 }, 0);
  const to = eyeAround({ around: Math.PI, above: 0, distance: 3 }, 0);
  assert.ok(Math.hypot(...between(from, to, 0.5).eye) >= 1.05 - 1e-9);
});

test('frames come as often as motion needs', () => {
  assert.equal(frameMs(0, 33), 250);
  assert.equal(frameMs(10, 33), 50);
  assert.equal(frameMs(1000, 33), 33);
});

/** A view along −x from (5, 0, 0): clip x is y, clip y is z, w is the way to the eye. */
const VIEW = {
  matrix: [0, 0, 0, -1, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 5],
  eye: [5, 0, 0] as const,
  width: 200,
  height: 100,
};

test('what the Earth hides is neither seen nor picked', () => {
  assert.equal(behindEarth([5, 0, 0], -2, 0, 0), true);
  assert.equal(behindEarth([5, 0, 0], 2, 0, 0), false);
  assert.equal(behindEarth([5, 0, 0], -2, 3, 0), false);
  assert.deepEqual(onScreen(VIEW, 2, 0, 0), [100, 50]);
  assert.equal(onScreen(VIEW, -2, 0, 0), null);
  const km = EARTH_KM;
  const positions = Float32Array.of(-2 * km, 1, 0, 2 * km, 0.01 * km, 0, 2 * km, 0.3 * km, 0, 0, 0, 0);
  const velocities = new Float32Array(12);
  assert.equal(pick(VIEW, positions, velocities, 0, [101, 50], 10), 1);
  assert.equal(pick(VIEW, positions, velocities, 0, [119, 50], 10), 2);
  assert.equal(pick(VIEW, positions, velocities, 0, [180, 90], 10), -1);
  // A marked object wins against a nearer one that is not.
  assert.equal(pick(VIEW, positions, velocities, 0, [110, 50], 12, new Set([2])), 2);
});

const BOARD = {
  catalogue_id: 'v',
  as_of_utc: '2026-11-27T00:00:00Z',
  reality: 'REAL',
  names: {},
  assets: [{ norad_id: 1, name: 'A' }, { norad_id: 9, name: 'not in the catalogue' }],
  rows: [
    { incident_id: 'a', attention: 'watch', assets: [1], others: [2], start_utc: '', end_utc: '' },
    { incident_id: 'b', attention: 'look_now', assets: [1], others: [3], start_utc: '', end_utc: '' },
    { incident_id: 'c', attention: 'log', assets: [1], others: [4], start_utc: '', end_utc: '' },
  ],
  findings: [
    { finding_id: 'f', kind: 'conjunction', objects: [1, 3], start_utc: '', end_utc: '', tca_utc: '2026-11-27T06:00:00Z' },
    { finding_id: 'g', kind: 'conjunction', objects: [4, 5], start_utc: '', end_utc: '', tca_utc: '2026-11-27T06:00:00Z' },
  ],
} as const;

test('an object carries its most urgent attention; the log marks nothing', () => {
  assert.deepEqual([...attentionOf(BOARD.rows)].sort(), [[1, 'look_now'], [2, 'watch'], [3, 'look_now']]);
});

test('marks: assets, attention, and the chosen on top', () => {
  const rowOf = (id: number): number => (id === 9 ? -1 : id);
  const marks = marksOf(BOARD, [3], rowOf);
  assert.ok(marks.every((mark) => mark.row >= 0));
  assert.deepEqual(marks.at(-1)?.row, 3);
  assert.equal(new Set(marks.map((mark) => mark.shape)).size, 4);
});

test('links: the chosen pair always, others near their closest approach', () => {
  const tca = Date.parse('2026-11-27T06:00:00Z');
  assert.deepEqual(linksOf(BOARD, null, tca), [[1, 3]]);
  assert.deepEqual(linksOf(BOARD, null, tca + 11 * 60_000), []);
  assert.deepEqual(linksOf(BOARD, BOARD.rows[0], 0), [[1, 2]]);
});
