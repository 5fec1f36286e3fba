import assert from 'node:assert/strict';
import test from 'node:test';
import { type Lens, eyeAround, lensOf } from '../src/globe/camera.ts';
import { KINDS, SHAPE } from '../src/globe/looks.ts';
import { EARTH_KM } from '../src/globe/motion.ts';
import { onScreen } from '../src/globe/pick.ts';
import type { Frame } from '../src/globe/painter.ts';
import { placeOf } from '../src/globe/places.ts';
import { REST_MS, enlarge, makeBackdrop } from '../src/globe/plain/backdrop.ts';
import { angleOf, groundAt, looksOther, paintDisc, standpointOf, turned } from '../src/globe/plain/disc.ts';
import { paintLine, paintLink, paintPath } from '../src/globe/plain/lines.ts';
import { press, stampOf } from '../src/globe/plain/marks.ts';
import { type Pixels, mixed, pixelOf, pixelOfHex } from '../src/globe/plain/pixels.ts';
import { looksOf, paintPoints } from '../src/globe/plain/points.ts';
import { paintStars } from '../src/globe/plain/sky.ts';
import { signPlaces } from '../src/globe/signsheet.ts';
import { isSoftware, wishOf } from '../src/globe/ways.ts';

const WHITE = pixelOfHex('#ffffff');
const SKY = pixelOfHex('#04070d');
const SUN = [1, 0, 0] as const;

function empty(width: number, height: number): Pixels {
  return { data: new Int32Array(width * height), width, height };
}

function at({ data, width }: Pixels, x: number, y: number): number[] {
  const pixel = data[y * width + x]!;
  return [pixel & 0xff, (pixel >>> 8) & 0xff, (pixel >>> 16) & 0xff];
}

/** An eye on the axis x, five radii away, in a window of 200 by 100 pixels. */
const LENS: Lens = lensOf(eyeAround({ around: 0, above: 0, distance: 5 }, 0), 2);

function screenOf(x: number, y: number, z: number): readonly [number, number] | null {
  return onScreen({ matrix: LENS.matrix, eye: LENS.eye, width: 200, height: 100 }, x, y, z);
}

test('the lens puts what is looked at in the middle, north up, east to the right', () => {
  assert.deepEqual(screenOf(1, 0, 0), [100, 50]);
  const [east] = screenOf(1, 0.5, 0)!;
  const [, north] = screenOf(1, 0, 0.5)!;
  assert.ok(east > 100 && north < 50);
  // A field of 40 degrees: half the height at distance 4 is 4 tan 20°.
  const edge = screenOf(1, 0, 4 * Math.tan(Math.PI / 9))!;
  assert.ok(Math.abs(edge[1]) < 1e-9);
});

test('a pixel is made of its parts and mixed by its cover', () => {
  assert.equal(pixelOf(1, 2, 3) >>> 0, 0xff030201);
  assert.equal(pixelOfHex('#102030', 0.5), pixelOf(8, 16, 24));
  const [under, over] = [pixelOf(0, 100, 255), pixelOf(255, 200, 55)];
  assert.equal(mixed(under, over, 0), under);
  assert.equal(mixed(under, over, 256), over);
  assert.deepEqual(at({ data: Int32Array.of(mixed(under, over, 128)), width: 1, height: 1 }, 0, 0), [127, 150, 155]);
});

test('the fast angle is that of the library within 0.00002 rad', () => {
  for (let k = 0; k < 360; k += 1) {
    const [y, x] = [Math.sin(k * 0.01745 + 0.001), Math.cos(k * 0.01745 + 0.001)];
    assert.ok(Math.abs(angleOf(y, x) - Math.atan2(y, x)) < 2e-5, String(k));
  }
  assert.equal(angleOf(0, 0), 0);
});

test('the picture of the Earth is read by longitude and latitude, over the date line too', () => {
  // A picture whose red is the column and whose green is the row.
  const ground: Pixels = { data: new Int32Array(64 * 32), width: 64, height: 32 };
  ground.data.forEach((_, k) => (ground.data[k] = pixelOf((k % 64) * 2, Math.floor(k / 64) * 4, 0)));
  const read = (longitude: number, latitude: number): number[] => {
    const [l, b] = [(longitude * Math.PI) / 180, (latitude * Math.PI) / 180];
    const pixel = groundAt(ground, Math.cos(b) * Math.cos(l), Math.cos(b) * Math.sin(l), Math.sin(b));
    return at({ data: Int32Array.of(pixel), width: 1, height: 1 }, 0, 0);
  };
  const near = (found: number[], red: number, green: number): void =>
    assert.ok(Math.abs(found[0]! - red) <= 1 && Math.abs(found[1]! - green) <= 1, String(found));
  near(read(0, 0), 63, 62);
  near(read(90, 45), 95, 30);
  near(read(-90, -45), 31, 94);
  // Half of the last column and half of the first.
  near(read(180, 0), 63, 62);
  near(read(0, 90), 63, 0);
});

test('the disc covers what the Earth covers, lit on the side of the Sun', () => {
  const target = empty(200, 100);
  const ground: Pixels = { data: new Int32Array(8 * 4).fill(pixelOf(50, 50, 50)), width: 8, height: 4 };
  paintDisc(target, standpointOf(LENS, [0, 1, 0], 0), ground);
  assert.equal(target.data[0], SKY);
  const [day] = at(target, 110, 50);
  const [night] = at(target, 90, 50);
  assert.ok(day! > 60 && night! < 40, `${day} ${night}`);
  // Limb: asin(1/5) from the middle; the glow beyond it is brighter towards the Sun.
  const limb = Math.tan(Math.asin(1 / 5)) / (LENS.halfHeight / 50);
  assert.notEqual(target.data[50 * 200 + 100 + Math.floor(limb) - 1], SKY);
  const [, , blueDay] = at(target, Math.ceil(100 + limb * 1.02), 50);
  const [, , blueNight] = at(target, Math.floor(99 - limb * 1.02), 50);
  assert.ok(blueDay! > blueNight! && blueNight! >= 13);
  assert.equal(target.data[50 * 200 + Math.ceil(100 + limb * 1.12)], SKY);
});

test('the picture behind is made anew only where it would look other', () => {
  const home = standpointOf(LENS, SUN, 0);
  assert.equal(looksOther(home, home, 720), false);
  // An eye that goes round with the Earth sees the same; only the Sun goes on.
  const later = lensOf(eyeAround({ around: 0, above: 0, distance: 5 }, 0.001), 2);
  assert.equal(looksOther(home, standpointOf(later, SUN, 0.001), 720), false);
  assert.equal(looksOther(home, standpointOf(LENS, SUN, 0.001), 720), true);
  assert.equal(looksOther(home, standpointOf(LENS, turned(SUN, 0.02), 0), 720), true);
});

test('every object is a square of its colour and width; hidden ones are left out', () => {
  const km = EARTH_KM;
  const columns = {
    positions: Float32Array.of(1.2 * km, 0, 0, -1.2 * km, 0.001, 0, 0, 0, 0, 1.2 * km, 0.3 * km, 0),
    velocities: new Float32Array(12),
  };
  const looks = looksOf(['payload', 'payload', 'payload', 'debris'], 1);
  const target = empty(200, 100);
  assert.equal(paintPoints(target, columns, looks, LENS.matrix, LENS.eye, 0), 3);
  const count = (hex: string): number => target.data.filter((pixel) => pixel === pixelOfHex(hex)).length;
  // 2.2 pixels wide about the corner of four pixels; 1.5 wide elsewhere.
  assert.equal(count(KINDS['payload']![0]), 4);
  assert.ok(count(KINDS['debris']![0]) >= 1 && count(KINDS['debris']![0]) <= 4);
  assert.equal(target.data.filter((pixel) => pixel !== 0).length, 4 + count(KINDS['debris']![0]));
  assert.deepEqual(looksOf(['payload'], 0.5).colours[0], pixelOfHex(KINDS['payload']![0], 0.5));
});

test('objects move between states', () => {
  const columns = { positions: Float32Array.of(7000, 0, 0), velocities: Float32Array.of(0, 7.5, 0) };
  const place: [number, number, number] = [0, 0, 0];
  assert.ok(placeOf(columns, 0, 10, place));
  assert.ok(Math.abs(place[1] - 75 / EARTH_KM) < 1e-5);
  assert.equal(placeOf(columns, 1, 0, place), false);
  assert.equal(placeOf(columns, -1, 0, place), false);
  assert.equal(placeOf(null, 0, 0, place), false);
});

test('a line covers each step once, whichever way it is drawn', () => {
  for (const [from, to] of [
    [[1, 2, 1], [9, 5, 1]],
    [[9, 5, 1], [1, 2, 1]],
    [[3, 8, 1], [4, 1, 1]],
  ] as const) {
    const target = empty(12, 10);
    paintLine(target, from, to, WHITE);
    const covered = Array.from(target.data, (pixel) => pixel & 0xff).reduce((sum, part) => sum + part, 0) / 255;
    const steps = Math.max(Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1]));
    assert.ok(Math.abs(covered - steps) < 0.2, `${covered} ${steps}`);
  }
});

test('lines end at the window, before the eye, and where the Earth begins', () => {
  const painted = (from: readonly [number, number, number], to: readonly [number, number, number]): number => {
    const target = empty(200, 100);
    paintLink(target, LENS, from, to, WHITE, 1);
    return target.data.filter((pixel) => pixel !== 0).length;
  };
  assert.ok(painted([1.5, -50, 0], [1.5, 50, 0]) >= 200);
  assert.equal(painted([6, 0.1, 0], [7, 0.2, 0]), 0);
  // From before the eye to behind it: only the first part can be seen.
  assert.ok(painted([3, 0, 0.1], [8, 0, 0.1]) > 0);
  assert.equal(painted([-2, 0.1, 0], [-2, -0.1, 0]), 0);
});

test('a path is closed, in pairs, or open', () => {
  const corners = Float32Array.of(2, -0.5, -0.3, 2, 0.5, -0.3, 2, 0.5, 0.3, 2, -0.5, 0.3);
  const painted = (run?: 'closed' | 'pairs'): number => {
    const target = empty(200, 100);
    paintPath(target, LENS, corners, { colour: WHITE, cover: 1, ...(run === undefined ? {} : { run }) });
    return target.data.filter((pixel) => pixel !== 0).length;
  };
  assert.ok(painted('closed') > painted() && painted() > painted('pairs'));
});

test('marks have their shapes, and edges that stand out', () => {
  const pressed = (shape: (typeof SHAPE)[keyof typeof SHAPE]): Pixels => {
    const target = empty(15, 15);
    press(target, stampOf({ shape, colour: '#ff9d2e', size: 15 }), 7.5, 7.5);
    return target;
  };
  assert.deepEqual(at(pressed(SHAPE.diamond), 7, 7), [255, 157, 46]);
  assert.equal(pressed(SHAPE.diamond).data[0], 0);
  assert.equal(at(pressed(SHAPE.ring), 7, 7)[0]! < 60, true);
  assert.deepEqual(at(pressed(SHAPE.disc), 7, 7), [255, 157, 46]);
  // The triangle stands on its side: narrow above, broad below.
  const row = (y: number): number => [...Array(15).keys()].filter((x) => at(pressed(SHAPE.triangle), x, y)[0]! > 200).length;
  assert.ok(row(10) > row(5));
  const corner = empty(4, 4);
  press(corner, stampOf({ shape: SHAPE.disc, colour: '#ffffff', size: 15 }), 0, 0);
  assert.notEqual(corner.data[0], 0);
});

test('stars stand where nothing else is', () => {
  const target = empty(400, 200);
  target.data.fill(SKY);
  target.data.fill(WHITE, 0, 400 * 100);
  paintStars(target, LENS.matrix);
  assert.ok(target.data.subarray(0, 400 * 100).every((pixel) => pixel === WHITE));
  assert.ok(target.data.subarray(400 * 100).some((pixel) => pixel !== SKY));
});

test('no text lies upon another', () => {
  const signs = [0, 1, 2].map((row) => ({ row, title: '', more: '', plate: false }));
  const places = signPlaces(signs, (row) => (row === 2 ? null : [100.4, 50.2]));
  assert.deepEqual(places, [[100, 50], [100, 88], null]);
});

test('the address may ask for a way of drawing; names tell what a processor computes', () => {
  assert.equal(wishOf('?drawing=webgl'), 'webgl');
  assert.equal(wishOf('?drawing=plain'), 'plain');
  assert.equal(wishOf('?drawing=oil'), null);
  assert.equal(wishOf(''), null);
  assert.ok(isSoftware('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)'));
  assert.ok(isSoftware('llvmpipe (LLVM 15.0.7, 256 bits)') && isSoftware('ANGLE (Microsoft, Microsoft Basic Render Driver)'));
  assert.equal(isSoftware('ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0, D3D11)'), false);
});

test('the backdrop is coarse while the eye moves, fine when it rests, and kept while nothing changes', () => {
  const ground: Pixels = { data: new Int32Array(8 * 4).fill(pixelOf(50, 50, 50)), width: 8, height: 4 };
  const backdrop = makeBackdrop(200, 100, ground);
  const frame = (around: number): Frame => ({
    lens: lensOf(eyeAround({ around, above: 0, distance: 5 }, 0), 2), angle: 0, sun: SUN, dt: 0,
  });
  const fine = backdrop.of(frame(0), 0).data.slice();
  assert.equal(backdrop.isCoarse(), false);
  backdrop.of(frame(0.1), 30);
  assert.equal(backdrop.isCoarse(), true);
  backdrop.of(frame(0), 60);
  assert.equal(backdrop.isCoarse(), true);
  assert.notDeepEqual(backdrop.of(frame(0), 90).data, fine);
  assert.deepEqual(backdrop.of(frame(0), 60 + REST_MS).data, fine);
  assert.equal(backdrop.isCoarse(), false);
  assert.equal(backdrop.of(frame(0), 10_000).data, backdrop.of(frame(0), 10_001).data);
});

test('a picture half as large fills one of an odd size', () => {
  const half: Pixels = { data: Int32Array.of(1, 2, 3, 4), width: 2, height: 2 };
  const whole = empty(3, 3);
  enlarge(half, whole);
  assert.deepEqual([...whole.data], [1, 1, 2, 1, 1, 2, 3, 3, 4]);
});
