/** Ties the view to the console: signals in, hands in, choices out. */
import { computed, effect, signal } from '@preact/signals';
import { board } from '../api/shared.ts';
import { chooseObject, chosenIncident, chosenObject, chosenObjects, chosenRow, hovered } from '../shell/chosen.ts';
import { shownMs } from '../shell/clock.ts';
import { handle } from './hands.ts';
import { objects, orbitsOf, rowOf, states } from './feed.ts';
import { ASSET_COLOUR, OTHER_COLOUR, linksOf, marksOf } from './marked.ts';
import { signsOf } from './names.ts';
import type { View } from './view.ts';

export interface Attached {
  readonly view: View;
  readonly detach: () => void;
}

/** Object that the eye follows, if any. */
export const followed = signal<number | null>(null);
export const earthFixed = signal(true);

/** Links are looked for again after this stretch of shown time. */
const LINK_SLOT_MS = 5_000;
const slotMs = computed(() => Math.floor(shownMs.value / LINK_SLOT_MS) * LINK_SLOT_MS);
/** Orbits are asked again after this stretch of shown time. */
const ORBIT_LASTS_MS = 30 * 60_000;

export function attach(view: View, canvas: HTMLCanvasElement): Attached {
  const undo = [
    handle(view, canvas, {
      hover: (row) => {
        hovered.value = row < 0 ? null : (objects.peek()?.noradId[row] ?? null);
      },
      choose: (row) => {
        const id = objects.peek()?.noradId[row];
        if (id !== undefined) chooseObject(id);
      },
    }),
    effect(() => {
      if (objects.value !== null) view.setObjects(objects.value);
    }),
    effect(() => view.setStates(states.value)),
    effect(() => {
      void objects.value;
      view.setMarks(marksOf(board.value.data, chosenObjects.value, rowOf), chosenObjects.value.length > 0);
    }),
    showLinks(view),
    effect(() => view.setSigns(signsOf(view))),
    followOrbits(view),
    lookAtChosen(view),
    effect(() => view.follow(followed.value === null ? null : rowOf(followed.value))),
    effect(() => view.setEarthFixed(earthFixed.value)),
  ];
  return {
    view,
    detach: () => {
      undo.forEach((one) => one());
      view.close();
    },
  };
}

function showLinks(view: View): () => void {
  let shown = '';
  return effect(() => {
    void objects.value;
    const pairs = linksOf(board.value.data, chosenRow.value, slotMs.value);
    const rows = pairs.map(([one, other]) => [rowOf(one), rowOf(other)] as const);
    // Asking for the same again would paint a picture that nobody needs.
    if (String(rows) === shown) return;
    shown = String(rows);
    view.setLinks(rows);
  });
}

function followOrbits(view: View): () => void {
  const slot = signal(0);
  const stopSlot = effect(() => {
    slot.value = Math.floor(shownMs.value / ORBIT_LASTS_MS);
  });
  let newest = 0;
  const stop = effect(() => {
    const chosen = chosenObjects.value.slice(0, 8);
    const assets = new Set(board.value.data?.assets.map((asset) => asset.norad_id));
    void [objects.value, slot.value];
    newest += 1;
    const mine = newest;
    const known = chosen.filter((id) => rowOf(id) >= 0);
    if (known.length === 0) {
      view.setOrbits([]);
      return;
    }
    void orbitsOf(known.map(rowOf), shownMs.peek()).then((found) => {
      if (mine !== newest) return;
      view.setOrbits(
        found.map((path, k) => ({ path, colour: assets.has(known[k] ?? 0) ? ASSET_COLOUR : OTHER_COLOUR })),
      );
    });
  });
  return () => {
    stop();
    stopSlot();
  };
}

/** Turn to what was chosen, once for each choice, as soon as it has a place. */
function lookAtChosen(view: View): () => void {
  let shownFor: string | null = null;
  return effect(() => {
    const key = chosenIncident.value ?? (chosenObject.value === null ? null : String(chosenObject.value));
    const first = chosenObjects.value[0];
    if (key === null) {
      shownFor = null;
      followed.value = null;
      return;
    }
    if (key === shownFor || first === undefined || states.value === null) return;
    if (followed.peek() !== null && followed.peek() !== first) followed.value = null;
    // The first states may not hold it yet; the next will.
    if (view.lookAt(rowOf(first))) shownFor = key;
  });
}
