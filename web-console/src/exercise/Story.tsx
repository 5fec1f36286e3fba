/** What is played: for who directs the whole, for cells what they may read before. */
import { useState } from 'preact/hooks';
import type { ExerciseState } from '../api/types.ts';
import { word } from '../words/words.ts';

export function Story({
  state,
  objectives,
}: {
  readonly state: ExerciseState;
  readonly objectives: readonly string[];
}) {
  return (
    <section class="card" aria-labelledby="exercise-story">
      <h4 id="exercise-story">{word('exercise.story')}</h4>
      <p>{state.story}</p>
      {state.read_ahead !== '' && (
        <>
          <h4>{word('exercise.read_ahead.cells')}</h4>
          <p>{state.read_ahead}</p>
        </>
      )}
      <h4>{word('exercise.objectives')}</h4>
      <ul>
        {objectives.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  );
}

/** Open until the exercise is an hour old; people close and open it as they like. */
export function ReadAhead({ state }: { readonly state: ExerciseState }) {
  const [isOpen] = useState(state.at_h < 1);
  if (state.read_ahead === '') return null;
  return (
    <details class="card read-ahead" open={isOpen}>
      <summary>{word('exercise.read_ahead')}</summary>
      <p>{state.read_ahead}</p>
    </details>
  );
}
