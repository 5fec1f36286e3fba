import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type BoardRow, choices, chosenRows, filtersOf, grouped, orderedRows, orderOf,
} from '../src/board/choose.ts';

const row = (id: string, changes: Partial<BoardRow> = {}): BoardRow => ({
  incident_id: id, attention: 'log', attention_text: '', what: '', more: '', when: '', range: '',
  rarity: '', confidence: '', next_step: '', reality: 'SIMULATED', direction: 'within',
  direction_text: '', assets: [1], others: [], start_utc: '2026-11-27T00:00:00Z',
  end_utc: '2026-11-27T06:00:00Z', kinds: ['conjunction'], finding_ids: [], regimes: ['LEO'],
  ...changes,
});

const ROWS = [
  row('a', { attention: 'look_now', kinds: ['geo_neighbour', 'manoeuvre'], regimes: ['GEO'], state: 'new' }),
  row('b', { attention: 'watch', assets: [7], start_utc: '2026-11-28T00:00:00Z', end_utc: '2026-11-28T01:00:00Z' }),
  row('c', { start_utc: '2026-11-20T00:00:00Z', end_utc: '2026-11-21T00:00:00Z', direction: 'ground' }),
  row('d', { start_utc: '2026-11-27T20:00:00Z', end_utc: '2026-11-27T20:00:00Z' }),
];
const ids = (rows: readonly BoardRow[]): string => rows.map((one) => one.incident_id).join('');

test('rows fit every filter that is set, and all rows fit none', () => {
  assert.equal(ids(chosenRows(ROWS, {})), 'abcd');
  assert.equal(ids(chosenRows(ROWS, { kind: 'manoeuvre' })), 'a');
  assert.equal(ids(chosenRows(ROWS, { asset: '1', kind: 'conjunction' })), 'cd');
  assert.equal(ids(chosenRows(ROWS, { direction: 'ground', regime: 'GEO' })), '');
  assert.equal(ids(chosenRows(ROWS, { state: 'new' })), 'a');
});

test('an address gives the filters and the order that it names, and nothing else', () => {
  assert.deepEqual(filtersOf({ kind: 'decay', colour: 'red', asset: '' }), { kind: 'decay' });
  assert.equal(orderOf({ order: 'soonest' }), 'soonest');
  assert.equal(orderOf({ order: 'by magic' }), 'urgency');
});

test('the soonest comes first, what goes on before what comes, and what is over last', () => {
  const asOf = '2026-11-27T03:00:00Z';
  assert.equal(ids(orderedRows(ROWS, 'soonest', asOf)), 'adbc');
  assert.equal(ids(orderedRows(ROWS, 'latest', asOf)), 'bdac');
  assert.equal(ids(orderedRows(ROWS, 'asset', asOf)), 'acdb');
  assert.equal(ids(orderedRows(ROWS, 'urgency', asOf)), 'abcd');
});

test('choices are counted, and attention keeps its own order', () => {
  assert.deepEqual(choices(ROWS, 'attention'), [['look_now', 1], ['watch', 1], ['log', 2]]);
  assert.deepEqual(choices(ROWS, 'regime'), [['GEO', 1], ['LEO', 3]]);
  assert.deepEqual(grouped(ROWS).map((group) => group.rows.length), [1, 1, 2]);
});
