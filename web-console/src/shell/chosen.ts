/** What the hand is on: shared by board, globe and search. */
import { computed, signal } from '@preact/signals';
import { board } from '../api/shared.ts';
import type { BoardRow } from '../api/types.ts';
import { go, route } from './router.ts';

/** Incident of the address, if any. */
export const chosenIncident = computed(() => (route.value.name === 'incident' ? route.value.id : null));

/** Object of the address, if any. */
export const chosenObject = computed(() => {
  const number = Number(route.value.id);
  return route.value.name === 'object' && Number.isInteger(number) && number > 0 ? number : null;
});

/** Row of the board that is chosen, if any. */
export const chosenRow = computed<BoardRow | null>(
  () => board.value.data?.rows.find((row) => row.incident_id === chosenIncident.value) ?? null,
);

/** Objects to show with their orbits: of the chosen incident, or the chosen object. */
export const chosenObjects = computed<readonly number[]>(() => {
  if (chosenObject.value !== null) return [chosenObject.value];
  const row = chosenRow.value;
  return row === null ? [] : [...row.assets, ...row.others];
});

/** Object under the pointer, on the globe or in a list. */
export const hovered = signal<number | null>(null);

/** Show an object's page. */
export function chooseObject(noradId: number): void {
  go({ name: 'object', id: String(noradId) });
}
