import assert from 'node:assert/strict';
import test from 'node:test';
import type { ExerciseState } from '../src/api/types.ts';
import { hoursOfField, rightText } from '../src/exercise/answering.ts';
import { nextOf, rowsOf } from '../src/exercise/bars.ts';
import { fieldsOf, freeId, lineOf, shapeOf, tomlOf, tomlValue, unitOf, valuesOf } from '../src/exercise/injecting.ts';
import type { KindTold, QuestionTold } from '../src/exercise/told.ts';
import { carriedOn, gaitOf, hoursAt, momentAt, sinceStartText, spanWords, wallWords } from '../src/shell/exerciseClock.ts';

const STATE: ExerciseState = {
  name: 'Autumn Sky', title: '', story: '', task: '', now_utc: '2026-01-01T03:00:00Z',
  until_utc: '2026-01-01T06:00:00Z', starts_utc: '2026-01-01T00:00:00Z', ends_utc: '2026-01-03T00:00:00Z',
  at_h: 3, length_h: 48, speed: 60, is_paused: false, is_behind: false, is_over: false,
  my_cell: 'blue', is_director: false, plays_all: false, cells: [],
};
const at = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

test('the clock of an exercise is carried on at its speed, and never past what is due', () => {
  assert.equal(at(carriedOn(STATE, 60_000)), '04:00:00');
  assert.equal(at(carriedOn(STATE, 600_000)), '06:00:00');
  assert.equal(at(carriedOn({ ...STATE, until_utc: '2026-01-01T02:00:00Z' }, 60_000)), '03:00:00');
});

test('a clock that stands is not carried on, and says why', () => {
  for (const [change, gait] of [
    [{ is_paused: true }, 'paused'], [{ is_behind: true }, 'behind'],
    [{ is_over: true, is_paused: true }, 'over'],
  ] as const) {
    assert.equal(gaitOf({ ...STATE, ...change }), gait);
    assert.equal(at(carriedOn({ ...STATE, ...change }, 60_000)), '03:00:00');
  }
});

test('hours from the start and moments are one another', () => {
  assert.equal(hoursAt(STATE, momentAt(STATE, 26.5)), 26.5);
  assert.deepEqual([26.1, -1.5, 120].map(sinceStartText), ['+26:06', '−01:30', '+120:00']);
  assert.deepEqual([spanWords(59 * 60_000), spanWords(90 * 60_000)], ['59 min', '1 h 30 min']);
  assert.deepEqual([5_100, 600_000, 9 * 3_600_000].map(wallWords), ['6 s', '10 min', '9 h']);
});

test('a moment is typed in UTC and sent as hours', () => {
  assert.equal(hoursOfField(' 2026-01-02 02:30 ', STATE.starts_utc), '26.5');
  assert.equal(hoursOfField('tomorrow', STATE.starts_utc), null);
});

test('what is right is told in words of its kind', () => {
  const question = { kind: 'choice', choices: ['a', 'b', 'c'], right: ['2', '3'] } as unknown as QuestionTold;
  assert.equal(rightText(question, STATE), 'b, c');
  assert.equal(rightText({ ...question, kind: 'time', right: ['0', '18'] }, STATE), '2026-01-01 00:00Z – 2026-01-01 18:00Z');
});

const KIND: KindTold = {
  kind: 'release', title: 'release',
  schema: {
    required: ['kind', 'id', 'at_h', 'part', 'released', 'delta_v_rtn_m_s', 'catalogued_after_h'],
    properties: {
      kind: { const: 'release' }, id: { type: 'string' }, at_h: { type: 'number' }, part: { type: 'string' },
      released: { type: 'string' }, delta_v_rtn_m_s: { type: 'array', items: { type: 'number' } },
      catalogued_after_h: { type: 'number' }, sunlit: { type: 'boolean' }, for_cells: { type: 'array' },
    },
  },
};

test('fields are filled by what they hold', () => {
  assert.deepEqual(
    fieldsOf(KIND).map(([name, schema]) => shapeOf(name, schema)),
    ['part', 'new-part', 'vector', 'number', 'flag', 'cells'],
  );
  assert.equal(shapeOf('how', { enum: ['shadow'] }), 'enum');
  assert.deepEqual(['range_km', 'delta_v_rtn_m_s', 'acceleration_m_s2', 'pieces'].map(unitOf), ['km', 'm/s', 'm/s²', '']);
});

test('a form is written as a script writes it, with the part that it brings', () => {
  const form = new FormData();
  for (const [name, value] of [
    ['part', 'relay'], ['released', 'child'], ['delta_v_rtn_m_s', '0'], ['delta_v_rtn_m_s', '-0.5'],
    ['delta_v_rtn_m_s', '0'], ['catalogued_after_h', '4'], ['sunlit', ''],
  ] as const) form.append(name, value);
  assert.equal(
    tomlOf('live-1', 'release', undefined, valuesOf(KIND, form), ['relay']),
    '[[part]]\nname = "child"\n\n[[inject]]\nid = "live-1"\nkind = "release"\npart = "relay"\n' +
      'released = "child"\ndelta_v_rtn_m_s = [0, -0.5, 0]\ncatalogued_after_h = 4\n',
  );
});

test('texts become strings of TOML, whatever is in them', () => {
  assert.equal(tomlValue('say "no"\n\\ \u007f 通報'), '"say \\"no\\"\\n\\\\ \\u007f 通報"');
});

test('a mistake is found by the line of its field', () => {
  const toml = '[[part]]\nname = "x"\n\n[[inject]]\nid = "a"\n[[inject]]\nid = "b"\n  grade = "Z9"\n';
  assert.equal(lineOf(toml, 'inject[2].grade'), 8);
  assert.equal(lineOf(toml, 'inject[1].grade'), 4);
  assert.equal(lineOf(toml, 'toml'), 0);
});

test('a new inject has a name that no other has', () => {
  assert.equal(freeId(['comes', 'live-1', 'live-3']), 'live-2');
});

test('what comes next is the nearest inject or pause, and bars never lie on one another', () => {
  const script = { injects: [{ at_h: 2 }, { at_h: 30 }], pauses_h: [24] } as unknown as Parameters<typeof nextOf>[0];
  assert.deepEqual([1, 3, 25, 31].map((hour) => nextOf(script, hour)), [2, 24, 30, null]);
  assert.deepEqual(rowsOf([{ fromH: 0, toH: 5 }, { fromH: 1, toH: 3 }, { fromH: 3, toH: 6 }, { fromH: 5, toH: 7 }]), [0, 1, 1, 0]);
});
