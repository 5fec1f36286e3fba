/** Values of answers: what is sent, and the same for people. */
import { board } from '../api/shared.ts';
import type { ExerciseState } from '../api/types.ts';
import { momentAt } from '../shell/exerciseClock.ts';
import type { QuestionTold } from './told.ts';

/** A moment as it is typed (UTC) as hours from the start, to the minute; null for none. */
export function hoursOfField(field: string, startsUtc: string): string | null {
  const ms = Date.parse(`${field.trim().replace(' ', 'T')}Z`);
  if (Number.isNaN(ms)) return null;
  return String(Number(((ms - Date.parse(startsUtc)) / 3_600_000).toFixed(3)));
}

/** A moment as people type it: UTC, to the minute. */
export function fieldOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/** An object with its name where the board knows it. */
export function objectText(noradId: string): string {
  const name = board.value.data?.names[noradId];
  return name === undefined ? noradId : `${name} (${noradId})`;
}

/** A moment so many hours from the start, for people. */
export function hourText(hours: number, state: ExerciseState): string {
  return `${fieldOf(momentAt(state, hours))}Z`;
}

/** What is right, for people. */
export function rightText(question: QuestionTold, state: ExerciseState): string {
  switch (question.kind) {
    case 'choice':
      return answerText(question, question.right.join(','), state);
    case 'time':
      return question.right.map((one) => hourText(Number(one), state)).join(' – ');
    case 'number':
      return question.right.join(' – ');
    case 'part':
    case 'words':
      return question.right.join(', ');
  }
}

/** An answer as it was sent, for people. */
export function answerText(question: QuestionTold, value: string, state: ExerciseState): string {
  switch (question.kind) {
    case 'choice':
      return value
        .split(',')
        .map((one) => question.choices[Number(one) - 1] ?? one)
        .join(', ');
    case 'part':
      return value.split(',').map((one) => objectText(one.trim())).join(', ');
    case 'time':
      return Number.isNaN(Number(value)) ? value : hourText(Number(value), state);
    case 'number':
    case 'words':
      return value;
  }
}
