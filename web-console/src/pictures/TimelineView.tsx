/** The timeline: lanes of what was and what comes; two handles, the moment shown and that of knowledge. */
import { useMemo, useRef, useState } from 'preact/hooks';
import { AttentionShape, Label, Measured, type Say, type Size } from './drawing.tsx';
import { type Scale, at, momentText, timeTicks, valueAt } from './scales.ts';
import { type Span, boardBeside, holding, moved, snapped, zoomed } from './timeline.ts';
import type { Lane, TimelineMark, TimelinePage } from './types.ts';

export interface TimelineProps {
  readonly page: TimelinePage;
  readonly say: Say;
  readonly momentMs: number;
  readonly chooseMoment: (ms: number) => void;
  /** The moment whose knowledge is shown; null is all that is known now. */
  readonly knownMs: number | null;
  readonly chooseKnown: (ms: number | null) => void;
  /** The newest moment that can be known: now. */
  readonly nowMs: number;
  readonly openIncident: (incidentId: string) => void;
  readonly openAlert: (alertId: string) => void;
  readonly chosenIncident: string | null;
}

const LANES: readonly Exclude<Lane, 'board'>[] = [
  'conjunction', 'proximity', 'manoeuvre', 'breakup', 'interference', 'report', 'alert',
];
const LEFT = 116;
const RIGHT = 16;
const AXIS = 22;
const FLOOR = 24;
const SNAP_PX = 6;

export function TimelineView(props: TimelineProps) {
  return <Measured class="timeline">{(size) => <Lanes {...props} size={size} />}</Measured>;
}

function Lanes(props: TimelineProps & { readonly size: Size }) {
  const { page, say, size, momentMs, chooseMoment, knownMs, chooseKnown, nowMs, openIncident, openAlert, chosenIncident } = props;
  const asOfMs = Date.parse(page.as_of_utc);
  const whole: Span = { fromMs: Date.parse(page.since_utc), toMs: Date.parse(page.until_utc) };
  const first: Span = { fromMs: Math.max(whole.fromMs, asOfMs - 0.6 * (whole.toMs - asOfMs)), toMs: whole.toMs + 0.02 * (whole.toMs - asOfMs) };
  const [chosen, setChosen] = useState<Span | null>(null);
  const span = chosen ?? first;
  const x: Scale = { from: [span.fromMs, span.toMs], to: [LEFT, size.width - RIGHT] };
  const laneHeight = (size.height - AXIS - FLOOR) / LANES.length;
  const floor = size.height - FLOOR;
  const boards = useMemo(() => page.marks.filter((mark) => mark.lane === 'board').map((mark) => asOfMs + mark.moment_s * 1000), [page]);
  const place = (ms: number): number => at(x, ms);
  const clamped = (ms: number): number => Math.min(Math.max(place(ms), LEFT), size.width - RIGHT);

  const momentAt = (event: MouseEvent): number => {
    const box = (event.currentTarget as Element).closest('svg')!.getBoundingClientRect();
    return valueAt(x, Math.min(Math.max(event.clientX - box.left, LEFT), size.width - RIGHT));
  };
  const newestMs = useRef(nowMs);
  newestMs.current = nowMs;
  const know = (ms: number): void => {
    const kept = snapped(ms, boards, (SNAP_PX / (size.width - LEFT - RIGHT)) * (span.toMs - span.fromMs));
    chooseKnown(kept >= newestMs.current - 1000 ? null : kept);
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) setChosen(moved(span, (event.deltaX || event.deltaY) / 800));
    else setChosen(zoomed(span, event.deltaY > 0 ? 1.25 : 0.8, momentAt(event)));
  };
  const keys = (event: KeyboardEvent): void => {
    const factor = { '+': 0.7, '=': 0.7, '-': 1.4 }[event.key];
    if (factor === undefined && event.key !== '0') return;
    event.preventDefault();
    event.stopPropagation();
    setChosen(factor === undefined ? null : zoomed(span, factor, Math.min(Math.max(momentMs, span.fromMs), span.toMs)));
  };
  const open = (mark: TimelineMark): void => {
    if (mark.alert_id !== '') openAlert(mark.alert_id);
    else if (mark.incident_id !== '') openIncident(mark.incident_id);
  };
  const title = say('pictures.timeline_title', { since: momentText(span.fromMs), until: momentText(span.toMs) });
  const shownKnown = knownMs ?? nowMs;
  // The moment moves four times a second; what it does not move is not made again.
  const still = [page, span.fromMs, span.toMs, size.width, size.height, title];
  const lanes = useMemo(
    () =>
      LANES.map((lane, row) => (
        <g key={lane}>
          <rect class={`timeline-lane${row % 2 === 0 ? ' timeline-lane-even' : ''}`} x={0} y={AXIS + row * laneHeight} width={size.width} height={laneHeight} />
          <Label x={10} y={AXIS + (row + 0.5) * laneHeight + 4} class="timeline-name">{say(`pictures.lane_${lane}`)}</Label>
        </g>
      )),
    still,
  );
  const grid = useMemo(
    () => (
      <g class="picture-grid">
        {timeTicks(span.fromMs, span.toMs, Math.max(3, Math.floor((size.width - LEFT) / 86))).map((tick) => (
          <g key={tick.ms}>
            <path class={tick.chief ? 'picture-chief' : ''} d={`M${place(tick.ms).toFixed(1)} ${AXIS}V${floor}`} />
            <Label x={place(tick.ms) + 4} y={14} class={`picture-tick${tick.chief ? ' picture-tick-chief' : ''}`}>{tick.text}</Label>
          </g>
        ))}
      </g>
    ),
    still,
  );
  const marks = useMemo(
    () =>
      marksWithin(page, span).map((mark) => (
        <MarkView key={`${mark.finding_id}${mark.alert_id}${mark.incident_id}`} mark={mark} names={page.names} asOfMs={asOfMs} x={x} y={AXIS + (LANES.indexOf(mark.lane as (typeof LANES)[number]) + 0.5) * laneHeight} height={laneHeight} chosen={mark.incident_id !== '' && mark.incident_id === chosenIncident} say={say} open={open} />
      )),
    [...still, chosenIncident],
  );
  const knownLane = useMemo(
    () => <KnownLane boards={boards} x={x} size={size} floor={floor} know={know} momentAt={momentAt} say={say} />,
    still,
  );
  return (
    <div class="timeline-layers" onKeyDown={keys}>
      <svg width={size.width} height={size.height} class="timeline-svg" role="group" aria-label={title} aria-describedby="timeline-desc" onWheel={wheel}>
        <desc id="timeline-desc">{say('pictures.timeline_desc', { count: marks.length })}</desc>
        <clipPath id="timeline-clip">
          <rect x={LEFT} y={0} width={size.width - LEFT - RIGHT} height={size.height} />
        </clipPath>
        {lanes}
        <g clip-path="url(#timeline-clip)">
          <rect class="picture-future" x={place(asOfMs)} y={AXIS} width={Math.max(size.width - RIGHT - place(asOfMs), 0)} height={floor - AXIS} />
          {knownMs !== null && (
            <rect class="timeline-unknown" x={place(knownMs)} y={AXIS} width={Math.max(place(Math.max(nowMs, knownMs)) - place(knownMs), 0)} height={floor - AXIS} />
          )}
          {grid}
          <rect
            class="timeline-ground"
            x={LEFT}
            y={0}
            width={size.width - LEFT - RIGHT}
            height={floor}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              chooseMoment(momentAt(event));
            }}
            onPointerMove={(event) => {
              if (event.buttons !== 0) chooseMoment(momentAt(event));
            }}
          />
          {marks}
          <path class="timeline-now" d={`M${place(asOfMs).toFixed(1)} ${AXIS - 4}V${floor}`} />
        </g>
        {knownLane}
        <Handle
          kind="moment"
          label={say('pictures.moment_handle')}
          ms={momentMs}
          lowMs={whole.fromMs}
          highMs={whole.toMs}
          stepMs={(span.toMs - span.fromMs) / 200}
          text={`${momentText(momentMs)} UTC`}
          choose={(ms) => {
            chooseMoment(ms);
            setChosen(holding(span, ms));
          }}
        >
          <path class="playhead" d={`M${clamped(momentMs).toFixed(1)} ${AXIS}V${floor}`} />
          <path class="handle-moment" d={`M${clamped(momentMs).toFixed(1)} ${AXIS + 1}l-7-8v-9h14v9z`} />
        </Handle>
        <Handle
          kind="known"
          label={say('pictures.known_handle')}
          ms={shownKnown}
          lowMs={whole.fromMs}
          highMs={nowMs}
          stepMs={(span.toMs - span.fromMs) / 200}
          text={knownMs === null ? say('pictures.known_now') : say('pictures.known_at', { moment: momentText(knownMs) })}
          jump={(direction) => boardBeside(shownKnown, boards, direction) ?? (direction > 0 ? nowMs : null)}
          choose={(ms) => chooseKnown(ms >= nowMs - 1000 ? null : ms)}
        >
          <path class={`handle-known${knownMs === null ? ' handle-known-now' : ''}`} d={`M${clamped(shownKnown).toFixed(1)} ${floor + 2}l9 9l-9 9l-9-9z`} />
        </Handle>
        {knownMs !== null && (
          <Label x={clamped(shownKnown) + (clamped(shownKnown) > size.width - 330 ? -14 : 14)} y={size.height - 8} anchor={clamped(shownKnown) > size.width - 330 ? 'end' : 'start'} class="timeline-known-text">
            {say('pictures.known_at', { moment: momentText(knownMs) })}
          </Label>
        )}
      </svg>
      <div class="timeline-tools">
        <button type="button" class="choice-button" aria-label={say('pictures.zoom_in')} onClick={() => setChosen(zoomed(span, 0.6, Math.min(Math.max(momentMs, span.fromMs), span.toMs)))}>+</button>
        <button type="button" class="choice-button" aria-label={say('pictures.zoom_out')} onClick={() => setChosen(zoomed(span, 1.6, Math.min(Math.max(momentMs, span.fromMs), span.toMs)))}>−</button>
        <button type="button" class="choice-button" onClick={() => setChosen(chosen === null ? { fromMs: whole.fromMs, toMs: whole.toMs } : null)}>{say('pictures.fit')}</button>
      </div>
    </div>
  );
}

/** The marks of a stretch of time, the most urgent last, so that they lie on top. */
function marksWithin(page: TimelinePage, span: Span): TimelineMark[] {
  const asOfMs = Date.parse(page.as_of_utc);
  const urgency = { look_now: 2, watch: 1, log: 0 };
  return page.marks
    .filter((mark) => mark.lane !== 'board' && asOfMs + mark.end_s * 1000 >= span.fromMs && asOfMs + mark.start_s * 1000 <= span.toMs)
    .sort((a, b) => urgency[a.attention] - urgency[b.attention]);
}

interface MarkProps {
  readonly mark: TimelineMark;
  readonly names: Readonly<Record<string, string>>;
  readonly asOfMs: number;
  readonly x: Scale;
  readonly y: number;
  readonly height: number;
  readonly chosen: boolean;
  readonly say: Say;
  readonly open: (mark: TimelineMark) => void;
}

function MarkView({ mark, names, asOfMs, x, y, height, chosen, say, open }: MarkProps) {
  const [start, moment, end] = [mark.start_s, mark.moment_s, mark.end_s].map((s) => at(x, asOfMs + s * 1000)) as [number, number, number];
  const who = mark.objects.map((id) => names[String(id)] ?? String(id)).join(' · ');
  const text = `${say(`pictures.${mark.attention}`)}: ${who || mark.kind} · ${momentText(asOfMs + mark.moment_s * 1000)} UTC`;
  const thick = mark.attention === 'log' ? 2 : Math.min(height * 0.42, 6);
  return (
    <a
      class={`timeline-mark timeline-mark-${mark.attention}${chosen ? ' timeline-mark-chosen' : ''}`}
      role="link"
      tabindex={mark.attention === 'log' ? -1 : 0}
      aria-label={text}
      onClick={() => open(mark)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') open(mark);
      }}
    >
      <title>{text}</title>
      {end - start > 3 && <rect class="timeline-span" x={start} y={y - thick / 2} width={end - start} height={thick} rx={thick / 2} />}
      {chosen && <circle class="timeline-ring" cx={moment} cy={y} r={10} />}
      <AttentionShape attention={mark.attention} x={moment} y={y} />
    </a>
  );
}

function KnownLane({ boards, x, size, floor, know, momentAt, say }: { readonly boards: readonly number[]; readonly x: Scale; readonly size: Size; readonly floor: number; readonly know: (ms: number) => void; readonly momentAt: (event: MouseEvent) => number; readonly say: Say }) {
  return (
    <g>
      <rect
        class="timeline-known"
        x={LEFT}
        y={floor}
        width={size.width - LEFT - RIGHT}
        height={FLOOR}
        onPointerDown={(event) => know(momentAt(event))}
      />
      <Label x={10} y={size.height - 8} class="timeline-name timeline-name-known">{say('pictures.lane_known')}</Label>
      <g clip-path="url(#timeline-clip)" class="timeline-boards" aria-hidden="true">
        {boards.map((ms) => (
          <path key={ms} d={`M${at(x, ms).toFixed(1)} ${floor + 6}v10`} />
        ))}
      </g>
    </g>
  );
}

interface HandleProps {
  readonly kind: 'moment' | 'known';
  readonly label: string;
  readonly ms: number;
  readonly lowMs: number;
  readonly highMs: number;
  readonly stepMs: number;
  readonly text: string;
  readonly choose: (ms: number) => void;
  /** Where page up and down lead: to the board kept before or after. */
  readonly jump?: (direction: -1 | 1) => number | null;
  readonly children: preact.ComponentChildren;
}

function Handle({ kind, label, ms, lowMs, highMs, stepMs, text, choose, jump, children }: HandleProps) {
  const keys = (event: KeyboardEvent): void => {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    let goal: number | null = direction === undefined ? null : ms + direction * stepMs;
    if (jump !== undefined && direction !== undefined && Math.abs(direction) > 1) goal = jump(direction < 0 ? -1 : 1);
    if (event.key === 'End') goal = highMs;
    if (goal === null) return;
    event.preventDefault();
    event.stopPropagation();
    choose(Math.min(Math.max(goal, lowMs), highMs));
  };
  return (
    <g
      class={`timeline-handle timeline-handle-${kind}`}
      role="slider"
      tabindex={0}
      aria-label={label}
      aria-valuemin={lowMs}
      aria-valuemax={highMs}
      aria-valuenow={Math.round(Math.min(Math.max(ms, lowMs), highMs) / 1000) * 1000}
      aria-valuetext={text}
      onKeyDown={keys}
    >
      <title>{`${label}: ${text}`}</title>
      {children}
    </g>
  );
}
