/** The head of an exercise's page: what is played, and its clock. */
import type { ComponentChildren } from 'preact';
import type { ExerciseState } from '../api/types.ts';
import { GAITS, GaitMark, speedText } from '../shell/ExerciseClock.tsx';
import { exerciseMs, gaitOf, hoursAt, sinceStartText, spanWords } from '../shell/exerciseClock.ts';
import { word } from '../words/words.ts';

export function Deck({
  state,
  who,
  children,
}: {
  readonly state: ExerciseState;
  readonly who: string;
  readonly children?: ComponentChildren;
}) {
  return (
    <header class={`deck deck-${gaitOf(state)}`}>
      <div class="deck-told">
        <p class="deck-who">{who}</p>
        <h3>{state.title || state.name}</h3>
        {state.task !== '' && <p class="deck-task">{state.task}</p>}
      </div>
      <Dial state={state} />
      {children}
    </header>
  );
}

/** The clock alone: it changes four times a second, and nothing beside it does. */
function Dial({ state }: { readonly state: ExerciseState }) {
  const moment = exerciseMs.value ?? Date.parse(state.now_utc);
  const gait = gaitOf(state);
  const left = Date.parse(state.ends_utc) - moment;
  return (
    <div class="dial">
      <p class="dial-moment" role="timer" aria-label={word('exercise.clock')}>
        <b>{sinceStartText(hoursAt(state, moment))}</b>
        <time dateTime={new Date(moment).toISOString()}>
          {new Date(moment).toISOString().slice(0, 19).replace('T', ' ')} UTC
        </time>
      </p>
      <p class={`dial-gait dial-${gait}`} role="status">
        <GaitMark gait={gait} />
        <span>
          {gait === 'runs' ? word('exercise.runs_at', { speed: speedText(state.speed) }) : word(GAITS[gait])}
        </span>
        {gait !== 'over' && <span class="soft">{word('exercise.left', { span: spanWords(left) })}</span>}
      </p>
      <progress
        class="dial-course"
        aria-label={word('exercise.course')}
        max={state.length_h}
        value={Math.max(0, hoursAt(state, moment))}
      />
    </div>
  );
}
