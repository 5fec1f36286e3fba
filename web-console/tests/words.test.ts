import assert from 'node:assert/strict';
import test from 'node:test';
import { en } from '../src/words/en.ts';
import { ja } from '../src/words/ja.ts';
import { filled } from '../src/words/words.ts';

const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('both languages have the same keys and the same places to fill', () => {
  assert.deepEqual(Object.keys(ja).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    assert.ok(text.trim() !== '', key);
    assert.ok(ja[key as keyof typeof ja].trim() !== '', key);
    assert.deepEqual(places(ja[key as keyof typeof ja]), places(text), key);
  }
});

test('no key is in two tables', async () => {
  const { readdir } = await import('node:fs/promises');
  const files = (await readdir(new URL('../src/words', import.meta.url))).filter((name) => /\.en\.ts$/.test(name));
  const tables = await Promise.all(files.map((name) => import(`../src/words/${name}`)));
  const keys = tables.flatMap((table) => Object.values(table).flatMap((words) => Object.keys(words as object)));
  assert.equal(new Set(keys).size, keys.length);
  assert.equal(keys.length, Object.keys(en).length);
});

test('values fill their places; a place without a value stays', () => {
  assert.equal(filled('{km} km of {all}', { km: 7 }), '7 km of {all}');
});
