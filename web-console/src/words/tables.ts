/** The server's reviewed tables: kinds, attention, likelihood words, factors, gates. */
import { effect, signal } from '@preact/signals';
import { get } from '../api/client.ts';
import { askedAgain } from '../api/shared.ts';
import { type Language, language } from './words.ts';

type Table = Readonly<Record<string, string>>;

const tables = signal<Readonly<Partial<Record<Language, Table>>>>({});

/** Ask for the table of the language shown, and the English one, whose words values are kept in. */
export function followTables(): void {
  effect(() => {
    void askedAgain.value;
    for (const wanted of new Set<Language>(['en', language.value])) {
      if (tables.peek()[wanted] !== undefined) continue;
      get<Table>(`words/${wanted}`).then(
        (table) => {
          tables.value = { ...tables.peek(), [wanted]: table };
        },
        () => undefined, // Asked again when the language or the viewer changes; keys stand meanwhile.
      );
    }
  });
}

/** The reviewed text of a key in the language shown; else the end of the key, readable. */
export function reviewed(key: string): string {
  const text = tables.value[language.value]?.[key];
  return text ?? (key.split('.').at(-1) ?? key).replaceAll('_', ' ');
}

/** Whether a reviewed table has the key. */
export function isReviewed(key: string): boolean {
  return tables.value[language.value]?.[key] !== undefined;
}

/** The keys of the reviewed table that begin so, in its order. */
export function reviewedKeys(start: string): readonly string[] {
  return Object.keys(tables.value.en ?? {}).filter((key) => key.startsWith(start));
}

/** The English text of a key: values of decisions are kept in these words. */
export function keptWord(key: string): string {
  return tables.value.en?.[key] ?? key;
}
