/** The proximity picture: one object about another in RTN, in the plane and across it, and its range. */
import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Label, Measured, type Say, type Size, TableBeside, pathOf } from './drawing.tsx';
import {
  type Plane, ageOf, ellipseOf, pairAt, placeOf, rangeSigmaKm, reachKm, ringsKm,
} from './relative.ts';
import { type Scale, at, intervalText, lengthText, momentText, niceBelow, ticks, timeTicks, valueAt } from './scales.ts';
import type { RelativePage } from './types.ts';

export interface RelativeProps {
  readonly page: RelativePage;
  readonly say: Say;
  /** The moment shown, in Unix milliseconds. */
  readonly momentMs: number;
  readonly chooseMoment: (ms: number) => void;
  readonly compact?: boolean;
  /** What stands at the end of the caption, as a choice of the pair. */
  readonly children?: ComponentChildren;
}

const MOST_STRETCH = 4;

export function RelativePicture({ page, say, momentMs, chooseMoment, compact = false, children }: RelativeProps) {
  const [asset, other] = page.pair;
  const startMs = Date.parse(page.start_utc);
  const place = placeOf(page, (momentMs - startMs) / 1000);
  const interval = intervalText(page.range_km.low, page.range_km.high);
  const words = {
    asset: asset.name,
    other: other.name,
    closest: lengthText(page.closest_km),
    moment: momentText(Date.parse(page.closest_utc)),
    interval,
  };
  const description = say('pictures.relative_desc', words);
  return (
    <figure class={`picture relative${compact ? ' relative-compact' : ''}`}>
      <figcaption>
        <strong>{say('pictures.relative_title', words)}</strong>
        <span>
          {page.kind_text} · {say('pictures.closest', { range: words.closest })}, {say('pictures.closest_more', { interval })} ·{' '}
          {words.moment} UTC
        </span>
        {children}
      </figcaption>
      <div class="relative-planes">
        {(['in_plane', 'cross_track'] as const).map((plane) => (
          <Measured key={plane} class="relative-plane">
            {(size) => <PlaneView page={page} plane={plane} say={say} size={size} place={place} description={description} />}
          </Measured>
        ))}
      </div>
      <Measured class="relative-range">
        {(size) => (
          <RangeView page={page} say={say} size={size} momentMs={momentMs} chooseMoment={chooseMoment} />
        )}
      </Measured>
      {!compact && <Legend page={page} say={say} />}
      {!compact && <RelativeTable page={page} say={say} caption={description} />}
    </figure>
  );
}

interface PlaneProps {
  readonly page: RelativePage;
  readonly plane: Plane;
  readonly say: Say;
  readonly size: Size;
  readonly place: number;
  readonly description: string;
}

interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly pxAcross: number;
  readonly pxUp: number;
  readonly stretch: number;
}

const LEFT = 46;
const BOTTOM = 32;
const TOP = 22;
const RIGHT = 10;

/** Equal scales across and up where that shows the track; stretched upward where it would be flat. */
function frameOf(page: RelativePage, plane: Plane, { width, height }: Size): Frame {
  const reach = reachKm(page, plane);
  const w = width - LEFT - RIGHT;
  const h = height - TOP - BOTTOM;
  const pxAcross = Math.min(w / (2 * reach.across), h / (2 * reach.up));
  const free = h / (2 * reach.up);
  const stretch = free / pxAcross > MOST_STRETCH ? niceBelow(free / pxAcross) : 1;
  const pxUp = pxAcross * stretch;
  const halfAcross = w / pxAcross / 2;
  const halfUp = h / pxUp / 2;
  return {
    x: { from: [reach.middle - halfAcross, reach.middle + halfAcross], to: [LEFT, width - RIGHT] },
    y: { from: [-halfUp, halfUp], to: [height - BOTTOM, TOP] },
    pxAcross,
    pxUp,
    stretch,
  };
}

function PlaneView({ page, plane, say, size, place, description }: PlaneProps) {
  const frame = useMemo(() => frameOf(page, plane, size), [page, plane, size.width, size.height]);
  const up = plane === 'in_plane' ? page.radial_km : page.cross_track_km;
  const now = pairAt(page, place);
  const nearest = pairAt(page, page.closest);
  const upOf = (one: typeof now): number => (plane === 'in_plane' ? one.radialKm : one.crossTrackKm);
  const px = (across: number, high: number): [number, number] => [at(frame.x, across), at(frame.y, high)];
  const [cx, cy] = px(nearest.inTrackKm, upOf(nearest));
  const [mx, my] = px(now.inTrackKm, upOf(now));
  const [ox, oy] = px(0, 0);
  const id = `relative-${plane}`;
  const title = say(plane === 'in_plane' ? 'pictures.in_plane' : 'pictures.across');
  return (
    <svg width={size.width} height={size.height} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-desc`}>{description}</desc>
      <Axes frame={frame} size={size} />
      <clipPath id={`${id}-clip`}>
        <rect x={LEFT} y={TOP} width={size.width - LEFT - RIGHT} height={size.height - TOP - BOTTOM} />
      </clipPath>
      <g clip-path={`url(#${id}-clip)`}>
        <Rings frame={frame} size={size} />
        <Errors page={page} plane={plane} frame={frame} up={up} />
        <Track page={page} frame={frame} up={up} />
        <path class="relative-miss" d={`M${ox.toFixed(1)} ${oy.toFixed(1)}L${cx.toFixed(1)} ${cy.toFixed(1)}`} />
        <ErrorEllipse spread={nearest.spread[plane]} x={cx} y={cy} frame={frame} class="relative-error-closest" />
        <ErrorEllipse spread={now.spread[plane]} x={mx} y={my} frame={frame} class="relative-error-now" />
        <path class="relative-asset" d={`M${ox - 9} ${oy}H${ox + 9}M${ox} ${oy - 9}V${oy + 9}`} />
        <circle class="relative-start" cx={px(page.in_track_km[0]!, up[0]!)[0]} cy={px(page.in_track_km[0]!, up[0]!)[1]} r={4} />
        <path class="relative-closest" d={`M${cx} ${cy - 7}l7 7l-7 7l-7-7z`} />
        <circle class="relative-now-halo" cx={mx} cy={my} r={8} />
        <circle class="relative-now" cx={mx} cy={my} r={4.5} />
      </g>
      <Label x={LEFT} y={14} class="picture-title">
        {title}
      </Label>
      <Label x={size.width - RIGHT} y={14} anchor="end" class="picture-note">
        {frame.stretch === 1 ? say('pictures.true_scale') : say('pictures.stretched', { factor: frame.stretch })}
      </Label>
      <Label x={size.width - RIGHT} y={size.height - 4} anchor="end" class="picture-axis">
        {say('pictures.in_track', { unit: unitOf(frame.x) })}
      </Label>
      <Label x={LEFT + 4} y={TOP + 12} class="picture-axis">
        {say(plane === 'in_plane' ? 'pictures.radial' : 'pictures.cross_track', { unit: unitOf(frame.y) })}
      </Label>
    </svg>
  );
}

function Axes({ frame, size }: { readonly frame: Frame; readonly size: Size }) {
  const floor = size.height - BOTTOM;
  const across = ticks(...frame.x.from, Math.max(2, Math.floor(size.width / 90)));
  const up = ticks(...frame.y.from, Math.max(2, Math.floor(size.height / 60)));
  const [unit, upUnit] = [unitOf(frame.x), unitOf(frame.y)];
  return (
    <g class="picture-grid">
      {across.map((value) => (
        <g key={value}>
          <path d={`M${at(frame.x, value).toFixed(1)} ${TOP}V${floor}`} />
          <Label x={at(frame.x, value)} y={floor + 14} anchor="middle" class="picture-tick">
            {numberText(value, unit)}
          </Label>
        </g>
      ))}
      {up.map((value) => (
        <g key={value}>
          <path d={`M${LEFT} ${at(frame.y, value).toFixed(1)}H${size.width - RIGHT}`} />
          <Label x={LEFT - 6} y={at(frame.y, value) + 4} anchor="end" class="picture-tick">
            {numberText(value, upUnit)}
          </Label>
        </g>
      ))}
    </g>
  );
}

function unitOf({ from: [low, high] }: Scale): 'm' | 'km' {
  return Math.max(Math.abs(low), Math.abs(high)) < 1 ? 'm' : 'km';
}

function numberText(km: number, unit: 'm' | 'km'): string {
  const value = unit === 'm' ? km * 1000 : km;
  return Number(value.toPrecision(6)).toLocaleString('en-GB').replace('-', '−');
}

function Rings({ frame, size }: { readonly frame: Frame; readonly size: Size }) {
  const half = Math.max((frame.x.from[1] - frame.x.from[0]) / 2, 1e-6);
  const tall = (frame.y.from[1] - frame.y.from[0]) / 2;
  const [ox, oy] = [at(frame.x, 0), at(frame.y, 0)];
  const inner = frame.stretch === 1 ? Math.min(half, tall * 1.6) : half;
  return (
    <g class="relative-rings">
      {ringsKm(inner).map((radius) => {
        const [rx, ry] = [radius * frame.pxAcross, radius * frame.pxUp];
        // Where the ring meets the diagonal: labels of several rings then stand clear of one another.
        const [tx, ty] = [ox + rx * 0.71 + 2, oy - ry * 0.71 - 2];
        const fits = rx > 22 && tx < size.width - RIGHT - 34 && ty > TOP + (tx < LEFT + 130 ? 24 : 10);
        return (
          <g key={radius}>
            <ellipse cx={ox} cy={oy} rx={rx} ry={ry} />
            {fits && (
              <Label x={tx} y={ty} class="relative-ring-text">
                {lengthText(radius)}
              </Label>
            )}
          </g>
        );
      })}
    </g>
  );
}

const ERROR_COUNT = 24;

/** The error along the whole track, faint: what the true path may be. */
function Errors({ page, plane, frame, up }: { readonly page: RelativePage; readonly plane: Plane; readonly frame: Frame; readonly up: readonly number[] }) {
  const last = page.t_s.length - 1;
  return (
    <g class="relative-errors">
      {Array.from({ length: ERROR_COUNT }, (_, k) => {
        const row = Math.round((k / (ERROR_COUNT - 1)) * last);
        const one = pairAt(page, row);
        return (
          <ErrorEllipse
            key={k}
            spread={one.spread[plane]}
            x={at(frame.x, page.in_track_km[row]!)}
            y={at(frame.y, up[row]!)}
            frame={frame}
            class="relative-error"
          />
        );
      })}
    </g>
  );
}

function ErrorEllipse({ spread, x, y, frame, class: name }: { readonly spread: Parameters<typeof ellipseOf>[0]; readonly x: number; readonly y: number; readonly frame: Frame; readonly class: string }) {
  const error = ellipseOf(spread);
  const turn = (-error.angleRad * 180) / Math.PI;
  return (
    <ellipse
      class={name}
      rx={error.longKm * frame.pxAcross}
      ry={error.shortKm * frame.pxAcross}
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(1 ${frame.stretch}) rotate(${turn.toFixed(2)})`}
      vector-effect="non-scaling-stroke"
    />
  );
}

/** The track, each step coloured by its time; what comes after the moment of the picture is dashed. */
function Track({ page, frame, up }: { readonly page: RelativePage; readonly frame: Frame; readonly up: readonly number[] }) {
  const startMs = Date.parse(page.start_utc);
  const knownPlace = placeOf(page, (Date.parse(page.as_of_utc) - startMs) / 1000);
  const steps = useMemo(() => {
    const points = page.t_s.map((_, k): [number, number] => [at(frame.x, page.in_track_km[k]!), at(frame.y, up[k]!)]);
    const chunk = Math.max(1, Math.round(points.length / 60));
    const found: { d: string; age: number; coming: boolean }[] = [];
    for (let k = 0; k < points.length - 1; k += chunk) {
      const piece = points.slice(k, k + chunk + 1);
      found.push({ d: pathOf(piece), age: ageOf(page, k + chunk / 2), coming: k >= knownPlace });
    }
    return found;
  }, [page, frame, up, knownPlace]);
  return (
    <g class="relative-track">
      {steps.map((step, k) => (
        <path
          key={k}
          d={step.d}
          class={step.coming ? 'relative-coming' : ''}
          style={{ stroke: `color-mix(in oklab, var(--track-last) ${Math.round(step.age * 100)}%, var(--track-first))` }}
        />
      ))}
    </g>
  );
}

interface RangeProps {
  readonly page: RelativePage;
  readonly say: Say;
  readonly size: Size;
  readonly momentMs: number;
  readonly chooseMoment: (ms: number) => void;
}

const RANGE_TOP = 8;
const RANGE_BOTTOM = 20;

function RangeView({ page, say, size, momentMs, chooseMoment }: RangeProps) {
  const startMs = Date.parse(page.start_utc);
  const lastMs = startMs + page.t_s.at(-1)! * 1000;
  const x: Scale = { from: [startMs, lastMs], to: [LEFT, size.width - RIGHT] };
  const ranges = useMemo(() => page.t_s.map((_, k) => pairAt(page, k)), [page]);
  const high = Math.max(...ranges.map((one) => one.rangeKm), page.range_km.best);
  const y: Scale = { from: [0, high * 1.12 || 1], to: [size.height - RANGE_BOTTOM, RANGE_TOP] };
  const floor = size.height - RANGE_BOTTOM;
  const band = useMemo(() => {
    const upper = ranges.map((one, k): [number, number] => [at(x, startMs + page.t_s[k]! * 1000), at(y, Math.min(one.rangeKm + 2 * rangeSigmaKm(one), y.from[1]))]);
    const lower = ranges.map((one, k): [number, number] => [at(x, startMs + page.t_s[k]! * 1000), at(y, Math.max(one.rangeKm - 2 * rangeSigmaKm(one), 0))]);
    return `${pathOf([...upper, ...lower.reverse()])}Z`;
  }, [ranges, size.width, size.height]);
  const line = pathOf(ranges.map((one, k): [number, number] => [at(x, startMs + page.t_s[k]! * 1000), at(y, one.rangeKm)]));
  const inside = Math.min(Math.max(momentMs, startMs), lastMs);
  const now = pairAt(page, placeOf(page, (inside - startMs) / 1000));
  const knownX = at(x, Date.parse(page.as_of_utc));
  const closestX = at(x, Date.parse(page.closest_utc));
  const scrub = (event: PointerEvent): void => {
    if (event.buttons === 0 && event.type !== 'pointerdown') return;
    const box = (event.currentTarget as Element).getBoundingClientRect();
    chooseMoment(Math.min(Math.max(valueAt(x, event.clientX - box.left), startMs), lastMs));
  };
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -0.01, ArrowRight: 0.01, PageDown: -0.1, PageUp: 0.1 }[event.key];
    const goal = event.key === 'Home' ? Date.parse(page.closest_utc) : by === undefined ? null : inside + by * (lastMs - startMs);
    if (goal === null) return;
    event.preventDefault();
    event.stopPropagation();
    chooseMoment(Math.min(Math.max(goal, startMs), lastMs));
  };
  return (
    <svg
      width={size.width}
      height={size.height}
      class="scrubbed"
      role="slider"
      tabindex={0}
      aria-label={say('pictures.range_slider')}
      aria-valuemin={startMs}
      aria-valuemax={lastMs}
      aria-valuenow={Math.round(inside)}
      aria-valuetext={`${momentText(inside)} UTC, ${lengthText(now.rangeKm)}`}
      onPointerDown={scrub}
      onPointerMove={scrub}
      onKeyDown={step}
    >
      <g class="picture-grid">
        {ticks(...y.from, 3).map((value) => (
          <g key={value}>
            <path d={`M${LEFT} ${at(y, value).toFixed(1)}H${size.width - RIGHT}`} />
            <Label x={LEFT - 6} y={at(y, value) + 4} anchor="end" class="picture-tick">
              {numberText(value, unitOf(y))}
            </Label>
          </g>
        ))}
        {timeTicks(startMs, lastMs, Math.floor(size.width / 90)).map((tick) => (
          <g key={tick.ms}>
            <path d={`M${at(x, tick.ms).toFixed(1)} ${RANGE_TOP}V${floor}`} class={tick.chief ? 'picture-chief' : ''} />
            <Label x={at(x, tick.ms)} y={size.height - 5} anchor="middle" class="picture-tick">
              {tick.text}
            </Label>
          </g>
        ))}
      </g>
      {knownX < size.width - RIGHT && (
        <rect class="picture-future" x={Math.max(knownX, LEFT)} y={RANGE_TOP} width={size.width - RIGHT - Math.max(knownX, LEFT)} height={floor - RANGE_TOP} />
      )}
      <path class="relative-band" d={band} />
      <path class="relative-line" d={line} />
      <path class="relative-closest" d={`M${closestX} ${at(y, page.closest_km) - 6}l6 6l-6 6l-6-6z`} />
      <path class="playhead" d={`M${at(x, inside).toFixed(1)} ${RANGE_TOP}V${floor}`} />
      <circle class="relative-now" cx={at(x, inside)} cy={at(y, now.rangeKm)} r={4.5} />
      <Label x={at(x, inside) + (at(x, inside) > size.width - 200 ? -8 : 8)} y={RANGE_TOP + 11} anchor={at(x, inside) > size.width - 200 ? 'end' : 'start'} class="picture-value">
        {lengthText(now.rangeKm)}
      </Label>
      <Label x={size.width - RIGHT - 2} y={RANGE_TOP + 11} anchor="end" class="picture-axis">
        {say('pictures.range', { unit: unitOf(y) })}
      </Label>
    </svg>
  );
}

function Legend({ page, say }: { readonly page: RelativePage; readonly say: Say }) {
  const [asset, other] = page.pair;
  return (
    <ul class="picture-legend">
      <li>
        <svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="relative-asset" d="M-7 0H7M0-7V7" /></svg>
        {asset.name}
      </li>
      <li>
        <svg viewBox="-9 -9 18 18" aria-hidden="true"><circle class="relative-now" r="4.5" /></svg>
        {other.name}, {say('pictures.at_moment')}
      </li>
      <li>
        <svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="relative-closest" d="M0-7l7 7l-7 7l-7-7z" /></svg>
        {say('pictures.closest', { range: lengthText(page.closest_km) })}
      </li>
      <li>
        <svg viewBox="-9 -9 18 18" aria-hidden="true"><ellipse class="relative-error-now" rx="8" ry="5" /></svg>
        {say('pictures.error_2s')}
      </li>
      <li>
        <span class="legend-ramp" aria-hidden="true" />
        {say('pictures.colour_is_time')}
      </li>
      <li>
        <svg viewBox="-9 -9 18 18" aria-hidden="true"><circle class="relative-ring-sample" r="7" /></svg>
        {say('pictures.rings')}
      </li>
      <li class="legend-note">
        {say('pictures.sets_of', { first: momentText(Date.parse(asset.epoch_utc)), second: momentText(Date.parse(other.epoch_utc)) })}
      </li>
    </ul>
  );
}

const TABLE_ROWS = 13;

function RelativeTable({ page, say, caption }: { readonly page: RelativePage; readonly say: Say; readonly caption: string }) {
  const startMs = Date.parse(page.start_utc);
  const last = page.t_s.length - 1;
  const spaced = Array.from({ length: TABLE_ROWS }, (_, k) => Math.round((k / (TABLE_ROWS - 1)) * last));
  const rows = [...new Set([...spaced, page.closest])].sort((a, b) => a - b);
  const places = rows.map((row) => pairAt(page, row));
  return (
    <TableBeside
      say={say}
      caption={caption}
      columns={[
        { name: say('pictures.time'), cells: rows.map((row) => `${momentText(startMs + page.t_s[row]! * 1000)}${row === page.closest ? ' ◆' : ''}`) },
        { name: say('pictures.radial', { unit: 'km' }), cells: places.map((one) => lengthText(one.radialKm)) },
        { name: say('pictures.in_track', { unit: 'km' }), cells: places.map((one) => lengthText(one.inTrackKm)) },
        { name: say('pictures.cross_track', { unit: 'km' }), cells: places.map((one) => lengthText(one.crossTrackKm)) },
        { name: say('pictures.range', { unit: 'km' }), cells: places.map((one) => `${lengthText(one.rangeKm)} ± ${lengthText(2 * rangeSigmaKm(one))}`) },
      ]}
    />
  );
}
