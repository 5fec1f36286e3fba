/** What stands on top of everything: marking, reality, and the moment of knowledge if it is not now. */
import { board, state } from '../api/shared.ts';
import type { Board, Reality } from '../api/types.ts';
import { word, type WordKey } from '../words/words.ts';
import { ExerciseClock } from './ExerciseClock.tsx';
import { go, route } from './router.ts';

function markingText(of: Board | null): string {
  const marking = of?.marking;
  if (typeof marking === 'string') return marking;
  return marking?.text ?? state.value.data?.marking ?? '';
}

/** The class of a marking's strip, by its TLP word. */
export function markingClass(text: string): string {
  const level = /TLP:(CLEAR|GREEN|AMBER\+STRICT|AMBER|RED)/.exec(text.toUpperCase())?.[1];
  return level === undefined ? 'tlp-none' : `tlp-${level.toLowerCase().replace('+', '-')}`;
}

export function MarkingStrip() {
  const text = markingText(board.value.data);
  const missing = word('shell.not_classified');
  // The server's banner names reality and the last clause itself; never show it twice.
  const whole = text.includes(missing) ? text : [text, missing].filter((part) => part !== '').join(' · ');
  return (
    <div class={`marking ${markingClass(text)}`} role="note">
      {whole}
    </div>
  );
}

const REALITIES: Readonly<Partial<Record<Reality, readonly [WordKey, WordKey]>>> = {
  EXERCISE: ['shell.exercise', 'shell.exercise_more'],
  SIMULATED: ['shell.simulated', 'shell.simulated_more'],
  TEST: ['shell.test', 'shell.test_more'],
};

/** The reality of what is shown: an exercise's whatever the board says, the board's, the server's. */
export function shownReality(): Reality {
  if (state.value.data?.exercise === true) return 'EXERCISE';
  return board.value.data?.reality || state.value.data?.reality || 'REAL';
}

export function RealityBanner() {
  const reality = shownReality();
  const told = REALITIES[reality];
  // While nothing is known yet, there is nothing to mark.
  if (told === undefined) return null;
  const [title, more] = told;
  const name = state.value.data?.exercise_name ?? '';
  return (
    <div class={`reality reality-${reality.toLowerCase()}`} role="note">
      <strong>{word(title)}</strong>
      {name !== '' && <span class="reality-name">{name}</span>}
      <span>{word(more)}</span>
      <ExerciseClock />
    </div>
  );
}

export function KnowledgeBanner() {
  const moment = route.value.asKnownAt;
  if (moment === null) return null;
  return (
    <div class="knowledge" role="status">
      <span>{word('shell.as_known_at', { moment: moment.replace('T', ' ').replace('Z', '') })}</span>
      <button type="button" class="button" onClick={() => go({ asKnownAt: null })}>
        {word('shell.back_to_now')}
      </button>
    </div>
  );
}
