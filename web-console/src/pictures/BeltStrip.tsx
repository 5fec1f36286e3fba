/** The strip of the geostationary belt: longitude across, time upward, drift lines, slots, stays. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type BeltLine, type BeltPoint, beltLines, piecesInside, placeAt, spreadLabels } from './belt.ts';
import { AttentionShape, Label, Measured, type Say, type Size, TableBeside, pathOf } from './drawing.tsx';
import { type Scale, at, intervalText, longitudeText, momentText, ticks, timeTicks, valueAt, wrap } from './scales.ts';
import type { BeltNeighbour, BeltPage } from './types.ts';

export interface BeltProps {
  readonly page: BeltPage;
  readonly say: Say;
  readonly momentMs: number;
  readonly chooseMoment: (ms: number) => void;
  readonly chooseObject: (noradId: number) => void;
  readonly openIncident: (incidentId: string) => void;
  /** Name of the theme: the canvas takes its colours anew when it changes. */
  readonly theme: string;
  /** Look at another middle or width, both in degrees. */
  readonly look?: (middle: number, width: number) => void;
}

const LEFT = 62;
const RIGHT = 26;
const TOP = 50;
const BOTTOM = 30;
const LABEL_GAP = 15;
const HOUR_MS = 3_600_000;

export function BeltStrip(props: BeltProps) {
  const { page, say } = props;
  const half = page.width_deg / 2;
  const asOfMs = Date.parse(page.as_of_utc);
  const words = {
    west: longitudeText(page.middle_deg_east - half, 1),
    east: longitudeText(page.middle_deg_east + half, 1),
    since: momentText(asOfMs + page.since_h * HOUR_MS),
    until: momentText(asOfMs + page.until_h * HOUR_MS),
    count: page.lines.norad_id.length.toLocaleString('en-GB'),
  };
  return (
    <figure class="picture belt">
      <Measured class="belt-box">{(size) => <Strip {...props} size={size} description={say('pictures.belt_desc', words)} />}</Measured>
      <BeltLegend say={say} left={page.left_out} />
      <BeltTable page={page} say={say} caption={say('pictures.belt_title', words)} />
    </figure>
  );
}

interface Seen {
  readonly line: BeltLine;
  readonly past: readonly BeltPoint[][];
  readonly coming: readonly BeltPoint[][];
}

function Strip({ page, say, size, momentMs, chooseMoment, chooseObject, openIncident, look, theme, description }: BeltProps & { readonly size: Size; readonly description: string }) {
  const half = page.width_deg / 2;
  const asOfMs = Date.parse(page.as_of_utc);
  const floor = size.height - BOTTOM;
  const x: Scale = useMemo(() => ({ from: [-half, half], to: [LEFT, size.width - RIGHT] }), [half, size.width]);
  const y: Scale = useMemo(() => ({ from: [page.since_h, page.until_h], to: [floor, TOP] }), [page.since_h, page.until_h, floor]);
  const seen = useMemo(
    () => beltLines(page).map((line): Seen => ({ line, past: piecesInside(line.past, half), coming: piecesInside(line.coming, half) })),
    [page, half],
  );
  const [pointed, setPointed] = useState<{ line: BeltLine; px: number; py: number } | null>(null);
  const named = seen.filter((one) => one.line.role !== 'other');
  const momentH = Math.min(Math.max((momentMs - asOfMs) / HOUR_MS, page.since_h), page.until_h);
  const places = (one: BeltPoint): [number, number] => [at(x, one.x), at(y, one.h)];

  const find = (event: MouseEvent): { line: BeltLine; px: number; py: number } | null => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const [px, py] = [event.clientX - box.left, event.clientY - box.top];
    return nearestLine(seen, x, y, px, py);
  };
  const clicked = (event: MouseEvent): void => {
    const hit = find(event);
    if (hit !== null) chooseObject(hit.line.noradId);
    else {
      const box = (event.currentTarget as Element).getBoundingClientRect();
      chooseMoment(asOfMs + valueAt(y, event.clientY - box.top) * HOUR_MS);
    }
  };
  const wheel = (event: WheelEvent): void => {
    if (look === undefined) return;
    event.preventDefault();
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const under = valueAt(x, event.clientX - box.left);
    const width = Math.min(Math.max(page.width_deg * (event.deltaY > 0 ? 2 : 0.5), 1), 360);
    look(width >= 360 ? 0 : wrap(page.middle_deg_east + under * (1 - width / page.width_deg)), width);
  };
  return (
    <div class="belt-layers" style={{ width: `${size.width}px`, height: `${size.height}px` }}>
      <OtherLines seen={seen} x={x} y={y} size={size} theme={theme} />
      <svg
        width={size.width}
        height={size.height}
        role="group"
        aria-labelledby="belt-title belt-desc"
        onPointerMove={(event) => setPointed(find(event))}
        onPointerLeave={() => setPointed(null)}
        onClick={clicked}
        onWheel={wheel}
      >
        <title id="belt-title">{say('pictures.belt')}</title>
        <desc id="belt-desc">{description}</desc>
        <clipPath id="belt-clip">
          <rect x={LEFT} y={TOP} width={size.width - LEFT - RIGHT} height={floor - TOP} />
        </clipPath>
        <Grid page={page} x={x} y={y} size={size} say={say} />
        <g clip-path="url(#belt-clip)">
          {page.slots.map((slot) => {
            const centre = at(x, wrap(slot.deg_east - page.middle_deg_east));
            const wide = Math.max(slot.half_width_deg * ((x.to[1] - x.to[0]) / page.width_deg), 1);
            return <rect key={slot.norad_id} class="belt-slot" x={centre - wide} y={TOP} width={2 * wide} height={floor - TOP} />;
          })}
          {page.stays.map((stay, k) => (
            <path
              key={k}
              class={`belt-stay belt-stay-${roleOf(named, stay.norad_id)}${stay.too_sparse ? ' belt-sparse' : ''}`}
              d={`M${at(x, wrap(stay.deg_east - page.middle_deg_east)).toFixed(1)} ${at(y, stay.seen_from_h).toFixed(1)}V${at(y, Math.max(stay.seen_until_h, stay.seen_from_h + 1)).toFixed(1)}`}
            />
          ))}
          {[...named].reverse().map(({ line, past, coming }) => (
            <g key={line.noradId} class={`belt-line belt-${line.role}`}>
              {past.map((piece, k) => <path key={k} d={pathOf(piece.map(places))} />)}
              {coming.map((piece, k) => <path key={`c${k}`} class="belt-coming" d={pathOf(piece.map(places))} />)}
            </g>
          ))}
          <path class="belt-now" d={`M${LEFT} ${at(y, 0).toFixed(1)}H${size.width - RIGHT}`} />
          <path class="playhead" d={`M${LEFT} ${at(y, momentH).toFixed(1)}H${size.width - RIGHT}`} />
          {named.map(({ line }) => {
            const place = placeAt(line, momentH);
            if (place === null || Math.abs(place) > half) return null;
            return line.role === 'asset' ? (
              <path key={line.noradId} class="belt-asset-mark" transform={`translate(${at(x, place).toFixed(1)} ${at(y, momentH).toFixed(1)})`} d="M-6 0H6M0-6V6" />
            ) : (
              <circle key={line.noradId} class="belt-neighbour-mark" cx={at(x, place)} cy={at(y, momentH)} r={4} />
            );
          })}
        </g>
        <Label x={LEFT - 6} y={at(y, 0) + 4} anchor="end" class="picture-tick belt-now-text">
          {say('pictures.now')}
        </Label>
        <Nearest page={page} x={x} y={y} openIncident={openIncident} say={say} />
        <Names page={page} seen={named} x={x} size={size} />
        {pointed !== null && <Pointed pointed={pointed} say={say} size={size} />}
      </svg>
    </div>
  );
}

function roleOf(named: readonly Seen[], noradId: number): string {
  return named.find((one) => one.line.noradId === noradId)?.line.role ?? 'other';
}

/** Drift in degrees a day from, to; how strong and how wide its lines are. */
const SPEEDS = [
  [1, Infinity, 0.14, 0.8],
  [0.05, 1, 0.45, 0.9],
  [0, 0.05, 0.85, 1.1],
] as const;
const MOST_TURNS = 2;

/** The many objects that no finding is about, on a canvas: faint, thinner the faster they drift. */
function OtherLines({ seen, x, y, size, theme }: { readonly seen: readonly Seen[]; readonly x: Scale; readonly y: Scale; readonly size: Size; readonly theme: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const ink = element?.getContext('2d');
    if (!element || !ink) return;
    const scale = window.devicePixelRatio || 1;
    element.width = Math.round(size.width * scale);
    element.height = Math.round(size.height * scale);
    ink.setTransform(scale, 0, 0, scale, 0, 0);
    ink.clearRect(0, 0, size.width, size.height);
    ink.beginPath();
    ink.rect(LEFT, TOP, size.width - LEFT - RIGHT, size.height - TOP - BOTTOM);
    ink.clip();
    const colour = getComputedStyle(element).getPropertyValue('--belt-other').trim();
    for (const [slowest, fastest, alpha, wide] of SPEEDS) {
      ink.strokeStyle = colour;
      ink.globalAlpha = alpha;
      ink.lineWidth = wide;
      ink.beginPath();
      for (const { line, past, coming } of seen) {
        const speed = Math.abs(line.drift);
        if (line.role !== 'other' || speed < slowest || speed >= fastest) continue;
        // One that went round several times would fill the strip and tell nothing.
        const turns = (speed * (y.from[1] - y.from[0])) / 24 / 360;
        for (const piece of turns > MOST_TURNS ? coming : [...past, ...coming]) {
          piece.forEach((point, k) => (k === 0 ? ink.moveTo(at(x, point.x), at(y, point.h)) : ink.lineTo(at(x, point.x), at(y, point.h))));
        }
      }
      ink.stroke();
    }
  }, [seen, x, y, size.width, size.height, theme]);
  return <canvas ref={canvas} class="belt-canvas" style={{ width: `${size.width}px`, height: `${size.height}px` }} aria-hidden="true" />;
}

function Grid({ page, x, y, size, say }: { readonly page: BeltPage; readonly x: Scale; readonly y: Scale; readonly size: Size; readonly say: Say }) {
  const floor = size.height - BOTTOM;
  const asOfMs = Date.parse(page.as_of_utc);
  const middle = page.middle_deg_east;
  const step = ticks(middle + x.from[0], middle + x.from[1], Math.max(3, Math.floor(size.width / 90)));
  const shown = page.width_deg >= 360 ? [-180, -150, -120, -90, -60, -30, 0, 30, 60, 90, 120, 150, 180] : step;
  const digits = page.width_deg < 3 ? 2 : page.width_deg < 12 ? 1 : 0;
  const times = timeTicks(asOfMs + page.since_h * HOUR_MS, asOfMs + page.until_h * HOUR_MS, Math.max(3, Math.floor(size.height / 60)));
  const nowY = at(y, 0);
  return (
    <g class="picture-grid">
      <rect class="picture-future" x={LEFT} y={TOP} width={size.width - LEFT - RIGHT} height={Math.max(nowY - TOP, 0)} />
      {shown.map((deg) => (
        <g key={deg}>
          <path d={`M${at(x, deg - middle).toFixed(1)} ${TOP}V${floor}`} />
          <Label x={at(x, deg - middle)} y={floor + 15} anchor="middle" class="picture-tick">
            {longitudeText(deg, digits)}
          </Label>
        </g>
      ))}
      {times.map((tick) => {
        const place = at(y, (tick.ms - asOfMs) / HOUR_MS);
        return (
          <g key={tick.ms}>
            <path d={`M${LEFT} ${place.toFixed(1)}H${size.width - RIGHT}`} />
            {Math.abs(place - nowY) > 12 && (
              <Label x={LEFT - 6} y={place + 4} anchor="end" class="picture-tick">
                {tick.text}
              </Label>
            )}
          </g>
        );
      })}
      {nowY - TOP > 22 && (
        <Label x={LEFT + 4} y={TOP + 13} class="picture-axis">
          {say('pictures.coming')} ↑
        </Label>
      )}
    </g>
  );
}

/** The nearest moments of findings, in the shape of their attention; they open the incident. */
function Nearest({ page, x, y, openIncident, say }: { readonly page: BeltPage; readonly x: Scale; readonly y: Scale; readonly openIncident: (id: string) => void; readonly say: Say }) {
  const half = page.width_deg / 2;
  const shown = page.neighbours.filter((one) => {
    const place = wrap(one.slot_deg_east - page.middle_deg_east);
    return Math.abs(place) <= half && one.closest_h >= page.since_h && one.closest_h <= page.until_h;
  });
  return (
    <g>
      {shown.map((one) => (
        <a
          key={one.finding_id}
          class="belt-finding"
          tabindex={0}
          role="link"
          aria-label={neighbourText(page, one, say)}
          onClick={(event) => {
            event.stopPropagation();
            openIncident(one.incident_id);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') openIncident(one.incident_id);
          }}
        >
          <title>{neighbourText(page, one, say)}</title>
          <AttentionShape attention={one.attention} x={at(x, wrap(one.slot_deg_east - page.middle_deg_east))} y={at(y, one.closest_h)} />
        </a>
      ))}
    </g>
  );
}

/** A neighbour in words: who, what it does, how near, when. */
export function neighbourText(page: BeltPage, one: BeltNeighbour, say: Say): string {
  const names = one.objects.map((id) => page.lines.name[page.lines.norad_id.indexOf(id)] ?? String(id));
  const motion = say(`pictures.motion_${one.motion}` as Parameters<Say>[0]);
  const moment = momentText(Date.parse(page.as_of_utc) + one.closest_h * HOUR_MS);
  return `${names[1] ?? ''} → ${names[0] ?? ''}: ${motion}, ${intervalText(one.range_km.low, one.range_km.high)}, ${moment} UTC`;
}

const ROW_PX = 13;
const ROWS = 3;
const NAME_PX = 112;

/** Names of assets and neighbours above the strip, in rows, each with a line to its place. */
function Names({ page, seen, x, size }: { readonly page: BeltPage; readonly seen: readonly Seen[]; readonly x: Scale; readonly size: Size }) {
  const half = page.width_deg / 2;
  const room = Math.floor((size.width - LEFT - RIGHT) / NAME_PX) * ROWS;
  const urgent = new Set(page.neighbours.filter((one) => one.attention !== 'log').map((one) => one.objects[1]));
  const shown = seen
    .filter(({ line }) => page.width_deg <= 60 || line.role === 'asset' || urgent.has(line.noradId))
    .flatMap(({ line }) => {
      const last = wrap(line.coming.at(-1)?.x ?? line.past.at(-1)?.x ?? 1e3);
      return Math.abs(last) <= half ? [{ line, px: at(x, last) }] : [];
    })
    .slice(0, room)
    .sort((a, b) => a.px - b.px);
  const labels = Array.from({ length: ROWS }, (_, row) => {
    const own = shown.filter((_one, k) => k % ROWS === row);
    const spread = spreadLabels(own.map((one) => one.px), NAME_PX, LEFT + NAME_PX / 2 - 20, size.width - RIGHT - NAME_PX / 2 + 4);
    return own.map((one, k) => ({ ...one, tx: spread[k]!, ty: 12 + row * ROW_PX }));
  }).flat();
  return (
    <g class="belt-names">
      {labels.map(({ line, px, tx, ty }) => (
        <path key={line.noradId} d={`M${tx.toFixed(1)} ${ty + 3}L${px.toFixed(1)} ${TOP}`} />
      ))}
      {labels.map(({ line, tx, ty }) => (
        <Label key={line.noradId} x={tx} y={ty} anchor="middle" class={`belt-name belt-name-${line.role}`}>
          {line.name.length > 16 ? `${line.name.slice(0, 15)}…` : line.name}
        </Label>
      ))}
    </g>
  );
}

function Pointed({ pointed, say, size }: { readonly pointed: { line: BeltLine; px: number; py: number }; readonly say: Say; readonly size: Size }) {
  const { line, px, py } = pointed;
  const right = px > size.width - 240;
  const text = `${line.name} · ${line.noradId}`;
  const more = `${say('pictures.drift_value', { drift: line.drift.toFixed(3) })} · ${say('pictures.inclination')} ${line.inclination.toFixed(1)}°`;
  return (
    <g class="belt-pointed" transform={`translate(${(right ? px - 12 : px + 12).toFixed(0)} ${Math.max(py - 8, 40).toFixed(0)})`}>
      <Label x={0} y={0} anchor={right ? 'end' : 'start'} class="picture-value">
        {text}
      </Label>
      <Label x={0} y={LABEL_GAP} anchor={right ? 'end' : 'start'} class="picture-tick">
        {more}
      </Label>
    </g>
  );
}

const TOUCH_PX = 7;

/** The line nearest to a place on the strip, if it is near enough to be meant. */
function nearestLine(seen: readonly Seen[], x: Scale, y: Scale, px: number, py: number): { line: BeltLine; px: number; py: number } | null {
  let found: BeltLine | null = null;
  let least = TOUCH_PX;
  for (const { line, past, coming } of seen) {
    for (const piece of [...past, ...coming]) {
      for (let k = 1; k < piece.length; k += 1) {
        const away = awayFrom(piece[k - 1]!, piece[k]!, x, y, px, py);
        // Named lines win where several are near.
        const counted = line.role === 'other' ? away : away - 2;
        if (counted < least) {
          least = counted;
          found = line;
        }
      }
    }
  }
  return found === null ? null : { line: found, px, py };
}

function awayFrom(a: BeltPoint, b: BeltPoint, x: Scale, y: Scale, px: number, py: number): number {
  const [ax, ay, bx, by] = [at(x, a.x), at(y, a.h), at(x, b.x), at(y, b.h)];
  if (Math.min(ay, by) > py + TOUCH_PX || Math.max(ay, by) < py - TOUCH_PX) return Infinity;
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const share = length === 0 ? 0 : Math.min(Math.max(((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length, 0), 1);
  return Math.hypot(px - ax - share * (bx - ax), py - ay - share * (by - ay));
}

function BeltLegend({ say, left }: { readonly say: Say; readonly left: number }) {
  return (
    <ul class="picture-legend">
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="belt-asset-mark" d="M-6 0H6M0-6V6" /></svg>{say('pictures.asset')}</li>
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><circle class="belt-neighbour-mark" r="4.5" /></svg>{say('pictures.neighbour')}</li>
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="belt-other-sample" d="M-4 8 4-8" /></svg>{say('pictures.other_object')}</li>
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><rect class="belt-slot" x="-4" y="-8" width="8" height="16" /></svg>{say('pictures.slot')}</li>
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="belt-stay belt-stay-neighbour" d="M0-7V7" /></svg>{say('pictures.stay')}</li>
      {(['look_now', 'watch', 'log'] as const).map((attention) => (
        <li key={attention}><svg viewBox="-9 -9 18 18" aria-hidden="true"><AttentionShape attention={attention} x={0} y={0} /></svg>{say('pictures.nearest')}: {say(`pictures.${attention}`)}</li>
      ))}
      {left > 0 && <li class="legend-note">{say('pictures.not_drawn', { count: left })}</li>}
    </ul>
  );
}

function BeltTable({ page, say, caption }: { readonly page: BeltPage; readonly say: Say; readonly caption: string }) {
  const rows = page.lines.norad_id.map((_, row) => row).filter((row) => page.lines.role[row] !== 'other');
  const starts: number[] = [];
  page.lines.points.reduce((sum, count, row) => {
    starts[row] = sum;
    return sum + count;
  }, 0);
  const nearest = (row: number): string => {
    const id = page.lines.norad_id[row]!;
    const about = page.neighbours.find((one) => one.objects[1] === id);
    return about === undefined ? '–' : neighbourText(page, about, say);
  };
  return (
    <TableBeside
      say={say}
      caption={caption}
      columns={[
        { name: say('pictures.object'), cells: rows.map((row) => `${page.lines.name[row]} (${page.lines.norad_id[row]})`) },
        { name: say('pictures.state'), cells: rows.map((row) => say(page.lines.role[row] === 'asset' ? 'pictures.asset' : 'pictures.neighbour')) },
        { name: say('pictures.longitude'), cells: rows.map((row) => longitudeText(page.lines.deg_east[starts[row]! + page.lines.past[row]!]!, 2)) },
        { name: say('pictures.drift'), cells: rows.map((row) => say('pictures.drift_value', { drift: page.lines.drift_deg_day[row]!.toFixed(3) })) },
        { name: say('pictures.inclination'), cells: rows.map((row) => `${page.lines.inclination_deg[row]!.toFixed(1)}°`) },
        { name: say('pictures.nearest'), cells: rows.map(nearest) },
      ]}
    />
  );
}
