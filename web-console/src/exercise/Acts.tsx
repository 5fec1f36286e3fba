/** What was done, the newest first: by the cell, or by everybody for who directs. */
import { useResource } from '../api/resource.ts';
import type { ExerciseState } from '../api/types.ts';
import { minuteText } from '../pieces/moments.ts';
import { Nothing, Shown } from '../pieces/Shown.tsx';
import { hoursAt, sinceStartText } from '../shell/exerciseClock.ts';
import { linkTo } from '../shell/router.ts';
import { word, type WordKey } from '../words/words.ts';
import type { ActKind, ActTold } from './told.ts';

export interface ActsAnswer {
  readonly acts: readonly ActTold[];
}

/** The name of a cell as people call it. */
export function cellName(state: ExerciseState, id: string): string {
  return state.cells.find((cell) => cell.id === id)?.name ?? id;
}

/** Hours from the start of a moment that the server told. */
export function hoursOf(state: ExerciseState, utc: string): number {
  return hoursAt(state, Date.parse(utc));
}

const KINDS: Readonly<Record<ActKind, WordKey>> = {
  answer: 'exercise.act.answer',
  decision: 'exercise.act.decision',
  gate: 'exercise.act.gate',
  message: 'exercise.act.message',
  points: 'exercise.act.points',
  acknowledgement: 'exercise.act.acknowledgement',
};

export function ActLog({ state }: { readonly state: ExerciseState }) {
  const said = useResource<ActsAnswer>('exercise/acts', {}, { renewedBy: ['exercise'], inWords: true });
  return (
    <section class="card" aria-labelledby="exercise-log">
      <h4 id="exercise-log">{word('exercise.log')}</h4>
      <Shown of={said}>
        {({ acts }) =>
          acts.length === 0 ? (
            <Nothing told={word('exercise.log.none')} />
          ) : (
            <ol class="acts">
              {[...acts].reverse().map((one) => (
                <ActLine key={one.id} act={one} state={state} />
              ))}
            </ol>
          )
        }
      </Shown>
    </section>
  );
}

function ActLine({ act, state }: { readonly act: ActTold; readonly state: ExerciseState }) {
  const isIncident = act.subject.startsWith('INC-');
  return (
    <li>
      <time dateTime={act.at_utc} title={minuteText(act.at_utc)}>
        {sinceStartText(hoursOf(state, act.at_utc))}
      </time>
      <span>
        <b>{cellName(state, act.cell)}</b> <span class="chip">{word(KINDS[act.kind])}</span>{' '}
        {isIncident ? (
          <a href={linkTo('incident', act.subject)}>{act.subject}</a>
        ) : (
          <span class="soft">{act.kind === 'message' ? `→ ${cellName(state, act.subject)}` : act.about || act.subject}</span>
        )}
        {act.by !== '' && <span class="soft act-by"> {act.by}</span>}
        {act.says !== '' && <span class="act-value">{act.says}</span>}
      </span>
    </li>
  );
}
