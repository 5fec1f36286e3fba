/** The clock in the hands of who directs: let it go or stand, faster or slower, jump ahead. */
import { useEffect, useState } from 'preact/hooks';
import { ApiProblem, send } from '../api/client.ts';
import { askedAgain } from '../api/shared.ts';
import type { ExerciseState } from '../api/types.ts';
import { Failure } from '../pieces/Shown.tsx';
import { speedText } from '../shell/ExerciseClock.tsx';
import { exerciseMs, hoursAt, sinceStartText } from '../shell/exerciseClock.ts';
import { onKey } from '../shell/keys.ts';
import { word } from '../words/words.ts';
import { nextOf } from './bars.ts';
import type { ScriptTold } from './told.ts';

const SPEEDS = [1, 10, 60, 300, 900, 3600];
const AHEAD_H = [1, 6, 24];

type Change = { readonly speed: number } | { readonly paused: boolean } | { readonly jump_to_h: number };

export function ClockControls({
  state,
  script,
}: {
  readonly state: ExerciseState;
  readonly script: ScriptTold | null;
}) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const change = (what: Change): void => {
    send('POST', 'exercise/clock', what).then(
      () => {
        setProblem(null);
        askedAgain.value += 1;
      },
      (cause: unknown) => setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {})),
    );
  };
  const toggle = (): void => change({ paused: !state.is_paused });
  useEffect(() => (state.is_over ? undefined : onKey('p', toggle)), [state.is_paused, state.is_over]);
  if (state.is_over) return null;
  return (
    <div class="controls">
      <button type="button" class="button button-chief controls-go" onClick={toggle}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {state.is_paused ? <path d="M3 1.5 14 8 3 14.5z" /> : <path d="M3 2h4v12H3zM9 2h4v12H9z" />}
        </svg>
        {word(state.is_paused ? 'exercise.go_on' : 'exercise.pause')}
        <kbd aria-hidden="true">p</kbd>
      </button>
      <Speeds state={state} change={change} />
      <Jumps state={state} script={script} change={change} />
      {problem !== null && <Failure problem={problem} />}
    </div>
  );
}

function Speeds({ state, change }: { readonly state: ExerciseState; readonly change: (what: Change) => void }) {
  const speeds = SPEEDS.includes(state.speed) ? SPEEDS : [...SPEEDS, state.speed].sort((a, b) => a - b);
  return (
    <div class="segments" role="group" aria-label={word('exercise.speed')}>
      {speeds.map((speed) => (
        <button
          key={speed}
          type="button"
          aria-pressed={speed === state.speed}
          onClick={() => change({ speed })}
        >
          {speedText(speed)}
        </button>
      ))}
    </div>
  );
}

function Jumps({
  state,
  script,
  change,
}: {
  readonly state: ExerciseState;
  readonly script: ScriptTold | null;
  readonly change: (what: Change) => void;
}) {
  const [target, setTarget] = useState('');
  const now = (): number => hoursAt(state, exerciseMs.peek() ?? Date.parse(state.now_utc));
  const ahead = (hours: number): void => change({ jump_to_h: Math.min(now() + hours, state.length_h) });
  const next = script === null ? null : nextOf(script, state.at_h);
  return (
    <div class="jumps" role="group" aria-label={word('exercise.jump')}>
      <span class="soft">{word('exercise.jump')}</span>
      {AHEAD_H.filter((hours) => hours < state.length_h).map((hours) => (
        <button key={hours} type="button" class="button button-small" onClick={() => ahead(hours)}>
          {word('exercise.ahead', { hours })}
        </button>
      ))}
      {next !== null && (
        <button type="button" class="button button-small" onClick={() => change({ jump_to_h: next })}>
          {word('exercise.to_next', { at: sinceStartText(next) })}
        </button>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change({ jump_to_h: Number(target) });
          setTarget('');
        }}
      >
        <label>
          <span class="hidden">{word('exercise.jump_to')}</span>
          <input
            type="number"
            min={0}
            max={state.length_h}
            step="any"
            required
            placeholder={word('exercise.jump_to.hint')}
            value={target}
            onInput={(event) => setTarget(event.currentTarget.value)}
          />
        </label>
        <button class="button button-small">{word('exercise.jump.go')}</button>
      </form>
    </div>
  );
}
