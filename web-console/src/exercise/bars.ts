/** Where things stand in the course of an exercise. Pure. */
import type { ScriptTold } from './told.ts';

/** Rows in which no two bars overlap: for each bar its row, and how many rows there are. */
export function rowsOf(bars: readonly { readonly fromH: number; readonly toH: number }[]): readonly number[] {
  const ends: number[] = [];
  return bars.map(({ fromH, toH }) => {
    const free = ends.findIndex((end) => end <= fromH);
    const row = free < 0 ? ends.length : free;
    ends[row] = toH;
    return row;
  });
}

/** The next moment of the script that is still to come, in hours from the start; null for none. */
export function nextOf(script: Pick<ScriptTold, 'injects' | 'pauses_h'>, atHours: number): number | null {
  const coming = [...script.injects.map((one) => one.at_h), ...script.pauses_h].filter((one) => one > atHours);
  return coming.length === 0 ? null : Math.min(...coming);
}
