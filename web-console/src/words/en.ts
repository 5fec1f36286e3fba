/** Every English table; each area has its own file. */
import { exerciseEn } from './exercise.en.ts';
import { globeEn } from './globe.en.ts';
import { pagesEn } from './pages.en.ts';
import { picturesEn } from './pictures.en.ts';
import { shellEn } from './shell.en.ts';

export const en = {
  ...shellEn,
  ...globeEn,
  ...pagesEn,
  ...picturesEn,
  ...exerciseEn,
} as const;
