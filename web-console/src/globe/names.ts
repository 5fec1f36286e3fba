/** Which objects bear their names: the chosen, the one under the pointer, else the most urgent. */
import { board } from '../api/shared.ts';
import { chosenObjects, hovered } from '../shell/chosen.ts';
import { shownMs } from '../shell/clock.ts';
import { word } from '../words/words.ts';
import { below } from './earth.ts';
import { objects, placed, rowOf } from './feed.ts';
import { attentionOf } from './marked.ts';
import { EARTH_KM } from './motion.ts';
import type { Sign } from './signsheet.ts';
import type { View } from './view.ts';

const MOST_URGENT = 5;
const MOST_CHOSEN = 8;

/** The signs of now; reads signals, so an effect around it keeps them right. */
export function signsOf(view: View): Sign[] {
  if (objects.value === null || placed.value === 0) return [];
  const wanted = new Map<number, boolean>();
  if (chosenObjects.value.length === 0) {
    const urgent = [...attentionOf(board.value.data?.rows ?? [])].filter(([, level]) => level === 'look_now');
    for (const [id] of urgent.slice(0, MOST_URGENT)) wanted.set(id, false);
  }
  for (const id of chosenObjects.value.slice(0, MOST_CHOSEN)) wanted.set(id, true);
  if (hovered.value !== null) wanted.set(hovered.value, true);
  const list = objects.value;
  return [...wanted]
    .filter(([id]) => rowOf(id) >= 0)
    .map(([id, plate]) => {
      const row = rowOf(id);
      const more = plate ? moreOf(view, row, id, list.owner[row] ?? '') : '';
      return { row, title: list.name[row] || String(id), more, plate };
    });
}

function moreOf(view: View, row: number, id: number, owner: string): string {
  const parts = [word('globe.number', { id }), owner].filter((part) => part !== '');
  const position = view.positionOf(row);
  if (position !== null) {
    const { heightKm } = below(position, shownMs.peek(), EARTH_KM);
    parts.push(word('globe.height', { km: Math.round(heightKm).toLocaleString('en') }));
  }
  return parts.join(' · ');
}
