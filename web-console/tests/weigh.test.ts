import assert from 'node:assert/strict';
import test from 'node:test';
import { barOf, benignFirst, isInsufficient, sides } from '../src/incident/weigh.ts';
import type { ExplanationRow } from '../src/pieces/shapes.ts';

const explained = (hypothesis: string, low: number, high: number, benign = false): ExplanationRow => ({
  hypothesis, name: hypothesis, words: '', interval: '', before: '', against: '0',
  likelihood: { low, high }, benign, decision: '',
});

test('where intervals overlap no explanation is preferred', () => {
  assert.equal(isInsufficient([explained('H3', 0.5, 0.9), explained('H4', 0.1, 0.4)], true), false);
  assert.equal(isInsufficient([explained('H3', 0.3, 0.9), explained('H4', 0.1, 0.4)], true), true);
});

test('nor is one where the two methods disagree, or where there is none', () => {
  assert.equal(isInsufficient([explained('H3', 0.5, 0.9), explained('H4', 0.1, 0.4)], false), true);
  assert.equal(isInsufficient([], true), true);
});

test('explanations that accuse nobody come first, all others stay', () => {
  const [benign, others] = benignFirst([
    explained('H7', 0.6, 0.8), explained('H3', 0.2, 0.4, true), explained('H0', 0, 0.1),
  ]);
  assert.deepEqual(benign.map((one) => one.hypothesis), ['H3']);
  assert.deepEqual(others.map((one) => one.hypothesis), ['H7', 'H0']);
});

test('evidence is for some and against others, and neutral for the rest', () => {
  const row = { evidence_id: 'e', sentence: '', numbers: '', source: '' };
  assert.deepEqual(sides({ ...row, ratings: ['CC', 'N', 'I', 'C', 'II'] }), { fits: [0, 3], against: [2, 4] });
});

test('a bar stays inside its track and can be seen', () => {
  assert.deepEqual(barOf(0.25, 0.75), { left: 25, width: 50 });
  const thin = barOf(1, 1);
  assert.ok(thin.width > 1 && thin.left + thin.width <= 100);
});
