/** Let something happen now: by a form, or as TOML the way scripts are written. */
import { useRef, useState } from 'preact/hooks';
import { ApiProblem, type Mistake, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import type { ExerciseState } from '../api/types.ts';
import { Failure, Nothing, Shown } from '../pieces/Shown.tsx';
import { word } from '../words/words.ts';
import { fieldsOf, freeId, lineOf, tomlOf, valuesOf } from './injecting.ts';
import { InjectField } from './InjectField.tsx';
import type { KindTold, ScriptTold } from './told.ts';

interface Props {
  readonly state: ExerciseState;
  readonly script: ScriptTold | null;
  readonly onDone: () => void;
}

export function InjectNow(props: Props) {
  const kinds = useResource<{ readonly kinds: readonly KindTold[] }>('exercise/kinds', {}, { inWords: true });
  if (props.state.is_over) return <Nothing told={word('exercise.gait.over')} />;
  return <Shown of={kinds}>{(said) => <Maker {...props} kinds={said.kinds} />}</Shown>;
}

function Maker({ state, script, onDone, kinds }: Props & { readonly kinds: readonly KindTold[] }) {
  const [chosen, setChosen] = useState(kinds[0]?.kind ?? '');
  const [raw, setRaw] = useState<string | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [done, setDone] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const kind = kinds.find((one) => one.kind === chosen);
  const id = freeId((script?.injects ?? []).map((one) => one.id));

  const written = (): string => {
    if (kind === undefined || form.current === null) return '';
    const filled = new FormData(form.current);
    const later = String(filled.get('at_h') ?? '');
    return tomlOf(
      String(filled.get('id') || id),
      kind.kind,
      later === '' ? undefined : Number(later),
      valuesOf(kind, filled),
      (script?.parts ?? []).map((one) => one.name),
    );
  };
  const make = async (toml: string): Promise<void> => {
    setProblem(null);
    setDone('');
    try {
      await send('POST', 'exercise/injects', { toml });
      setDone(/^id = "(.*)"/m.exec(toml)?.[1] ?? '');
      setRaw(null);
      onDone();
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
    }
  };

  return (
    <section class="card" aria-labelledby="exercise-inject">
      <div class="inject-head">
        <h4 id="exercise-inject">{word('exercise.inject')}</h4>
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            setRaw(raw === null ? written() : null);
            setProblem(null);
          }}
        >
          {word(raw === null ? 'exercise.inject.as_toml' : 'exercise.inject.as_form')}
        </button>
      </div>
      {done !== '' && (
        <p class="inject-done" role="status">
          {word('exercise.inject.done', { id: done })}
        </p>
      )}
      {raw === null ? (
        <form
          ref={form}
          class="inject-form"
          onSubmit={(event) => {
            event.preventDefault();
            void make(written());
          }}
        >
          <label class="field">
            <span>{word('exercise.inject.kind')}</span>
            <select value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
              {kinds.map((one) => (
                <option key={one.kind} value={one.kind}>
                  {one.title}
                </option>
              ))}
            </select>
          </label>
          <div class="inject-fields" key={chosen}>
            {kind !== undefined &&
              fieldsOf(kind).map(([name, schema]) => (
                <InjectField
                  key={name}
                  name={name}
                  schema={schema}
                  isRequired={kind.schema.required.includes(name)}
                  parts={script?.parts ?? []}
                  state={state}
                />
              ))}
            <label class="field">
              <span>{word('exercise.inject.at')}</span>
              <input name="at_h" type="number" step="any" max={state.length_h} placeholder={word('exercise.inject.at_once')} />
            </label>
            <label class="field">
              <span>{word('exercise.inject.id')}</span>
              <input name="id" placeholder={id} maxLength={60} autocomplete="off" spellcheck={false} />
            </label>
          </div>
          {problem !== null && <Refusal problem={problem} toml="" />}
          <p class="form-buttons">
            <button type="submit" class="button button-chief">
              {word('exercise.inject.make')}
            </button>
          </p>
        </form>
      ) : (
        <RawForm text={raw} onInput={setRaw} problem={problem} onMake={() => void make(raw)} />
      )}
    </section>
  );
}

function RawForm({
  text,
  onInput,
  problem,
  onMake,
}: {
  readonly text: string;
  readonly onInput: (text: string) => void;
  readonly problem: ApiProblem | null;
  readonly onMake: () => void;
}) {
  const wrong = new Set(problem === null ? [] : mistakesOf(problem, text).map((one) => one.line));
  const count = text.split('\n').length;
  return (
    <form
      class="inject-form"
      onSubmit={(event) => {
        event.preventDefault();
        onMake();
      }}
    >
      <label class="field">
        <span>{word('exercise.inject.toml')}</span>
        <span class="raw">
          <span class="raw-lines" aria-hidden="true">
            {Array.from({ length: count }, (_, place) => (
              <span key={place} class={wrong.has(place + 1) ? 'raw-wrong' : ''}>
                {place + 1}
              </span>
            ))}
          </span>
          <textarea
            rows={Math.max(10, count)}
            wrap="off"
            spellcheck={false}
            value={text}
            onInput={(event) => onInput(event.currentTarget.value)}
          />
        </span>
      </label>
      {problem !== null && <Refusal problem={problem} toml={text} />}
      <p class="form-buttons">
        <button type="submit" class="button button-chief">
          {word('exercise.inject.make')}
        </button>
      </p>
    </form>
  );
}

function mistakesOf(problem: ApiProblem, toml: string): readonly Mistake[] {
  if (problem.mistakes.length > 0) return problem.mistakes;
  return problem.status === 422 ? [{ line: lineOf(toml, problem.where), field: problem.where, problem: problem.message }] : [];
}

/** What is wrong, line by line, where the refusal tells it so. */
function Refusal({ problem, toml }: { readonly problem: ApiProblem; readonly toml: string }) {
  const mistakes = mistakesOf(problem, toml);
  if (mistakes.length === 0) return <Failure problem={problem} />;
  return (
    <div class="state state-problem" role="alert">
      <strong>{word('exercise.inject.mistakes', { number: mistakes.length })}</strong>
      <ul class="mistakes">
        {mistakes.map((one, place) => (
          <li key={place}>
            {one.line > 0 && <b>{word('exercise.inject.line', { line: one.line })} </b>}
            {one.field !== '' && <code>{one.field}</code>} {one.problem}
          </li>
        ))}
      </ul>
    </div>
  );
}
