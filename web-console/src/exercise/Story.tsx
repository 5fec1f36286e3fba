/** What is played, what people learn by it, and what a cell is there for. */
import type { ExerciseState } from '../api/types.ts';
import { word } from '../words/words.ts';

export function Story({ state, task }: { readonly state: ExerciseState; readonly task: string }) {
  const objectives = state.objectives ?? [];
  return (
    <section class="card story" aria-labelledby="exercise-story">
      <h4 id="exercise-story">{word('exercise.story')}</h4>
      {task !== '' && <p class="story-task">{task}</p>}
      {state.story !== '' && <p>{state.story}</p>}
      {objectives.length > 0 && (
        <details open>
          <summary>{word('exercise.objectives')}</summary>
          <ul>
            {objectives.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
