import assert from 'node:assert/strict';
import test from 'node:test';
import { address, problemOf } from '../src/api/client.ts';
import { liveData, waitMs } from '../src/api/live.ts';

test('parameters without a value are left out of an address', () => {
  assert.equal(address('board', { as_known_at: null, language: 'ja', limit: 0 }), '/api/v1/board?language=ja&limit=0');
  assert.equal(address('/objects/25544'), '/api/v1/objects/25544');
});

test('a refusal is told in the words of the server', async () => {
  const said = { problem: 'no such object', where: 'objects/7', expected: 'a catalogue number', do: 'search for its name' };
  const problem = await problemOf(new Response(JSON.stringify(said), { status: 404 }));
  assert.deepEqual([problem.status, problem.message, problem.remedy], [404, 'no such object', 'search for its name']);
});

test('a refusal that is no JSON is told by its status', async () => {
  const problem = await problemOf(new Response('<h1>Bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' }));
  assert.equal(problem.message, '502 Bad Gateway');
});

test('waiting doubles up to half a minute and is spread by chance', () => {
  assert.deepEqual([0, 1, 2].map((attempt) => waitMs(attempt, 1)), [1000, 2000, 4000]);
  assert.equal(waitMs(20, 1), 30_000);
  assert.equal(waitMs(20, 0), 15_000);
});

test('data of an event are JSON, else text', () => {
  assert.deepEqual(liveData('{"view_id": "a"}'), { view_id: 'a' });
  assert.equal(liveData('soon'), 'soon');
});
