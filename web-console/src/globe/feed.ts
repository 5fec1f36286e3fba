/** The worker seen from the console: objects, their states, orbits. */
import { batch, computed, effect, signal } from '@preact/signals';
import { ApiProblem, address } from '../api/client.ts';
import { renewals } from '../api/live.ts';
import { run } from '../shell/clock.ts';
import { route } from '../shell/router.ts';
import type { FromWorker, Objects, ToWorker } from './messages.ts';

/** States of all objects at one moment; rows as in `Objects`. */
export interface States {
  readonly ms: number;
  readonly positions: Float32Array<ArrayBuffer>;
  readonly velocities: Float32Array<ArrayBuffer>;
  readonly placed: number;
}

export const objects = signal<Objects | null>(null);
export const states = signal<States | null>(null);
/** How many objects have a place; changes seldom, while states change often. */
export const placed = computed(() => states.value?.placed ?? 0);
export const feedProblem = signal<ApiProblem | null>(null);

let worker: Worker | null = null;
let rows = new Map<number, number>();
let arriving: Objects | null = null;
let asks = 0;
const waiting = new Map<number, (paths: readonly Float32Array[]) => void>();

function tell(message: ToWorker): void {
  worker?.postMessage(message);
}

/** Row of an object, or -1 where the catalogue does not hold it. */
export function rowOf(noradId: number): number {
  return rows.get(noradId) ?? -1;
}

function settle(next: Objects): void {
  arriving = null;
  rows = new Map(next.noradId.map((id, row) => [id, row]));
  batch(() => {
    states.value = null;
    objects.value = next;
    feedProblem.value = null;
  });
}

function hear({ data }: MessageEvent<FromWorker>): void {
  switch (data.kind) {
    case 'objects':
      // The old sky stays until the first states of the new one are there.
      arriving = data.objects;
      break;
    case 'states':
      if (arriving !== null) settle(arriving);
      states.value = data;
      break;
    case 'orbits':
      waiting.get(data.ask)?.(data.paths);
      waiting.delete(data.ask);
      break;
    case 'problem':
      feedProblem.value = new ApiProblem(data.status, data.said);
      break;
  }
}

/** One revolution of each row around a moment, as points in km (TEME). */
export function orbitsOf(wanted: readonly number[], ms: number): Promise<readonly Float32Array[]> {
  asks += 1;
  const ask = asks;
  return new Promise((resolve) => {
    waiting.set(ask, resolve);
    tell({ kind: 'orbits', ask, rows: wanted, ms });
  });
}

/** Start the worker and keep it in step with address and clock; the second call does nothing. */
export function startFeed(): void {
  if (worker !== null) return;
  worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = hear;
  effect(() => {
    const asKnownAt = route.value.asKnownAt;
    if (asKnownAt === null) void renewals.board.value;
    tell({ kind: 'open', url: address('catalogue', { as_known_at: asKnownAt }) });
  });
  effect(() => {
    const { simMs, steadyMs, rate } = run.value;
    tell({ kind: 'clock', simMs, wallMs: performance.timeOrigin + steadyMs, rate });
  });
}
