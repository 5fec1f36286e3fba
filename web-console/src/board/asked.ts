/** Which filters and which order are asked for; they stay while incidents are opened and closed. */
import { effect, signal } from '@preact/signals';
import { go, route } from '../shell/router.ts';
import { type Filter, FILTERS } from './choose.ts';

type Parameters = Readonly<Record<string, string>>;

export const asked = signal<Parameters>({});

/** Take over what the board's own address asks for, so that a filtered board can be linked to. */
export function followAsked(): () => void {
  return effect(() => {
    const { name, more } = route.value;
    if (name === '' && Object.keys(more).length > 0) asked.value = more;
  });
}

function ask(next: Parameters): void {
  asked.value = next;
  if (route.peek().name === '') go({ more: next });
}

/** Set a filter or the order; an empty value takes it away. */
export function askFor(name: Filter | 'order', value: string): void {
  const { [name]: _former, ...others } = asked.peek();
  ask(value === '' ? others : { ...others, [name]: value });
}

/** Take all filters away; the order stays. */
export function askForAll(): void {
  const kept = Object.entries(asked.peek()).filter(
    ([name]) => !FILTERS.some((filter) => filter === name),
  );
  ask(Object.fromEntries(kept));
}
