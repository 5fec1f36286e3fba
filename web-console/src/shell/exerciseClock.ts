/** The clock of an exercise that is played live, carried on between what the server tells of it. */
import { computed, effect, signal } from '@preact/signals';
import { exercise } from '../api/shared.ts';
import type { ExerciseState } from '../api/types.ts';
import { word } from '../words/words.ts';

const HOUR_MS = 3_600_000;
const TICK_MS = 250;

/** Why the clock of an exercise stands, or that it goes. */
export type Gait = 'runs' | 'paused' | 'behind' | 'over';

export function gaitOf(state: ExerciseState): Gait {
  if (state.is_over) return 'over';
  if (state.is_paused) return 'paused';
  return state.is_behind ? 'behind' : 'runs';
}

/** The moment of the exercise `passedMs` after the server told it, in Unix milliseconds. */
export function carriedOn(state: ExerciseState, passedMs: number): number {
  const told = Date.parse(state.now_utc);
  if (gaitOf(state) !== 'runs') return told;
  return Math.max(told, Math.min(told + passedMs * state.speed, Date.parse(state.until_utc)));
}

const steadyMs = signal(0);
let heardMs = 0;

/** The moment of the exercise now, in Unix milliseconds; null where none is played. */
export const exerciseMs = computed<number | null>(() => {
  const state = exercise.value.data;
  return state === null ? null : carriedOn(state, Math.max(0, steadyMs.value - heardMs));
});

/** Whether an exercise is played live: only then are there ways to its page. */
export const isPlayed = computed(() => exercise.value.data !== null);

/** Keep the clock going; call once at the start. */
export function followExercise(): void {
  effect(() => {
    if (exercise.value.data === null) return;
    heardMs = performance.now();
    steadyMs.value = heardMs;
  });
  setInterval(() => {
    if (isPlayed.peek()) steadyMs.value = performance.now();
  }, TICK_MS);
}

/** Hours from the start of the exercise to a moment. */
export function hoursAt(state: ExerciseState, ms: number): number {
  return (ms - Date.parse(state.starts_utc)) / HOUR_MS;
}

/** The moment so many hours from the start, in Unix milliseconds. */
export function momentAt(state: ExerciseState, hours: number): number {
  return Date.parse(state.starts_utc) + hours * HOUR_MS;
}

/** A span as on a watch: `26:05`. */
export function spanText(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const pad = (number: number): string => String(number).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** Hours from the start as people say them: `+26:05`, `−01:30`. */
export function sinceStartText(hours: number): string {
  return `${hours < 0 ? '−' : '+'}${spanText(hours * HOUR_MS)}`;
}

/** A span of the exercise in words: `26 h 5 min`. */
export function spanWords(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / 60_000);
  const hours = Math.floor(minutes / 60);
  return hours === 0
    ? word('exercise.minutes', { number: minutes })
    : word('exercise.hours_minutes', { hours, minutes: minutes % 60 });
}

/** A span on the wall: seconds under two minutes, minutes under two hours, then hours. */
export function wallWords(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 120) return word('exercise.seconds', { number: Math.ceil(seconds) });
  return seconds < 7200
    ? word('exercise.minutes', { number: Math.round(seconds / 60) })
    : word('exercise.hours', { number: Math.round(seconds / 3600) });
}
