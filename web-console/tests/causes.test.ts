import assert from 'node:assert/strict';
import test from 'node:test';
import { type CauseLine, fieldOfMoment, momentOfField, parted, placeOfField } from '../src/causes/told.ts';

const line = (kind: string, standing: CauseLine['standing']): CauseLine => ({
  kind, standing, standing_text: '', cause: '', what: '', chance: '', span: '', p_value: null, objects: [],
});

test('lines keep their order within their standing, and none is lost', () => {
  const lines = [line('storm', 'unusual'), line('decay', 'absent'), line('eclipse', 'unusual')];
  const parts = parted(lines);
  assert.deepEqual(parts.get('unusual')?.map((one) => one.kind), ['storm', 'eclipse']);
  assert.equal([...parts.values()].flat().length, lines.length);
  assert.equal(parts.has('not_judged'), false);
});

test('a moment is typed in UTC, and what is none asks for nothing', () => {
  assert.equal(momentOfField(' 2026-11-27 05:58 '), '2026-11-27T05:58:00Z');
  assert.equal(momentOfField('2026-11-27T05:58:30Z'), '2026-11-27T05:58:30Z');
  for (const none of ['', '27.11.2026', '2026-13-40 99:99', 'now']) assert.equal(momentOfField(none), '');
  assert.equal(fieldOfMoment('2026-11-27T05:58:30.000Z'), '2026-11-27 05:58');
  assert.equal(fieldOfMoment(''), '');
});

test('a place is typed with a comma of either language, or a blank', () => {
  for (const typed of ['35.7,139.7', '35.7, 139.7', '35.7 139.7', '35.7、139.7', '35.7，139.7']) {
    assert.equal(placeOfField(typed), '35.7,139.7');
  }
  assert.equal(placeOfField(' '), '');
});
