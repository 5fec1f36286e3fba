/** Names beside what is chosen, under the pointer, or most urgent; moved with every frame. */
import { useEffect, useRef } from 'preact/hooks';
import { board } from '../api/shared.ts';
import { chosenObjects, hovered } from '../shell/chosen.ts';
import { shownMs } from '../shell/clock.ts';
import { word } from '../words/words.ts';
import { below } from './earth.ts';
import { objects, rowOf } from './feed.ts';
import { attentionOf } from './marked.ts';
import { EARTH_KM } from './motion.ts';
import type { View } from './view.ts';

const MOST_URGENT = 4;
const LABEL_WIDTH = 150;
const LABEL_HEIGHT = 36;

interface Label {
  readonly id: number;
  readonly row: number;
  readonly name: string;
  readonly manner: 'chosen' | 'hovered' | 'urgent';
}

function labels(): Label[] {
  const list = objects.value;
  if (list === null) return [];
  const found = new Map<number, Label['manner']>();
  if (chosenObjects.value.length === 0) {
    const urgent = [...attentionOf(board.value.data?.rows ?? [])].filter(([, level]) => level === 'look_now');
    for (const [id] of urgent.slice(0, MOST_URGENT)) found.set(id, 'urgent');
  }
  for (const id of chosenObjects.value.slice(0, 8)) found.set(id, 'chosen');
  if (hovered.value !== null) found.set(hovered.value, 'hovered');
  return [...found]
    .map(([id, manner]) => ({ id, row: rowOf(id), name: list.name[rowOf(id)] ?? String(id), manner }))
    .filter((label) => label.row >= 0);
}

/** The next place below where a label covers none of those that are placed. */
function free(x: number, y: number, taken: readonly (readonly [number, number])[]): number {
  const covers = taken.find(([tx, ty]) => Math.abs(tx - x) < LABEL_WIDTH && Math.abs(ty - y) < LABEL_HEIGHT);
  return covers === undefined ? y : free(x, covers[1] + LABEL_HEIGHT, taken);
}

export function Labels({ view }: { readonly view: View }) {
  const host = useRef<HTMLDivElement>(null);
  const shown = labels();

  useEffect(() => {
    const place = (): void => {
      const taken: (readonly [number, number])[] = [];
      for (const element of host.current?.children ?? []) {
        if (!(element instanceof HTMLElement)) continue;
        const at = view.screenOf(Number(element.dataset['row']));
        element.hidden = at === null;
        if (at === null) continue;
        const x = Math.round(at[0]);
        const y = free(x, Math.round(at[1]), taken);
        taken.push([x, y]);
        element.style.transform = `translate(${x}px, ${y}px)`;
      }
    };
    view.onFrame = place;
    place();
  });

  return (
    <div class="globe-labels" ref={host} aria-hidden="true">
      {shown.map((label) => (
        <div key={label.id} class={`globe-label globe-label-${label.manner}`} data-row={label.row}>
          <strong>{label.name}</strong>
          {label.manner !== 'urgent' && <More view={view} label={label} />}
        </div>
      ))}
    </div>
  );
}

function More({ view, label }: { readonly view: View; readonly label: Label }) {
  const ms = shownMs.value;
  const position = view.positionOf(label.row);
  const owner = objects.value?.owner[label.row] ?? '';
  const parts = [word('globe.number', { id: label.id }), owner].filter((part) => part !== '');
  if (position !== null) {
    const { heightKm } = below(position, ms, EARTH_KM);
    parts.push(word('globe.height', { km: Math.round(heightKm).toLocaleString('en') }));
  }
  return <span>{parts.join(' · ')}</span>;
}
