/** The shape of how an answer fared; the word beside it says the same. */
import type { AnswerVerdict } from './told.ts';

const SHAPES: Readonly<Record<AnswerVerdict, string>> = {
  right: 'M2 8.5 6.2 12.7 14 4',
  wrong: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  late: 'M8 4v4.5l3 2M8 1.8a6.2 6.2 0 1 0 .01 0z',
  missing: 'M3 8h10',
  judged: 'M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z',
  waiting: 'M3 8h.01M8 8h.01M13 8h.01',
};

export function VerdictMark({ verdict }: { readonly verdict: AnswerVerdict }) {
  return (
    <svg class="verdict-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={SHAPES[verdict]} />
    </svg>
  );
}
