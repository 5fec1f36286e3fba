/** The moment that counts as now: of the board that is shown, carried on by the steady clock. */
import { effect } from '@preact/signals';
import { board } from '../api/shared.ts';
import { jumpTo } from './clock.ts';
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
  const asOf = board.peek().data?.as_of_utc;
  return presentOf(asOf === undefined ? null : Date.parse(asOf), Date.now());
}

/** Bring the clock to the present when another moment of knowledge is chosen; call once. */
export function followPresent(): void {
  let shownFor: string | null | undefined;
  effect(() => {
    const asKnownAt = route.value.asKnownAt;
    const known = board.value.data !== null;
    if (asKnownAt === shownFor || (asKnownAt === null && !known)) return;
    shownFor = asKnownAt;
    jumpTo(presentMs());
  });
}
