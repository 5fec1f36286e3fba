/** The one clock of the console: globe, timeline and pictures all show its moment. */
import { computed, signal } from '@preact/signals';

/** A moment that moves: `simMs` was shown when the steady clock stood at `steadyMs`. */
export interface Run {
  readonly simMs: number;
  readonly steadyMs: number;
  /** Seconds shown for each second that passes; negative goes back, 0 stands. */
  readonly rate: number;
}

export const RATES = [-3600, -600, -60, -10, -1, 1, 10, 60, 600, 3600] as const;

/** The moment of a run, in Unix milliseconds, when the steady clock stands at `steadyMs`. */
export function momentOf(run: Run, steadyMs: number): number {
  return run.simMs + (steadyMs - run.steadyMs) * run.rate;
}

export const run = signal<Run>({ simMs: Date.now(), steadyMs: performance.now(), rate: 1 });

/** Rate that play goes on with after a pause. */
const chosenRate = signal(1);

/** The moment for words, renewed four times a second; frames ask `nowMs` instead. */
export const shownMs = signal(Date.now());

export const playing = computed(() => run.value.rate !== 0);
export const rate = computed(() => (playing.value ? run.value.rate : chosenRate.value));

/** The moment shown now, in Unix milliseconds. */
export function nowMs(): number {
  return momentOf(run.peek(), performance.now());
}

function restart(simMs: number, newRate: number): void {
  run.value = { simMs, steadyMs: performance.now(), rate: newRate };
  shownMs.value = simMs;
}

/** Show another moment; whether it moves stays as it is. */
export function jumpTo(simMs: number): void {
  restart(simMs, run.peek().rate);
}

export function play(): void {
  restart(nowMs(), chosenRate.peek());
}

export function pause(): void {
  restart(nowMs(), 0);
}

export function togglePlay(): void {
  if (playing.peek()) pause();
  else play();
}

/** Set how fast time goes; a standing clock stays standing. */
export function setRate(newRate: number): void {
  chosenRate.value = newRate;
  if (playing.peek()) restart(nowMs(), newRate);
}

/** The next faster or slower rate of the list. */
export function stepRate(direction: 1 | -1): void {
  const at = RATES.findIndex((known) => known === rate.peek());
  const next = RATES[Math.min(Math.max(at + direction, 0), RATES.length - 1)];
  if (next !== undefined) setRate(next);
}

/** Keep `shownMs` in step; call once at the start. */
export function startClock(): void {
  setInterval(() => {
    if (playing.peek()) shownMs.value = nowMs();
  }, 250);
}

/** A moment as `2026-11-27 21:03:05`, UTC. */
export function utcText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
