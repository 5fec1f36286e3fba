/** The course of the exercise as a strip: hours, injects, questions, acts, and where the clock stands. */
import { useResource } from '../api/resource.ts';
import { exercise } from '../api/shared.ts';
import type { ExerciseState } from '../api/types.ts';
import { Label, Measured, type Size } from '../pictures/drawing.tsx';
import { type Scale, at, ticks } from '../pictures/scales.ts';
import { exerciseMs, hoursAt, sinceStartText } from '../shell/exerciseClock.ts';
import { word } from '../words/words.ts';
import { type ActsAnswer, cellName, hoursOf } from './Acts.tsx';
import { kindText } from './Script.tsx';
import type { ActTold, InjectTold, QuestionTold, ScriptTold } from './told.ts';

const LEFT = 130;
const RIGHT = 22;
const AXIS = 24;
const LANE = 26;

export function CoursePanel() {
  const state = exercise.value.data;
  if (state === null) return null;
  return state.is_director ? <OfDirector state={state} /> : <OfCell state={state} />;
}

const RENEWED = { renewedBy: ['exercise'], inWords: true } as const;

function OfDirector({ state }: { readonly state: ExerciseState }) {
  const script = useResource<ScriptTold>('exercise/script', {}, RENEWED);
  return <Asked state={state} script={script.state === 'there' ? script.data : null} />;
}

function OfCell({ state }: { readonly state: ExerciseState }) {
  return <Asked state={state} script={null} />;
}

function Asked({ state, script }: { readonly state: ExerciseState; readonly script: ScriptTold | null }) {
  const asked = useResource<{ questions: readonly QuestionTold[] }>('exercise/questions', {}, RENEWED);
  const done = useResource<ActsAnswer>('exercise/acts', {}, RENEWED);
  return (
    <Course
      state={state}
      script={script}
      questions={asked.state === 'there' ? asked.data.questions : []}
      acts={done.state === 'there' ? done.data.acts : []}
    />
  );
}

interface CourseProps {
  readonly state: ExerciseState;
  readonly script: ScriptTold | null;
  readonly questions: readonly QuestionTold[];
  readonly acts: readonly ActTold[];
}

export function Course(props: CourseProps) {
  return <Measured class="course">{(size) => <Drawn {...props} size={size} />}</Measured>;
}

function Drawn({ state, script, questions, acts, size }: CourseProps & { readonly size: Size }) {
  const scale: Scale = { from: [0, state.length_h], to: [LEFT, size.width - RIGHT] };
  const x = (hours: number): number => Math.min(Math.max(at(scale, hours), LEFT), size.width - RIGHT);
  const cells = state.cells.filter((cell) => !cell.is_white && (state.is_director || cell.id === state.my_cell));
  const lanes = [
    ...(script === null ? [] : [word('exercise.injects')]),
    word('exercise.questions'),
    ...cells.map((cell) => cell.name),
  ];
  const top = (lane: number): number => AXIS + lane * LANE;
  const ofQuestions = script === null ? 0 : 1;
  const bottom = top(lanes.length);
  return (
    <svg width={size.width} height={bottom + 4} class="course-svg" role="img" aria-label={word('exercise.course.told', { at: sinceStartText(state.at_h), length: state.length_h })}>
      {(script?.jumps_h ?? []).map(([from, to]) => (
        <rect key={from} class="course-jump" x={x(from)} y={AXIS} width={Math.max(1, x(to) - x(from))} height={bottom - AXIS} />
      ))}
      {lanes.map((name, lane) => (
        <g key={name}>
          <path class="course-line" d={`M0 ${top(lane)}H${size.width}`} />
          <Label x={14} y={top(lane) + LANE / 2 + 4} class="course-name">{name}</Label>
        </g>
      ))}
      <Hours state={state} size={size} x={x} bottom={bottom} />
      {(script?.pauses_h ?? []).map((hours) => (
        <path key={hours} class="course-pause" d={`M${x(hours) - 3} ${AXIS}V${bottom}M${x(hours) + 3} ${AXIS}V${bottom}`} />
      ))}
      {(script?.injects ?? []).map((one) => (
        <InjectMark key={one.id} inject={one} x={x(one.at_h)} y={top(0) + LANE / 2} />
      ))}
      {questions.map((one) => (
        <QuestionBar key={one.id} question={one} state={state} x={x} y={top(ofQuestions) + LANE / 2} />
      ))}
      {cells.map((cell, place) =>
        acts
          .filter((act) => act.cell === cell.id)
          .map((act, n) => (
            <circle key={`${cell.id}${n}`} class={`course-act course-act-${act.kind}`} cx={x(hoursOf(state, act.at_utc))} cy={top(ofQuestions + 1 + place) + LANE / 2} r={4}>
              <title>{`${cellName(state, act.cell)}: ${act.subject} ${act.value}`}</title>
            </circle>
          )),
      )}
      <Now state={state} x={x} bottom={bottom} />
    </svg>
  );
}

function Hours({ state, size, x, bottom }: { readonly state: ExerciseState; readonly size: Size; readonly x: (hours: number) => number; readonly bottom: number }) {
  return (
    <g>
      {ticks(0, state.length_h, Math.max(2, Math.floor((size.width - LEFT) / 90))).map((hours) => (
        <g key={hours}>
          <path class="course-tick" d={`M${x(hours)} ${AXIS}V${bottom}`} />
          <Label x={x(hours)} y={15} anchor="middle" class="course-hour">{`${hours} h`}</Label>
        </g>
      ))}
    </g>
  );
}

function InjectMark({ inject, x, y }: { readonly inject: InjectTold; readonly x: number; readonly y: number }) {
  return (
    <path class={`course-inject course-inject-${inject.state}`} d="M0-6 6 0 0 6-6 0Z" transform={`translate(${x} ${y})`}>
      <title>{`${sinceStartText(inject.at_h)} ${kindText(inject.kind)} ${inject.summary}`}</title>
    </path>
  );
}

function QuestionBar({ question, state, x, y }: { readonly question: QuestionTold; readonly state: ExerciseState; readonly x: (hours: number) => number; readonly y: number }) {
  const from = x(hoursOf(state, question.asked_utc));
  const to = x(hoursOf(state, question.due_utc));
  const isAnswered = question.answer !== null || (question.answers ?? []).length > 0;
  const kind = question.is_open ? 'open' : isAnswered ? 'answered' : 'other';
  return (
    <g class={`course-question course-question-${kind}`}>
      <rect x={from} y={y - 5} width={Math.max(3, to - from)} height={10} rx={3} />
      <title>{question.text}</title>
    </g>
  );
}

/** Where the clock stands: the only thing that moves. */
function Now({ state, x, bottom }: { readonly state: ExerciseState; readonly x: (hours: number) => number; readonly bottom: number }) {
  const place = x(hoursAt(state, exerciseMs.value ?? Date.parse(state.now_utc)));
  return (
    <g class="course-now">
      <rect x={LEFT} y={AXIS - 3} width={Math.max(0, place - LEFT)} height={3} />
      <path d={`M${place} ${AXIS - 3}V${bottom}`} />
      <path class="course-now-head" d={`M${place - 6} ${AXIS - 10}H${place + 6}L${place} ${AXIS - 2}Z`} />
    </g>
  );
}
