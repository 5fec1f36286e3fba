/** The course of the exercise as a strip: hours, injects, questions, acts, and where the clock stands. */
import { useResource } from '../api/resource.ts';
import { exercise } from '../api/shared.ts';
import type { ExerciseState } from '../api/types.ts';
import { Label, useSize } from '../pictures/drawing.tsx';
import { type Scale, at, ticks } from '../pictures/scales.ts';
import { exerciseMs, hoursAt, sinceStartText } from '../shell/exerciseClock.ts';
import { word } from '../words/words.ts';
import { type ActsAnswer, cellName, hoursOf } from './Acts.tsx';
import { rowsOf } from './bars.ts';
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
  const [box, size] = useSize<HTMLDivElement>();
  return (
    <div class="course" ref={box}>
      {size.width > LEFT + RIGHT && <Drawn {...props} width={size.width} />}
    </div>
  );
}

/** A question as the strip shows it. */
interface Bar {
  readonly id: string;
  readonly text: string;
  readonly fromH: number;
  readonly toH: number;
  readonly look: 'open' | 'answered' | 'other';
}

function barsOf({ state, script, questions }: CourseProps): readonly Bar[] {
  const asked = questions.map((one): Bar => {
    const isAnswered = one.answer !== null || one.answers.length > 0;
    return {
      id: one.id,
      text: one.text,
      fromH: hoursOf(state, one.asked_utc),
      toH: hoursOf(state, one.due_utc),
      look: isAnswered ? 'answered' : one.is_open ? 'open' : 'other',
    };
  });
  const coming = (script?.questions ?? [])
    .filter((one) => one.state === 'coming')
    .map((one): Bar => ({ id: one.id, text: one.text, fromH: one.asked_h, toH: one.due_h, look: 'other' }));
  return [...asked, ...coming].sort((one, other) => one.fromH - other.fromH);
}

function Drawn({ width, ...props }: CourseProps & { readonly width: number }) {
  const { state, script, acts } = props;
  const scale: Scale = { from: [0, state.length_h], to: [LEFT, width - RIGHT] };
  const x = (hours: number): number => Math.min(Math.max(at(scale, hours), LEFT), width - RIGHT);
  const cells = state.cells.filter((cell) => !cell.is_white && (state.is_director || cell.id === state.my_cell));
  const lanes = [
    ...(script === null ? [] : [word('exercise.injects')]),
    word('exercise.questions'),
    ...cells.map((cell) => cell.name),
  ];
  const top = (lane: number): number => AXIS + lane * LANE;
  const ofQuestions = script === null ? 0 : 1;
  const bottom = top(lanes.length);
  const bars = barsOf(props);
  const rows = rowsOf(bars);
  const barHeight = (LANE - 6) / Math.max(2, ...rows.map((row) => row + 1));
  return (
    <svg width={width} height={bottom + 4} class="course-svg" role="img" aria-label={word('exercise.course.told', { at: sinceStartText(state.at_h), length: state.length_h })}>
      {(script?.jumps_h ?? []).map(([from, to]) => (
        <rect key={from} class="course-jump" x={x(from)} y={AXIS} width={Math.max(1, x(to) - x(from))} height={bottom - AXIS} />
      ))}
      {lanes.map((name, lane) => (
        <g key={name}>
          <path class="course-line" d={`M0 ${top(lane)}H${width}`} />
          <Label x={14} y={top(lane) + LANE / 2 + 4} class="course-name">{name}</Label>
        </g>
      ))}
      <Hours state={state} width={width} x={x} bottom={bottom} />
      {(script?.pauses_h ?? []).map((hours) => (
        <path key={hours} class="course-pause" d={`M${x(hours) - 3} ${AXIS}V${bottom}M${x(hours) + 3} ${AXIS}V${bottom}`} />
      ))}
      {(script?.injects ?? []).map((one) => (
        <InjectMark key={one.id} inject={one} x={x(one.at_h)} y={top(0) + LANE / 2} />
      ))}
      {bars.map((one, place) => (
        <g key={one.id} class={`course-question course-question-${one.look}`}>
          <rect
            x={x(one.fromH)}
            y={top(ofQuestions) + 3 + (rows[place] ?? 0) * barHeight}
            width={Math.max(3, x(one.toH) - x(one.fromH))}
            height={barHeight - 2}
            rx={2}
          />
          <title>{one.text}</title>
        </g>
      ))}
      {cells.map((cell, place) =>
        acts
          .filter((act) => act.cell === cell.id && act.kind !== 'points')
          .map((act) => <ActMark key={act.id} act={act} state={state} x={x(hoursOf(state, act.at_utc))} y={top(ofQuestions + 1 + place) + LANE / 2} />),
      )}
      <Now state={state} x={x} bottom={bottom} />
    </svg>
  );
}

function Hours({ state, width, x, bottom }: { readonly state: ExerciseState; readonly width: number; readonly x: (hours: number) => number; readonly bottom: number }) {
  return (
    <g>
      {ticks(0, state.length_h, Math.max(2, Math.floor((width - LEFT) / 90))).map((hours) => (
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
      <title>{`${sinceStartText(inject.at_h)} ${inject.title} ${inject.summary}`}</title>
    </path>
  );
}

/** A disc for an answer, a square for what was decided, a ring for a message. */
function ActMark({ act, state, x, y }: { readonly act: ActTold; readonly state: ExerciseState; readonly x: number; readonly y: number }) {
  const isDecided = act.kind === 'decision' || act.kind === 'gate' || act.kind === 'acknowledgement';
  const d = isDecided ? 'M-4-4H4V4H-4Z' : 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0';
  return (
    <path class={`course-act course-act-${act.kind}`} d={d} transform={`translate(${x} ${y})`}>
      <title>{`${cellName(state, act.cell)}: ${act.subject} ${act.value}`}</title>
    </path>
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
