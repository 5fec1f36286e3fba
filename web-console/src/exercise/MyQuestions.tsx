/** The questions of a cell: those that wait for an answer first, each with its time. */
import { useState } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import type { ExerciseState } from '../api/types.ts';
import { minuteText } from '../pieces/moments.ts';
import { Nothing, Shown } from '../pieces/Shown.tsx';
import { exerciseMs, spanWords, wallWords } from '../shell/exerciseClock.ts';
import { word } from '../words/words.ts';
import { AnswerForm } from './AnswerForm.tsx';
import { answerText } from './answering.ts';
import type { QuestionTold } from './told.ts';
import { VerdictMark } from './VerdictMark.tsx';

interface Answer {
  readonly questions: readonly QuestionTold[];
}

export function MyQuestions({ state }: { readonly state: ExerciseState }) {
  const said = useResource<Answer>('exercise/questions', {}, { renewedBy: ['exercise'], inWords: true });
  return (
    <section aria-labelledby="exercise-questions">
      <Shown of={said}>
        {({ questions }) => {
          const byDue = [...questions].sort((one, other) => one.due_utc.localeCompare(other.due_utc));
          const open = byDue.filter((one) => one.is_open);
          const past = byDue.filter((one) => !one.is_open).reverse();
          return (
            <>
              <h4 id="exercise-questions">
                {word('exercise.questions')} <span class="chip">{open.length}</span>
              </h4>
              {open.length === 0 && (
                <Nothing
                  told={word('exercise.questions.none')}
                  more={word(state.is_over ? 'exercise.gait.over' : 'exercise.questions.none.do')}
                />
              )}
              <ol class="cards">
                {open.map((one) => (
                  <OpenQuestion key={one.id} question={one} state={state} onDone={said.reload} />
                ))}
              </ol>
              {past.length > 0 && (
                <>
                  <h4>{word('exercise.questions.past')}</h4>
                  <ol class="cards">
                    {past.map((one) => (
                      <li key={one.id} class="card card-past">
                        <p>{one.text}</p>
                        <p class="soft">{answered(one, state)}</p>
                      </li>
                    ))}
                  </ol>
                </>
              )}
            </>
          );
        }}
      </Shown>
    </section>
  );
}

function answered(question: QuestionTold, state: ExerciseState): string {
  if (question.answer === null) return word('exercise.unanswered');
  return word('exercise.answered', { answer: answerText(question, question.answer.value, state) });
}

function OpenQuestion({
  question,
  state,
  onDone,
}: {
  readonly question: QuestionTold;
  readonly state: ExerciseState;
  readonly onDone: () => void;
}) {
  const [changing, setChanging] = useState(false);
  const isAnswered = question.answer !== null;
  return (
    <li class={`card question${isAnswered ? ' question-answered' : ''}`} data-question={question.id}>
      <p class="question-text">{question.text}</p>
      <Countdown question={question} state={state} />
      {isAnswered && !changing ? (
        <div class="question-done">
          <p>
            <VerdictMark verdict="right" />
            {answered(question, state)}
          </p>
          <button type="button" class="button button-small" onClick={() => setChanging(true)}>
            {word('exercise.change')}
          </button>
        </div>
      ) : (
        <AnswerForm
          question={question}
          state={state}
          onDone={() => {
            setChanging(false);
            onDone();
          }}
        />
      )}
    </li>
  );
}

const SOON = 0.2;

/** How much time is left to answer, in the exercise and on the wall. */
export function Countdown({ question, state }: { readonly question: QuestionTold; readonly state: ExerciseState }) {
  const now = exerciseMs.value ?? Date.parse(state.now_utc);
  const due = Date.parse(question.due_utc);
  const whole = due - Date.parse(question.asked_utc);
  const left = Math.max(0, due - now);
  const isSoon = left < SOON * whole;
  return (
    <div class={`countdown${isSoon ? ' countdown-soon' : ''}`}>
      <meter min={0} max={whole} low={SOON * whole} value={left} aria-label={word('exercise.time_left')} />
      <p>
        {isSoon && <span aria-hidden="true">▲ </span>}
        <b>{word('exercise.left', { span: spanWords(left) })}</b>{' '}
        <span class="soft">
          {word('exercise.due', { moment: minuteText(question.due_utc) })}
          {' · '}
          {word('exercise.on_wall', { span: wallWords(left / state.speed) })}
        </span>
      </p>
    </div>
  );
}
