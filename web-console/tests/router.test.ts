import assert from 'node:assert/strict';
import test from 'node:test';
import { formatRoute, parseRoute } from '../src/shell/router.ts';

test('an address is read into name, id and moment', () => {
  assert.deepEqual(parseRoute('#/incident/INC-b2e3aef06a?as_known_at=2026-11-27T21:00:00Z&tab=factors'), {
    name: 'incident',
    id: 'INC-b2e3aef06a',
    asKnownAt: '2026-11-27T21:00:00Z',
    more: { tab: 'factors' },
  });
});

test('a moment before the hash counts too', () => {
  assert.equal(parseRoute('#/object/25544', '?as_known_at=2009-02-10T16:00:00Z').asKnownAt, '2009-02-10T16:00:00Z');
});

test('what is not understood is left out', () => {
  assert.equal(parseRoute('#/object/%E0%A4%A').id, '%E0%A4%A');
  assert.equal(parseRoute('#/?as_known_at=yesterday').asKnownAt, null);
  assert.deepEqual(parseRoute(''), { name: '', id: '', asKnownAt: null, more: {} });
});

test('what is written is read back', () => {
  const places = [
    { name: 'object', id: '999999999', asKnownAt: null, more: {} },
    { name: 'dossier', id: 'a b/ü', asKnownAt: '2026-11-27T21:00:00Z', more: { release_to: 'JPN,USA' } },
    { name: '', id: '', asKnownAt: '2026-11-27T21:00:00Z', more: {} },
  ];
  for (const place of places) assert.deepEqual(parseRoute(formatRoute(place)), place);
});
