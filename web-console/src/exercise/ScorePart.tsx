/** How machine and cells fare, the after-action report, and the end. */
import { useRef, useState } from 'preact/hooks';
import { API, ApiProblem, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { askedAgain } from '../api/shared.ts';
import type { ExerciseState } from '../api/types.ts';
import { figure } from '../pieces/moments.ts';
import { Failure, Shown } from '../pieces/Shown.tsx';
import type { Interval } from '../pieces/shapes.ts';
import { reviewed } from '../words/tables.ts';
import { language, word } from '../words/words.ts';
import { cellName } from './Acts.tsx';
import type { CellScoreTold, ScoreTold } from './told.ts';
import { VerdictMark } from './VerdictMark.tsx';

export function ScorePart({ state }: { readonly state: ExerciseState }) {
  const said = useResource<ScoreTold>('exercise/score', {}, { renewedBy: ['exercise'], inWords: true });
  return (
    <>
      <section class="card" aria-labelledby="exercise-debrief">
        <h4 id="exercise-debrief">{word('exercise.debrief')}</h4>
        <p class="soft">{word(state.is_over ? 'exercise.debrief.over' : 'exercise.debrief.so_far')}</p>
        <p class="form-buttons">
          <a class="button button-chief" href={`${API}/exercise/debrief.html?language=${language.value}`} download>
            {word('exercise.debrief.html')}
          </a>
          <a class="button" href={`${API}/exercise/debrief.pdf?language=${language.value}`} download>
            {word('exercise.debrief.pdf')}
          </a>
        </p>
        {!state.is_over && <End />}
      </section>
      <Shown of={said}>
        {(score) => (
          <>
            <Cells cells={score.cells} asked={score.asked} state={state} />
            <Machine told={score} />
          </>
        )}
      </Shown>
    </>
  );
}

/** Ends the exercise, after asking once more. */
function End() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const end = (): void => {
    send('POST', 'exercise/end', {}).then(
      () => {
        dialog.current?.close();
        askedAgain.value += 1;
      },
      (cause: unknown) => setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {})),
    );
  };
  return (
    <>
      <p>
        <button type="button" class="button" onClick={() => dialog.current?.showModal()}>
          {word('exercise.end')}
        </button>
      </p>
      <dialog ref={dialog} class="help" aria-label={word('exercise.end')}>
        <h2>{word('exercise.end.sure')}</h2>
        <p>{word('exercise.end.told')}</p>
        {problem !== null && <Failure problem={problem} />}
        <p class="form-buttons">
          <button type="button" class="button button-chief" onClick={end}>
            {word('exercise.end')}
          </button>
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {word('decide.cancel')}
          </button>
        </p>
      </dialog>
    </>
  );
}

interface CellsProps {
  readonly cells: readonly CellScoreTold[];
  readonly asked: Readonly<Record<string, string>>;
  readonly state: ExerciseState;
}

function Cells({ cells, asked, state }: CellsProps) {
  return (
    <section class="card" aria-labelledby="exercise-cells">
      <h4 id="exercise-cells">{word('exercise.score.cells')}</h4>
      <ul class="cell-scores">
        {cells.map((one) => (
          <li key={one.cell} data-cell={one.cell}>
            <p class="cell-score-head">
              <b>{cellName(state, one.cell)}</b>
              <span>{word('exercise.score.points', { points: figure(one.points), of: figure(one.of) })}</span>
            </p>
            <meter min={0} max={Math.max(one.of, 1e-9)} value={one.points} aria-label={cellName(state, one.cell)} />
            <p class="soft">
              {word('exercise.score.acts', {
                decisions: one.decisions,
                gates: one.gates,
                messages: one.messages,
              })}
              {one.median_answer_h !== null &&
                ` · ${word('exercise.score.answers', { hours: figure(one.median_answer_h, 2) })}`}
              {one.wording > 0 && ` · ${word('exercise.score.wording', { number: one.wording })}`}
            </p>
            <ul class="verdict-chips">
              {one.answers.map((answer) => (
                <li key={answer.question_id}>
                  <span class={`verdict verdict-${answer.verdict}`}>
                    <VerdictMark verdict={answer.verdict} />
                    {reviewed(`rehearsal.answer.${answer.verdict}`)}
                  </span>
                  <span>{asked[answer.question_id] ?? answer.question_id}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function share(of: Interval | null): string {
  if (of === null) return '–';
  const percent = (value: number): string => String(Math.round(100 * value));
  return word('exercise.score.share', { best: percent(of.best), low: percent(of.low), high: percent(of.high) });
}

function Machine({ told }: { readonly told: ScoreTold }) {
  const { score, events } = told;
  return (
    <section class="card" aria-labelledby="exercise-machine">
      <h4 id="exercise-machine">{word('exercise.score.machine')}</h4>
      <p class="soft" role="status">
        {told.looks_owed > 0
          ? word('exercise.score.owed', { looks: told.looks, owed: told.looks_owed })
          : word('exercise.score.looks', { looks: told.looks })}
      </p>
      <dl class="facts">
        <Fact name={word('exercise.score.detection')} value={share(score.detection)} />
        <Fact name={word('exercise.score.noticed')} value={share(score.noticed)} />
        <Fact name={word('exercise.score.false')} value={String(score.false_alarms.length)} />
        <Fact
          name={word('exercise.score.delay')}
          value={score.median_delay_h === null ? '–' : `${figure(score.median_delay_h)} h`}
        />
      </dl>
      <div class="scroll" tabIndex={0} role="region" aria-label={word('exercise.score.machine')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{reviewed('rehearsal.column.event')}</th>
              <th scope="col">{reviewed('rehearsal.column.what')}</th>
              <th scope="col">{reviewed('rehearsal.column.verdict')}</th>
              <th scope="col">{reviewed('rehearsal.column.after')}</th>
              <th scope="col">{reviewed('rehearsal.column.label')}</th>
            </tr>
          </thead>
          <tbody>
            {events.map((one) => (
              <tr key={one.event}>
                <th scope="row">{one.event}</th>
                <td>{one.what}</td>
                <td>{one.verdict}</td>
                <td>{one.after}</td>
                <td>{one.label}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
