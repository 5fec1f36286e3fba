/** What is played and what people learn by it, for who directs. */
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
      <h4>{word('exercise.objectives')}</h4>
      <ul>
        {objectives.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  );
}
