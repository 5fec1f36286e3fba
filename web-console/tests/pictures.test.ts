/** Numbers behind the pictures: scales, ticks, ellipses, lines of the belt, the map. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { piecesInside, placeAt, beltLines, spreadLabels } from '../src/pictures/belt.ts';
import { percentile } from '../src/pictures/gabbard.ts';
import { arcsOf, flatMap, intensityStep, linePath, ringPath, uncovered } from '../src/pictures/mapping.ts';
import { ellipseOf, pairAt, placeOf, rangeSigmaKm, ringsKm } from '../src/pictures/relative.ts';
import {
  at, intervalText, lengthText, longitudeText, niceAbove, niceBelow, ticks, timeTicks, valueAt, wrap,
} from '../src/pictures/scales.ts';
import { boardBeside, holding, isoSecond, moved, snapped, zoomed, SHORTEST_MS } from '../src/pictures/timeline.ts';
import type { BeltPage, RelativePage } from '../src/pictures/types.ts';

test('a scale and its inverse agree', () => {
  const scale = { from: [-5, 15], to: [300, 100] } as const;
  for (const value of [-5, 0, 3.25, 15]) assert.ok(Math.abs(valueAt(scale, at(scale, value)) - value) < 1e-9);
  assert.equal(at({ from: [2, 2], to: [0, 10] }, 2), 5);
});

test('ticks are round, inside, evenly spaced, and about as many as asked for', () => {
  for (const [low, high] of [[0, 1], [-73.2, 41.9], [0.0012, 0.0031], [-5000, 120000]] as const) {
    const found = ticks(low, high, 6);
    assert.ok(found.length >= 2 && found.length <= 7, `${found}`);
    assert.ok(found.every((value) => value >= low - 1e-9 && value <= high + 1e-9));
    const step = found[1]! - found[0]!;
    assert.ok(Math.abs(niceAbove(step * 0.999) - step) < step * 1e-6);
  }
  assert.deepEqual(ticks(1, 1, 5), []);
});

test('nice numbers bracket a value', () => {
  for (const value of [0.003, 0.7, 1, 1.5, 4.9, 5, 9.99, 230]) {
    assert.ok(niceAbove(value) >= value * (1 - 1e-9));
    assert.ok(niceBelow(value) <= value * (1 + 1e-9));
    assert.ok(niceAbove(value) / niceBelow(value) <= 2.5 + 1e-9);
  }
});

test('time ticks fall on round moments in UTC', () => {
  const from = Date.UTC(2026, 10, 27, 20, 13);
  const hours = timeTicks(from, from + 86_400_000, 8);
  assert.ok(hours.length >= 5 && hours.length <= 9);
  assert.ok(hours.every((tick) => tick.ms % (3 * 3_600_000) === 0));
  assert.equal(hours.find((tick) => tick.chief)?.text, '11-28');
  const years = timeTicks(Date.UTC(2015, 3, 1), Date.UTC(2025, 3, 1), 6);
  assert.deepEqual(years.map((tick) => tick.text), ['2016', '2018', '2020', '2022', '2024']);
  const seconds = timeTicks(from, from + 4_000, 5);
  assert.ok(seconds.every((tick) => /^\d\d:\d\d:\d\d$|^11-/.test(tick.text)));
});

test('lengths and longitudes in words', () => {
  assert.equal(lengthText(0.1546), '155 m');
  assert.equal(lengthText(7.64), '7.6 km');
  assert.equal(lengthText(1156.6), '1,160 km');
  assert.equal(intervalText(0, 81.3), '0–81.3 km');
  assert.equal(intervalText(3.2, null), '≥ 3.2 km');
  assert.equal(intervalText(0.4, 5.1), '400 m–5.1 km');
  assert.equal(longitudeText(-18.12, 1), '18.1°W');
  assert.equal(longitudeText(378), '18°E');
  assert.equal(wrap(190), -170);
});

const page: RelativePage = {
  finding_id: 'f', kind: 'proximity', kind_text: '', as_of_utc: '2026-11-27T00:00:00Z',
  start_utc: '2026-11-27T00:00:00Z', closest_utc: '2026-11-27T00:00:10Z', closest_km: 3, closest: 1,
  pair: [
    { norad_id: 1, name: 'A', is_asset: true, epoch_utc: '2026-11-26T00:00:00Z' },
    { norad_id: 2, name: 'B', is_asset: false, epoch_utc: '2026-11-26T00:00:00Z' },
  ],
  t_s: [0, 10, 30], radial_km: [0, 3, 0], in_track_km: [-10, 0, 20], cross_track_km: [0, 0, 0],
  variance_rr_km2: [1, 1, 1], variance_tt_km2: [4, 4, 4], variance_nn_km2: [9, 9, 9],
  covariance_rt_km2: [0, 0, 0], covariance_tn_km2: [0, 0, 0],
  range_km: { low: 1, best: 3, high: 5 }, revolution_s: 5400, choices: [],
};

test('the pair stands between two columns where the moment does', () => {
  assert.equal(placeOf(page, 20), 1.5);
  assert.equal(placeOf(page, -5), 0);
  assert.equal(placeOf(page, 99), 2);
  const half = pairAt(page, 1.5);
  assert.equal(half.inTrackKm, 10);
  assert.equal(half.radialKm, 1.5);
  assert.equal(pairAt(page, page.closest).rangeKm, page.closest_km);
});

test('an error ellipse has the axes of its covariance', () => {
  const plain = ellipseOf({ across: 9, up: 4, both: 0 }, 2);
  assert.deepEqual([plain.longKm, plain.shortKm, plain.angleRad], [6, 4, 0]);
  // Turned by 30 degrees: the same axes.
  const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const turned = ellipseOf({ across: 9 * c * c + 4 * s * s, up: 9 * s * s + 4 * c * c, both: 5 * c * s }, 2);
  assert.ok(Math.abs(turned.longKm - 6) < 1e-9 && Math.abs(turned.shortKm - 4) < 1e-9);
  assert.ok(Math.abs(turned.angleRad - Math.PI / 6) < 1e-9);
});

test('the error of a range is that along the line of sight', () => {
  assert.equal(rangeSigmaKm(pairAt(page, 0)), 2);
  assert.equal(rangeSigmaKm(pairAt(page, 1)), 1);
});

test('rings are round distances inside the reach', () => {
  assert.deepEqual(ringsKm(70), [10, 20, 50]);
  assert.deepEqual(ringsKm(0), []);
});

const belt: BeltPage = {
  middle_deg_east: 170, width_deg: 40, since_h: -24, as_of_utc: '2026-11-27T00:00:00Z', until_h: 24,
  lines: {
    norad_id: [7, 8], name: ['A', 'B'], role: ['asset', 'other'], drift_deg_day: [0, 24],
    inclination_deg: [0, 3], past: [1, 1], points: [3, 3],
    hours: [-24, 0, 24, -24, 0, 24], deg_east: [170, 170, 170, -170, -146, -122],
  },
  slots: [], stays: [], neighbours: [], objects: 2, left_out: 0,
};

test('lines of the belt are parted, turned and cut at the edges of the strip', () => {
  const [asset, drifter] = beltLines(belt);
  assert.deepEqual(asset!.past.map((point) => point.x), [0, 0]);
  assert.deepEqual(piecesInside(drifter!.past, 20), [[{ h: -24, x: 20 }, { h: -24, x: 20 }]]);
  const across = piecesInside([{ h: 0, x: -200 }, { h: 10, x: -160 }], 180);
  assert.deepEqual(across, [
    [{ h: 0, x: 160 }, { h: 5, x: 180 }],
    [{ h: 5, x: -180 }, { h: 10, x: -160 }],
  ]);
  assert.equal(placeAt(drifter!, 12), wrap(-134 - 170));
  assert.equal(placeAt(drifter!, 99), null);
});

test('labels are pushed apart and stay inside', () => {
  const spread = spreadLabels([100, 101, 102, 400], 50, 0, 420);
  const sorted = [...spread].sort((a, b) => a - b);
  for (let k = 1; k < sorted.length; k += 1) assert.ok(sorted[k]! - sorted[k - 1]! >= 50 - 1e-9);
  assert.ok(Math.max(...spread) <= 420);
  const placed = uncovered([[0, 10], [5, 12], [500, 10]], 100, 16);
  assert.deepEqual(placed[2], [500, 10]);
  assert.ok(placed[1]![1] - placed[0]![1] >= 16);
});

test('percentiles lie between the nearest values', () => {
  assert.equal(percentile([1, 2, 3, 4, 5], 50), 3);
  assert.equal(percentile([1, 2], 25), 1.25);
  assert.ok(Number.isNaN(percentile([], 50)));
});

test('the span of the timeline zooms about a moment and holds another', () => {
  const span = { fromMs: 0, toMs: 1e9 };
  const near = zoomed(span, 0.5, 2.5e8);
  assert.equal(near.toMs - near.fromMs, 5e8);
  assert.equal((2.5e8 - near.fromMs) / 5e8, 0.25);
  assert.equal(zoomed(span, 1e-9, 0).toMs, SHORTEST_MS);
  assert.deepEqual(moved(span, 0.1), { fromMs: 1e8, toMs: 1.1e9 });
  const held = holding(span, 2e9);
  assert.ok(held.fromMs < 2e9 && held.toMs > 2e9);
  assert.equal(holding(span, 5e8), span);
});

test('the moment of knowledge snaps to boards that are kept', () => {
  const boards = [1e6, 5e6, 9e6];
  assert.equal(snapped(4.7e6, boards, 5e5), 5e6);
  assert.equal(snapped(3e6, boards, 5e5), 3e6);
  assert.equal(boardBeside(5e6, boards, -1), 1e6);
  assert.equal(boardBeside(5e6, boards, 1), 9e6);
  assert.equal(boardBeside(9e6, boards, 1), null);
  assert.equal(isoSecond(Date.UTC(2026, 10, 27, 1, 2, 3, 400)), '2026-11-27T01:02:03Z');
});

test('the flat map is true to shape in its middle and keeps its edges inside', () => {
  const map = flatMap({ south: 27, north: 38, west: -105, east: -89 }, 900, 300);
  assert.ok(map.edges.west <= -105 && map.edges.east >= -89 && map.edges.south <= 27 && map.edges.north >= 38);
  assert.ok(Math.abs(map.lon(map.x(-97)) + 97) < 1e-9 && Math.abs(map.lat(map.y(33)) - 33) < 1e-9);
  const oneDegree = { tall: map.y(32) - map.y(33), wide: map.x(-96) - map.x(-97) };
  assert.ok(Math.abs(oneDegree.wide / oneDegree.tall - Math.cos((32.5 * Math.PI) / 180)) < 0.01);
  // The same ring a turn away is the same path.
  const ring = [-97, 32, -96, 32, -96, 33];
  assert.equal(ringPath(ring, map), ringPath(ring.map((value, k) => (k % 2 === 0 ? value + 360 : value)), map));
  assert.equal(ringPath([10, 0, 11, 0, 11, 1], map), '');
});

test('coasts are read from a topology and cut where they jump', () => {
  const arcs = arcsOf({ transform: { scale: [2, 1], translate: [-180, 0] }, arcs: [[[0, 5], [1, 1], [1, -1]]] });
  assert.deepEqual(arcs, [[-180, 5, -178, 6, -176, 5]]);
  const map = flatMap({ south: -60, north: 60, west: -180, east: 180 }, 720, 240);
  const path = linePath([179, 0, -179, 0, -178, 0], map);
  assert.ok(path.split('M').length >= 3, path);
});

test('steps of intensity rise with the share', () => {
  assert.deepEqual([0.05, 0.1, 0.3, 0.6, 0.9].map(intensityStep), [0, 1, 2, 3, 4]);
});
