/** What a cell has before it: its task, its questions, messages, and what it did. */
import type { ExerciseState } from '../api/types.ts';
import { word } from '../words/words.ts';
import { ActLog } from './Acts.tsx';
import { Deck } from './Deck.tsx';
import { Messages } from './Messages.tsx';
import { MyQuestions } from './MyQuestions.tsx';
import { ReadAhead } from './Story.tsx';

export function CellPage({ state }: { readonly state: ExerciseState }) {
  const mine = state.cells.find((cell) => cell.id === state.my_cell);
  return (
    <article class="exercise-page">
      <Deck
        state={state}
        who={mine === undefined ? word('exercise.looks_on') : word('exercise.cell', { name: mine.name })}
      />
      <div class="exercise-columns">
        <div>
          <ReadAhead state={state} />
          <MyQuestions state={state} />
        </div>
        <div>
          <Messages state={state} />
          <ActLog state={state} />
        </div>
      </div>
    </article>
  );
}
