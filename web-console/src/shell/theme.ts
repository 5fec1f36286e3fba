/** Dark or light; dark is the room at night, light the printed page. */
import { effect, signal } from '@preact/signals';
import { kept } from './kept.ts';

export type Theme = 'dark' | 'light';

export const theme = signal<Theme>(kept.read('theme') === 'light' ? 'light' : 'dark');

export function toggleTheme(): void {
  theme.value = theme.peek() === 'dark' ? 'light' : 'dark';
}

/** Show the theme and remember it; call once at the start. */
export function followTheme(): void {
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value;
    kept.write('theme', theme.value);
  });
}
