/** One answer, by the kind of its question. */
import { useState } from 'preact/hooks';
import { ApiProblem, send } from '../api/client.ts';
import type { ExerciseState } from '../api/types.ts';
import { Failure } from '../pieces/Shown.tsx';
import { word } from '../words/words.ts';
import { fieldOf, hoursOfField } from './answering.ts';
import { ObjectPicker } from './ObjectPicker.tsx';
import type { QuestionTold } from './told.ts';

const LONGEST = 4000;

export function AnswerForm({
  question,
  state,
  cell,
  onDone,
}: {
  readonly question: QuestionTold;
  readonly state: ExerciseState;
  /** For whom, where one person acts for several cells. */
  readonly cell?: string;
  readonly onDone: () => void;
}) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [sending, setSending] = useState(false);
  const answer = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const field = String(new FormData(event.currentTarget as HTMLFormElement).get('value') ?? '');
    const value = question.kind === 'time' ? hoursOfField(field, state.starts_utc) : field.trim();
    setSending(true);
    setProblem(null);
    try {
      await send('POST', 'exercise/answers', {
        question_id: question.id,
        value: value ?? '',
        ...(cell === undefined ? {} : { cell }),
      });
      onDone();
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
    }
    setSending(false);
  };
  return (
    <form class="answer" aria-label={question.text} onSubmit={(event) => void answer(event)}>
      <Field question={question} state={state} />
      {problem !== null && <Failure problem={problem} />}
      <p class="form-buttons">
        <button type="submit" class="button button-chief" disabled={sending}>
          {cell === undefined ? word('exercise.answer') : word('exercise.answer_for', { cell })}
        </button>
      </p>
    </form>
  );
}

function Field({ question, state }: { readonly question: QuestionTold; readonly state: ExerciseState }) {
  switch (question.kind) {
    case 'choice':
      return (
        <fieldset class="options">
          <legend class="hidden">{question.text}</legend>
          {question.choices.map((text, place) => (
            <label key={text} class="option">
              <input type="radio" name="value" value={place + 1} required />
              <span>{text}</span>
            </label>
          ))}
        </fieldset>
      );
    case 'part':
      return <ObjectPicker label={word('exercise.field.object')} />;
    case 'number':
      return (
        <label class="field">
          <span>{word('exercise.field.number')}</span>
          <input type="number" name="value" step="any" required />
        </label>
      );
    case 'time':
      return (
        <label class="field">
          <span>{word('exercise.field.time')}</span>
          <input
            name="value"
            required
            pattern="\d{4}-\d\d-\d\d[ T]\d\d:\d\d"
            autocomplete="off"
            defaultValue={fieldOf(Date.parse(state.now_utc))}
          />
        </label>
      );
    case 'words':
      return (
        <label class="field">
          <span>{word('exercise.field.words')}</span>
          <textarea name="value" rows={5} maxLength={LONGEST} required />
        </label>
      );
  }
}
