/** Messages between cells: as a conversation, the newest last. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import type { ExerciseState } from '../api/types.ts';
import { Failure, Nothing, Shown } from '../pieces/Shown.tsx';
import { sinceStartText } from '../shell/exerciseClock.ts';
import { word } from '../words/words.ts';
import { type ActsAnswer, cellName, hoursOf } from './Acts.tsx';
import type { ActTold } from './told.ts';

const LONGEST = 4000;

export function Messages({ state }: { readonly state: ExerciseState }) {
  const said = useResource<ActsAnswer>('exercise/acts', {}, { renewedBy: ['exercise'], inWords: true });
  return (
    <section class="card messages" aria-labelledby="exercise-messages">
      <h4 id="exercise-messages">{word('exercise.messages')}</h4>
      <Shown of={said}>
        {({ acts }) => <Talk acts={acts.filter((one) => one.kind === 'message')} state={state} />}
      </Shown>
      {!state.is_over && <Compose state={state} onDone={said.reload} />}
    </section>
  );
}

function Talk({ acts, state }: { readonly acts: readonly ActTold[]; readonly state: ExerciseState }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [acts.length]);
  if (acts.length === 0) return <Nothing told={word('exercise.messages.none')} />;
  return (
    <ol class="talk" ref={list} tabIndex={0} aria-label={word('exercise.messages')}>
      {acts.map((one) => (
        <li key={one.id} class={one.cell === state.my_cell ? 'talk-mine' : ''}>
          <p class="soft">
            <b>{cellName(state, one.cell)}</b> → {cellName(state, one.subject)}{' '}
            <span>{sinceStartText(hoursOf(state, one.at_utc))}</span>
          </p>
          <p class="talk-text">{one.value}</p>
        </li>
      ))}
    </ol>
  );
}

function Compose({ state, onDone }: { readonly state: ExerciseState; readonly onDone: () => void }) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [sending, setSending] = useState(false);
  const own = state.my_cell ?? state.cells.find((cell) => cell.is_white && state.is_director)?.id;
  const forOthers = state.plays_all;
  const others = forOthers ? state.cells : state.cells.filter((cell) => cell.id !== own);
  const tell = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const filled = new FormData(form);
    const cell = filled.get('cell');
    setSending(true);
    setProblem(null);
    try {
      await send('POST', 'exercise/messages', {
        to: filled.get('to'),
        text: filled.get('text'),
        ...(cell === null ? {} : { cell }),
      });
      form.reset();
      onDone();
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
    }
    setSending(false);
  };
  if (others.length === 0) return null;
  return (
    <form class="compose" onSubmit={(event) => void tell(event)} aria-label={word('exercise.message')}>
      <div class="compose-line">
        {forOthers && <CellChoice name="cell" label={word('exercise.message.from')} cells={state.cells} />}
        <CellChoice name="to" label={word('exercise.message.to')} cells={others} />
      </div>
      <label class="field">
        <span>{word('exercise.message.text')}</span>
        <textarea name="text" rows={3} maxLength={LONGEST} required />
      </label>
      {problem !== null && <Failure problem={problem} />}
      <p class="form-buttons">
        <button type="submit" class="button button-chief" disabled={sending}>
          {word('exercise.message.send')}
        </button>
      </p>
    </form>
  );
}

function CellChoice({
  name,
  label,
  cells,
}: {
  readonly name: string;
  readonly label: string;
  readonly cells: ExerciseState['cells'];
}) {
  return (
    <label class="field">
      <span>{label}</span>
      <select name={name} required>
        {cells.map((cell) => (
          <option key={cell.id} value={cell.id}>
            {cell.name}
          </option>
        ))}
      </select>
    </label>
  );
}
