/** What the whole console reads: who looks, what runs, the exercise, the board of the moment shown. */
import { computed, effect, signal } from '@preact/signals';
import { route } from '../shell/router.ts';
import { language } from '../words/words.ts';
import { ApiProblem, get, useCsrfToken } from './client.ts';
import { renewals } from './live.ts';
import type { Board, ExerciseState, Me, State } from './types.ts';

/** One answer that everybody shares. */
export interface Shared<T> {
  readonly data: T | null;
  readonly problem: ApiProblem | null;
  readonly asking: boolean;
}

const NOTHING = { data: null, problem: null, asking: true } as const;

export const me = signal<Shared<Me>>(NOTHING);
export const state = signal<Shared<State>>(NOTHING);
/** The exercise that is played live; without data where none is. */
export const exercise = signal<Shared<ExerciseState>>(NOTHING);
/** The board at the moment of the address, in the language shown. */
export const board = signal<Shared<Board>>(NOTHING);

/** Raised to ask for everything again, by hand or after signing in. */
export const askedAgain = signal(0);

const RETRY_MS = 5_000;

function asProblem(cause: unknown): ApiProblem {
  return cause instanceof ApiProblem ? cause : new ApiProblem(0, { problem: String(cause) });
}

function keepAsking<T>(
  target: { value: Shared<T>; peek: () => Shared<T> },
  ask: (signal: AbortSignal) => Promise<T>,
): () => void {
  const aborter = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const once = (): void => {
    target.value = { ...target.peek(), asking: true };
    ask(aborter.signal).then(
      (data) => {
        target.value = { data, problem: null, asking: false };
      },
      (cause: unknown) => {
        if (aborter.signal.aborted) return;
        const problem = asProblem(cause);
        target.value = { data: target.peek().data, problem, asking: false };
        // A silent or busy server is asked again; a refusal is not.
        if (problem.status === 0 || problem.status >= 500) timer = setTimeout(once, RETRY_MS);
      },
    );
  };
  once();
  return () => {
    aborter.abort();
    clearTimeout(timer);
  };
}

/** Keep the shared answers fresh; call once at the start. */
export function followServer(): void {
  effect(() => {
    void askedAgain.value;
    return keepAsking(me, async (signal) => {
      const answer = await get<Me>('me', {}, signal);
      useCsrfToken(answer.forgery_token ?? null);
      return answer;
    });
  });
  effect(() => {
    void [askedAgain.value, renewals.state.value, renewals.board.value];
    const spoken = { language: language.value };
    return keepAsking(state, (signal) => get<State>('state', spoken, signal));
  });
  const isExercise = computed(() => state.value.data?.exercise === true);
  effect(() => {
    if (!isExercise.value) {
      exercise.value = NOTHING;
      return undefined;
    }
    // The clock goes on with every watch that is over, which a board tells.
    void [askedAgain.value, renewals.exercise.value, renewals.board.value];
    const spoken = { language: language.value };
    return keepAsking(exercise, (signal) => get<ExerciseState>('exercise', spoken, signal));
  });
  let heldFor: string | null = null;
  effect(() => {
    const asKnownAt = route.value.asKnownAt;
    // What is known now must never stand under the banner of a past moment, nor the other way.
    if (asKnownAt !== heldFor) board.value = NOTHING;
    heldFor = asKnownAt;
    // A past moment does not change any more.
    if (asKnownAt === null) void renewals.board.value;
    void askedAgain.value;
    const spoken = { as_known_at: asKnownAt, language: language.value };
    return keepAsking(board, (signal) => get<Board>('board', spoken, signal));
  });
}
