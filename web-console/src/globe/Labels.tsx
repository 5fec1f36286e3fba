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

export function Labels({ view }: { readonly view: View }) {
  const host = useRef<HTMLDivElement>(null);
  const shown = labels();

  useEffect(() => {
    const place = (): void => {
      for (const element of host.current?.children ?? []) {
        if (!(element instanceof HTMLElement)) continue;
        const at = view.screenOf(Number(element.dataset['row']));
        element.hidden = at === null;
        if (at !== null) element.style.transform = `translate(${Math.round(at[0])}px, ${Math.round(at[1])}px)`;
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
  const position = view.positionOf(label.row);
  const owner = objects.value?.owner[label.row] ?? '';
  const parts = [word('globe.number', { id: label.id }), owner].filter((part) => part !== '');
  if (position !== null) {
    const { heightKm } = below(position, shownMs.value, EARTH_KM);
    parts.push(word('globe.height', { km: Math.round(heightKm).toLocaleString('en') }));
  }
  return <span>{parts.join(' · ')}</span>;
}
