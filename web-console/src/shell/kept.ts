/** Small choices that outlive a visit; a browser that keeps nothing is no problem. */
export const kept = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(`hoshimori.${name}`);
    } catch {
      return null;
    }
  },
  write(name: string, value: string): void {
    try {
      localStorage.setItem(`hoshimori.${name}`, value);
    } catch {
      // Private windows may refuse; the choice then lasts as long as the page.
    }
  },
};
