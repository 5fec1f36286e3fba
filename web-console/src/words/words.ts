/** Wording: one table an area and language, with the same keys (the compiler and a test see to it). */
import { effect, signal } from '@preact/signals';
import { kept } from '../shell/kept.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export type Language = 'en' | 'ja';
export type WordKey = keyof typeof en;

const TABLES: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { en, ja };

function firstLanguage(): Language {
  const chosen = kept.read('language');
  if (chosen === 'en' || chosen === 'ja') return chosen;
  return typeof navigator !== 'undefined' && navigator.language.startsWith('ja') ? 'ja' : 'en';
}

export const language = signal<Language>(firstLanguage());

/** The text of a key in the language shown; `{name}` in it is replaced by `values.name`. */
export function word(key: WordKey, values: Readonly<Record<string, string | number>> = {}): string {
  return filled(TABLES[language.value][key], values);
}

/** Replace `{name}` by its value; a name without a value stays as written. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function toggleLanguage(): void {
  language.value = language.peek() === 'en' ? 'ja' : 'en';
}

/** Tell the document its language and remember it; call once at the start. */
export function followLanguage(): void {
  effect(() => {
    document.documentElement.lang = language.value;
    kept.write('language', language.value);
  });
}
