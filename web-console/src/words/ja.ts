/** Every Japanese table; each area has its own file. */
import { exerciseJa } from './exercise.ja.ts';
import { globeJa } from './globe.ja.ts';
import { pagesJa } from './pages.ja.ts';
import { picturesJa } from './pictures.ja.ts';
import { shellJa } from './shell.ja.ts';

export const ja = {
  ...shellJa,
  ...globeJa,
  ...pagesJa,
  ...picturesJa,
  ...exerciseJa,
} as const;
