/** Questions for who directs: what is right, what every cell answered, points for words. */
import { useState } from 'preact/hooks';
import { ApiProblem, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { me } from '../api/shared.ts';
import type { ExerciseState } from '../api/types.ts';
import { minuteText } from '../pieces/moments.ts';
import { Failure, Nothing, Shown } from '../pieces/Shown.tsx';
import { exerciseMs, sinceStartText, spanText } from '../shell/exerciseClock.ts';
import { reviewed } from '../words/tables.ts';
import { word } from '../words/words.ts';
import { cellName, hoursOf } from './Acts.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { answerText } from './answering.ts';
import { Countdown } from './MyQuestions.tsx';
import type { AnswerVerdict, CellAnswer, QuestionTold } from './told.ts';

interface Answer {
  readonly questions: readonly QuestionTold[];
}

export function Judging({ state }: { readonly state: ExerciseState }) {
  const said = useResource<Answer>('exercise/questions', {}, { renewedBy: ['exercise'], inWords: true });
  return (
    <Shown of={said}>
      {({ questions }) =>
        questions.length === 0 ? (
          <Nothing told={word('exercise.script.no_questions')} />
        ) : (
          <ol class="cards">
            {[...questions]
              .sort((one, other) => one.asked_utc.localeCompare(other.asked_utc))
              .map((one) => (
                <JudgedQuestion key={one.id} question={one} state={state} onDone={said.reload} />
              ))}
          </ol>
        )
      }
    </Shown>
  );
}

function JudgedQuestion({
  question,
  state,
  onDone,
}: {
  readonly question: QuestionTold;
  readonly state: ExerciseState;
  readonly onDone: () => void;
}) {
  const national = state.cells.filter((cell) => !cell.is_white).map((cell) => cell.id);
  const asked = question.cells === undefined || question.cells.length === 0 ? national : question.cells;
  return (
    <li class="card question" data-question={question.id}>
      <p class="question-text">{question.text}</p>
      {question.is_open ? <Countdown question={question} state={state} /> : <When question={question} />}
      <p class="question-right">
        <span class="soft">{word('exercise.right')}</span>{' '}
        {question.kind === 'words' ? word('exercise.right.words') : question.right_text}
        <span class="chip">{word('exercise.points', { points: question.points })}</span>
      </p>
      <ul class="verdicts">
        {asked.map((cell) => (
          <CellLine
            key={cell}
            cell={cell}
            answer={(question.answers ?? []).find((one) => one.cell === cell)}
            question={question}
            state={state}
            onDone={onDone}
          />
        ))}
      </ul>
    </li>
  );
}

function When({ question }: { readonly question: QuestionTold }) {
  const asked = Date.parse(question.asked_utc);
  const left = asked - (exerciseMs.value ?? asked);
  if (left > 0) {
    return (
      <p class="soft">
        {word('exercise.asked_in', { span: spanText(left), moment: minuteText(question.asked_utc) })}
      </p>
    );
  }
  return <p class="soft">{word('exercise.was_due', { moment: minuteText(question.due_utc) })}</p>;
}

const SHAPES: Readonly<Record<AnswerVerdict, string>> = {
  right: '✓',
  wrong: '✕',
  late: '◷',
  missing: '–',
  judged: '★',
  waiting: '…',
};

function CellLine({
  cell,
  answer,
  question,
  state,
  onDone,
}: {
  readonly cell: string;
  readonly answer: CellAnswer | undefined;
  readonly question: QuestionTold;
  readonly state: ExerciseState;
  readonly onDone: () => void;
}) {
  const [answering, setAnswering] = useState(false);
  const mayAnswer = question.is_open && me.value.data?.is_local === true;
  return (
    <li data-cell={cell}>
      <p class="verdict-line">
        <b>{cellName(state, cell)}</b>
        {answer === undefined ? (
          <span class="soft">{word('exercise.no_answer_yet')}</span>
        ) : (
          <>
            <span class={`verdict verdict-${answer.verdict}`}>
              <span aria-hidden="true">{SHAPES[answer.verdict]} </span>
              {reviewed(`rehearsal.answer.${answer.verdict}`)}
            </span>
            <span class="soft">{sinceStartText(hoursOf(state, answer.at_utc))}</span>
          </>
        )}
        {mayAnswer && (
          <button type="button" class="button button-small" onClick={() => setAnswering(!answering)}>
            {word('exercise.answer_for', { cell: cellName(state, cell) })}
          </button>
        )}
      </p>
      {answer !== undefined && (
        <p class="verdict-text">{answer.value_text || answerText(question, answer.value, state)}</p>
      )}
      {answer !== undefined && question.kind === 'words' && (
        <Points cell={cell} answer={answer} question={question} onDone={onDone} />
      )}
      {answering && (
        <AnswerForm
          question={question}
          state={state}
          cell={cell}
          onDone={() => {
            setAnswering(false);
            onDone();
          }}
        />
      )}
    </li>
  );
}

function Points({
  cell,
  answer,
  question,
  onDone,
}: {
  readonly cell: string;
  readonly answer: CellAnswer;
  readonly question: QuestionTold;
  readonly onDone: () => void;
}) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const give = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const points = Number(new FormData(event.currentTarget as HTMLFormElement).get('points'));
    try {
      await send('POST', 'exercise/points', { cell, question_id: question.id, points });
      setProblem(null);
      onDone();
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
    }
  };
  return (
    <form class="points" onSubmit={(event) => void give(event)}>
      <label>
        <span>{word('exercise.points.of', { of: question.points })}</span>
        <input
          name="points"
          type="number"
          min={0}
          max={question.points}
          step={0.5}
          required
          defaultValue={answer.verdict === 'judged' ? String(answer.points) : ''}
        />
      </label>
      <button type="submit" class="button button-small">
        {word('exercise.points.give')}
      </button>
      {problem !== null && <Failure problem={problem} />}
    </form>
  );
}
