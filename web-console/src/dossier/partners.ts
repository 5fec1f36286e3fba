/** Codes of partners as people type them; pure. */

const CODE = /^[A-Z][A-Z0-9_-]{1,31}$/;

/** The codes in a text parted by commas or blanks, in capitals and each once; null where one is none. */
export function partnersIn(text: string): readonly string[] | null {
  const parts = text
    .toUpperCase()
    .split(/[\s,、，]+/)
    .filter((part) => part !== '');
  if (!parts.every((part) => CODE.test(part))) return null;
  return [...new Set(parts)];
}
