import assert from 'node:assert/strict';
import test from 'node:test';
import { jumpTo, momentOf, nowMs, pause, play, playing, rate, setRate, stepRate, utcText } from '../src/shell/clock.ts';
import { NEAR_MS, presentOf } from '../src/shell/present.ts';

test('time goes with its rate, forwards and backwards', () => {
  const run = { simMs: 1_000_000, steadyMs: 500, rate: 60 };
  assert.equal(momentOf(run, 1_500), 1_060_000);
  assert.equal(momentOf({ ...run, rate: -10 }, 1_500), 990_000);
  assert.equal(momentOf({ ...run, rate: 0 }, 99_999), 1_000_000);
});

test('a paused clock keeps its moment, and its rate for later', () => {
  setRate(60);
  jumpTo(Date.UTC(2026, 10, 27));
  pause();
  const stood = nowMs();
  assert.equal(playing.value, false);
  assert.equal(nowMs(), stood);
  assert.equal(rate.value, 60);
  stepRate(-1);
  assert.equal(rate.value, 10);
  play();
  assert.equal(playing.value, true);
  assert.ok(nowMs() >= stood);
});

test('a moment is written as UTC', () => {
  assert.equal(utcText(Date.UTC(2026, 10, 27, 21, 3, 5)), '2026-11-27 21:03:05');
});

test('a board of another time sets the present', () => {
  const browser = Date.UTC(2026, 10, 27);
  assert.equal(presentOf(browser - NEAR_MS, browser), browser);
  assert.equal(presentOf(browser - 2 * NEAR_MS, browser), browser - 2 * NEAR_MS);
  assert.equal(presentOf(null, browser), browser);
});
