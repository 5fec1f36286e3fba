/** The running clock of the exercise, beside its banner on every page. */
import { exercise } from '../api/shared.ts';
import { word, type WordKey } from '../words/words.ts';
import { type Gait, exerciseMs, gaitOf, hoursAt, sinceStartText } from './exerciseClock.ts';
import { linkTo } from './router.ts';

const SHAPES: Readonly<Record<Gait, string>> = {
  runs: 'M3 1.5 14 8 3 14.5z',
  paused: 'M3 2h4v12H3zM9 2h4v12H9z',
  behind: 'M3 1h10v2L9.5 8l3.5 5v2H3v-2l3.5-5L3 3z',
  over: 'M2 2h12v12H2z',
};

export const GAITS: Readonly<Record<Gait, WordKey>> = {
  runs: 'exercise.gait.runs',
  paused: 'exercise.gait.paused',
  behind: 'exercise.gait.behind',
  over: 'exercise.gait.over',
};

/** The shape of how the clock goes; words beside it say the same. */
export function GaitMark({ gait }: { readonly gait: Gait }) {
  return (
    <svg class="gait-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={SHAPES[gait]} />
    </svg>
  );
}

/** A speed as people say it: `60×`. */
export function speedText(speed: number): string {
  return `${Number(speed.toPrecision(3))}×`;
}

export function ExerciseClock() {
  const state = exercise.value.data;
  const moment = exerciseMs.value;
  if (state === null || moment === null) return null;
  const gait = gaitOf(state);
  return (
    <a class="exercise-clock" href={linkTo('exercise')} >
      <span class="hidden">{word('exercise.open')}: </span>
      <GaitMark gait={gait} />
      <b>{sinceStartText(hoursAt(state, moment))}</b>
      <span>{new Date(moment).toISOString().slice(0, 16).replace('T', ' ')}Z</span>
      <span>{gait === 'runs' ? speedText(state.speed) : word(GAITS[gait])}</span>
    </a>
  );
}
