/** Questions for who directs: what is right, what every cell answered, points for words. */
import { useState } from 'preact/hooks';
import { ApiProblem, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import type { ExerciseState } from '../api/types.ts';
import { minuteText } from '../pieces/moments.ts';
import { Failure, Nothing, Shown } from '../pieces/Shown.tsx';
import { exerciseMs, momentAt, sinceStartText, spanWords } from '../shell/exerciseClock.ts';
import { reviewed } from '../words/tables.ts';
import { word } from '../words/words.ts';
import { cellName, hoursOf } from './Acts.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { answerText, rightText } from './answering.ts';
import { Countdown } from './MyQuestions.tsx';
import type { AnswerVerdict, CellAnswer, QuestionTold, ScriptQuestionTold, ScriptTold } from './told.ts';
import { VerdictMark } from './VerdictMark.tsx';

interface Answer {
  readonly questions: readonly QuestionTold[];
}

export function Judging({
  state,
  script,
}: {
  readonly state: ExerciseState;
  readonly script: ScriptTold | null;
}) {
  const said = useResource<Answer>('exercise/questions', {}, { renewedBy: ['exercise'], inWords: true });
  return (
    <Shown of={said}>
      {({ questions }) => {
        const coming = (script?.questions ?? []).filter((one) => one.state === 'coming');
        const open = questions.filter((one) => one.is_open);
        const waiting = questions.filter((one) => !one.is_open && waitsForPoints(one));
        const past = questions.filter((one) => !one.is_open && !waitsForPoints(one));
        if (questions.length + coming.length === 0) return <Nothing told={word('exercise.script.no_questions')} />;
        const judged = (list: readonly QuestionTold[]) =>
          list.map((one) => <JudgedQuestion key={one.id} question={one} state={state} onDone={said.reload} />);
        return (
          <>
            <ol class="cards">{judged([...open, ...waiting])}</ol>
            {coming.length > 0 && <h4>{word('exercise.questions.coming')}</h4>}
            <ol class="cards">
              {[...coming]
                .sort((one, other) => one.asked_h - other.asked_h)
                .map((one) => (
                  <ComingQuestion key={one.id} question={one} state={state} />
                ))}
            </ol>
            {past.length > 0 && <h4>{word('exercise.questions.past')}</h4>}
            <ol class="cards">{judged(past.reverse())}</ol>
          </>
        );
      }}
    </Shown>
  );
}

/** Whether the white cell still has to give points for an answer in words. */
function waitsForPoints(question: QuestionTold): boolean {
  return question.kind === 'words' && question.answers.some((one) => !one.is_late && one.points === null);
}

function ComingQuestion({ question, state }: { readonly question: ScriptQuestionTold; readonly state: ExerciseState }) {
  const left = momentAt(state, question.asked_h) - (exerciseMs.value ?? 0);
  return (
    <li class="card card-past" data-question={question.id}>
      <p>{question.text}</p>
      <p class="soft">
        {word('exercise.asked_in', { span: spanWords(Math.max(0, left)), at: sinceStartText(question.asked_h) })}
        {' · '}
        {question.cells.map((cell) => cellName(state, cell)).join(', ')}
      </p>
    </li>
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
  return (
    <li class="card question" data-question={question.id}>
      <p class="question-text">{question.text}</p>
      {question.is_open ? (
        <Countdown question={question} state={state} />
      ) : (
        <p class="soft">{word('exercise.was_due', { moment: minuteText(question.due_utc) })}</p>
      )}
      <p class="question-right">
        <span class="soft">{word('exercise.right')}</span>{' '}
        {question.kind === 'words' ? word('exercise.right.words') : rightText(question, state)}
        <span class="chip">{word('exercise.points', { points: question.points ?? 0 })}</span>
      </p>
      <ul class="verdicts">
        {question.cells.map((cell) => (
          <CellLine
            key={cell}
            cell={cell}
            answer={question.answers.find((one) => one.cell === cell)}
            question={question}
            state={state}
            onDone={onDone}
          />
        ))}
      </ul>
    </li>
  );
}

function verdictOf(question: QuestionTold, answer: CellAnswer): AnswerVerdict {
  if (answer.is_late) return 'late';
  if (question.kind === 'words') return answer.points === null ? 'waiting' : 'judged';
  return answer.is_right === true ? 'right' : 'wrong';
}

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
  const mayAnswer = question.is_open && state.plays_all;
  const verdict = answer === undefined ? 'missing' : verdictOf(question, answer);
  return (
    <li data-cell={cell}>
      <p class="verdict-line">
        <b>{cellName(state, cell)}</b>
        {answer === undefined ? (
          <span class="soft">{word('exercise.no_answer_yet')}</span>
        ) : (
          <>
            <span class={`verdict verdict-${verdict}`}>
              <VerdictMark verdict={verdict} />
              {reviewed(`rehearsal.answer.${verdict}`)}
            </span>
            <span class="soft">
              {sinceStartText(hoursOf(state, answer.at_utc))} {answer.by}
            </span>
          </>
        )}
        {mayAnswer && (
          <button type="button" class="button button-small" onClick={() => setAnswering(!answering)}>
            {word('exercise.answer_for', { cell: cellName(state, cell) })}
          </button>
        )}
      </p>
      {answer !== undefined && (
        <p class="verdict-text">{answerText(question, answer.value, state)}</p>
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
        <span>{word('exercise.points.of', { of: question.points ?? 0 })}</span>
        <input
          name="points"
          type="number"
          min={0}
          max={question.points ?? undefined}
          step={0.5}
          required
          defaultValue={answer.points === null ? '' : String(answer.points)}
        />
      </label>
      <button type="submit" class="button button-small">
        {word('exercise.points.give')}
      </button>
      {problem !== null && <Failure problem={problem} />}
    </form>
  );
}
