import assert from 'node:assert/strict';
import test from 'node:test';
import { partnersIn } from '../src/dossier/partners.ts';
import { pathOf, pointsOf, rangeOf, thinned, unwound } from '../src/object/series.ts';

const points = (values: readonly number[]) => values.map((value, place) => ({ ms: place * 1000, value }));

test('moments without a value are left out, not drawn as nought', () => {
  const found = pointsOf(['2026-11-27T00:00:00Z', '2026-11-28T00:00:00Z'], [null, 7]);
  assert.deepEqual(found, [{ ms: Date.parse('2026-11-28T00:00:00Z'), value: 7 }]);
});

test('thinning keeps a jump that lasts for one point', () => {
  const values = Array.from({ length: 5000 }, (_, place) => (place === 3111 ? 9 : 1));
  const kept = thinned(points(values), 300);
  assert.ok(kept.length <= 300);
  assert.ok(kept.some((point) => point.value === 9));
  assert.deepEqual([...kept].sort((a, b) => a.ms - b.ms), kept);
});

test('an angle goes on past 360 degrees in both directions', () => {
  assert.deepEqual(unwound(points([350, 359, 5])).map((one) => one.value), [350, 359, 365]);
  assert.deepEqual(unwound(points([5, 355])).map((one) => one.value), [5, -5]);
});

test('noise is no mountain: a small range is widened about its middle', () => {
  assert.deepEqual(rangeOf(points([5, 5.5]), 2), [4.25, 6.25]);
  assert.deepEqual(rangeOf(points([1, 9]), 2), [1, 9]);
  assert.equal(pathOf(points([0, 1]), [0, 1], 10, 4), 'M0.0 4.0L10.0 0.0');
});

test('codes of partners are read as typed, each once; what is none is told', () => {
  assert.deepEqual(partnersIn(' jpn, usa　JPN'), ['JPN', 'USA']);
  assert.deepEqual(partnersIn('JPN、AUS'), ['JPN', 'AUS']);
  assert.deepEqual(partnersIn(''), []);
  assert.equal(partnersIn('JPN, <script>'), null);
});
