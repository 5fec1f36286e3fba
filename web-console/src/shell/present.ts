/** The moment that counts as now: of the exercise that is played, or of the board that is shown. */
import { effect } from '@preact/signals';
import { board, exercise } from '../api/shared.ts';
import { type Run, jumpTo, run } from './clock.ts';
import { exerciseMs, gaitOf } from './exerciseClock.ts';
import { route } from './router.ts';

/** A board this near to the browser's clock is of now, and the browser's clock is shown. */
export const NEAR_MS = 6 * 3_600_000;

/** The present for a board's moment: the browser's clock, unless they lie far apart. */
export function presentOf(boardMs: number | null, browserMs: number): number {
  return boardMs === null || Math.abs(boardMs - browserMs) <= NEAR_MS ? browserMs : boardMs;
}

/** The present, in Unix milliseconds. */
export function presentMs(): number {
  const asKnownAt = route.peek().asKnownAt;
  if (asKnownAt !== null) return Date.parse(asKnownAt);
  const played = exerciseMs.peek();
  if (played !== null) return played;
  const asOf = board.peek().data?.as_of_utc;
  return presentOf(asOf === undefined ? null : Date.parse(asOf), Date.now());
}

/** How the clock went when it was last set to the present; where it goes otherwise, a hand set it. */
let ours: Run | null = null;

/** Show the present; in an exercise, go on with it at its speed. */
export function toPresent(): void {
  jumpTo(presentMs());
  const played = exercise.peek().data;
  if (played !== null && route.peek().asKnownAt === null) {
    run.value = { ...run.peek(), rate: gaitOf(played) === 'runs' ? played.speed : 0 };
  }
  ours = run.peek();
}

/** Bring the clock to the present when another moment of knowledge is chosen; call once. */
export function followPresent(): void {
  let shownFor: string | null | undefined;
  effect(() => {
    const asKnownAt = route.value.asKnownAt;
    const known = board.value.data !== null;
    if (asKnownAt === shownFor || (asKnownAt === null && !known)) return;
    shownFor = asKnownAt;
    toPresent();
  });
  // An exercise pauses and jumps; who looks at its present goes with it.
  effect(() => {
    if (exercise.value.data !== null && ours === run.peek() && route.peek().asKnownAt === null) toPresent();
  });
}
