/** The shape of an attention: tells it without colour. */
import type { Attention } from './shapes.ts';

const SHAPES: Readonly<Record<Attention, string>> = {
  look_now: 'M8 1 15 8 8 15 1 8Z',
  watch: 'M8 2 15 14 1 14Z',
  log: 'M8 2.5A5.5 5.5 0 1 1 8 13.5 5.5 5.5 0 1 1 8 2.5Z',
};

/** Diamond, triangle or ring; the word beside it says the same. */
export function Mark({ attention }: { readonly attention: Attention }) {
  return (
    <svg class={`mark mark-${attention}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={SHAPES[attention]} />
    </svg>
  );
}
