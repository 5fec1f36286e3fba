/** What a receiver measured before, during and after a disturbance: one strip for each quantity. */
import type { ComponentChildren } from 'preact';
import { Label, Measured, type Say, type Size, TableBeside } from './drawing.tsx';
import { courseOf, spanOf, tickTextOf } from './reception.ts';
import { type Scale, at, momentText, ticks, timeTicks } from './scales.ts';
import type { ReceptionCurve, ReceptionPage } from './types.ts';

export interface ReceptionProps {
  readonly page: ReceptionPage;
  readonly say: Say;
  readonly compact?: boolean;
  readonly children?: ComponentChildren;
}

const LEFT = 54;
const RIGHT = 12;
const HEAD = 20;
const FOOT = 24;
/** The least height of a strip; they share what there is. */
const STRIP_PX = 68;
const FEW = 90;

export function ReceptionPicture({ page, say, compact = false, children }: ReceptionProps) {
  const description = say('pictures.reception_desc', { depth: page.depth, when: page.when, band: page.band });
  const curves = compact ? page.curves.slice(0, 3) : page.curves;
  const height = curves.length * STRIP_PX + FOOT;
  const left = page.left_out + page.curves.length - curves.length;
  return (
    <figure class={`picture reception${compact ? ' reception-compact' : ''}`}>
      <figcaption>
        <strong>{`${page.receiver}: ${page.what}`}</strong>
        <span>{description}</span>
        {page.goes_on && <strong class="reception-goes-on">{say('pictures.goes_on')}</strong>}
      </figcaption>
      <div class="reception-frame" style={{ minHeight: `${height}px` }}>
        <Measured class="reception-box">
          {(size) => <Strips page={page} curves={curves} say={say} size={size} description={description} />}
        </Measured>
      </div>
      <ul class="picture-legend">
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="reception-line" d="M-8 4-3-3 2 2 8-4" /></svg>{say('pictures.reception_measured')}</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><rect class="reception-span" x="-8" y="-8" width="16" height="16" /><path class="reception-line reception-line-disturbed" d="M-8 2 8-2" /><circle class="reception-point" r="2.6" /></svg>{say('pictures.reception_span')}</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><rect class="reception-band" x="-8" y="-4" width="16" height="8" /><path class="reception-usual" d="M-8 0H8" /></svg>{say('pictures.reception_usual')}</li>
        {left > 0 && <li class="legend-note">{say('pictures.reception_left', { count: left })}</li>}
      </ul>
      {children}
      {!compact && <ReceptionTable page={page} say={say} caption={description} />}
    </figure>
  );
}

interface StripsProps {
  readonly page: ReceptionPage;
  readonly curves: readonly ReceptionCurve[];
  readonly say: Say;
  readonly size: Size;
  readonly description: string;
}

function Strips({ page, curves, say, size, description }: StripsProps) {
  const first = page.t_s[0] ?? 0;
  const last = page.t_s[page.t_s.length - 1] ?? 1;
  const x: Scale = { from: [first, last], to: [LEFT, size.width - RIGHT] };
  const tall = (size.height - FOOT) / curves.length;
  const zero = Date.parse(page.start_utc);
  const end = page.goes_on ? last : (Date.parse(page.end_utc) - zero) / 1000;
  const span = [at(x, Math.max(0, first)), Math.max(at(x, Math.min(end, last)), at(x, 0) + 2)] as const;
  const moments = timeTicks(zero + first * 1000, zero + last * 1000, Math.max(2, Math.floor(size.width / 110)));
  const name = `reception-${page.finding_id}`;
  return (
    <svg width={size.width} height={size.height} role="img" aria-labelledby={`${name}-title ${name}-desc`}>
      <title id={`${name}-title`}>{say('pictures.reception')}</title>
      <desc id={`${name}-desc`}>{description}</desc>
      <defs>
        <pattern id={`${name}-hatch`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path class="reception-hatch" d="M0 0V7" />
        </pattern>
      </defs>
      <rect class="reception-span" x={span[0]} y={0} width={span[1] - span[0]} height={size.height - FOOT} />
      <rect fill={`url(#${name}-hatch)`} x={span[0]} y={0} width={span[1] - span[0]} height={size.height - FOOT} />
      <g class="picture-grid">
        {moments.map((tick) => {
          const px = at(x, (tick.ms - zero) / 1000);
          return (
            <g key={tick.ms}>
              <path d={`M${px.toFixed(1)} 0V${size.height - FOOT}`} />
              <Label x={px} y={size.height - 8} anchor="middle" class={`picture-tick${tick.chief ? ' picture-tick-chief' : ''}`}>{tick.text}</Label>
            </g>
          );
        })}
      </g>
      {curves.map((curve, k) => (
        <Strip key={`${curve.quantity}${curve.satellite}`} page={page} curve={curve} say={say} x={x} top={k * tall} bottom={(k + 1) * tall - 4} width={size.width} />
      ))}
      <path class="reception-edge" d={`M${span[0].toFixed(1)} 0V${size.height - FOOT}${page.goes_on ? '' : `M${span[1].toFixed(1)} 0V${size.height - FOOT}`}`} />
    </svg>
  );
}

interface StripProps {
  readonly page: ReceptionPage;
  readonly curve: ReceptionCurve;
  readonly say: Say;
  readonly x: Scale;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

function Strip({ page, curve, say, x, top, bottom, width }: StripProps) {
  const y: Scale = { from: spanOf(curve), to: [bottom - 4, top + HEAD + 4] };
  const paths = courseOf(page.t_s, curve.values, page.disturbed, (t) => at(x, t), (v) => at(y, v));
  const few = page.disturbed.filter(Boolean).length <= FEW;
  const unit = curve.unit === '' ? '' : ` [${curve.unit}]`;
  const change = changeText(curve, say);
  const wide = width > 430;
  return (
    <g>
      <path class="reception-floor" d={`M0 ${bottom + 2}H${width}`} />
      {curve.usual !== null && (
        <>
          <rect class="reception-band" x={LEFT} y={at(y, curve.usual + (curve.spread ?? 0))} width={width - LEFT - RIGHT} height={Math.max(at(y, curve.usual - (curve.spread ?? 0)) - at(y, curve.usual + (curve.spread ?? 0)), 1)} />
          <path class="reception-usual" d={`M${LEFT} ${at(y, curve.usual).toFixed(1)}H${width - RIGHT}`} />
        </>
      )}
      {ticks(...y.from, 3).map((value) => (
        <Label key={value} x={LEFT - 6} y={at(y, value) + 4} anchor="end" class="picture-tick">{tickTextOf(curve.quantity, value)}</Label>
      ))}
      <path class="reception-line" d={paths.quiet} />
      <path class="reception-line reception-line-disturbed" d={paths.disturbed} />
      {few && paths.points.map(([px, py]) => <circle key={px} class="reception-point" cx={px} cy={py} r={2.6} />)}
      <Label x={6} y={top + 14} class="picture-title">{`${curve.text}${unit}`}</Label>
      {wide && <Label x={width - RIGHT} y={top + 14} anchor="end" class="picture-value">{change}</Label>}
    </g>
  );
}

/** What a quantity was before and during; in words where it stayed within its own noise. */
function changeText(curve: ReceptionCurve, say: Say): string {
  if (curve.usual === null || curve.during === null) return '';
  if (Math.abs(curve.during.best - curve.usual) <= 2 * (curve.spread ?? 0)) return say('pictures.reception_same');
  return say('pictures.reception_change', { usual: curve.usual_text, during: curve.during_text });
}

function ReceptionTable({ page, say, caption }: { readonly page: ReceptionPage; readonly say: Say; readonly caption: string }) {
  const zero = Date.parse(page.start_utc);
  const second = (t: number | null): string => new Date(zero + (t ?? 0) * 1000).toISOString().slice(11, 19);
  return (
    <TableBeside
      say={say}
      caption={caption}
      columns={[
        { name: say('pictures.time'), cells: page.t_s.map((t) => `${momentText(zero + (t ?? 0) * 1000).slice(0, 10)} ${second(t)}`) },
        { name: say('pictures.state'), cells: page.disturbed.map((one) => (one ? say('pictures.reception_span') : '–')) },
        ...page.curves.map((curve) => ({
          name: curve.unit === '' ? curve.text : `${curve.text} [${curve.unit}]`,
          cells: curve.values.map((value) => (value === null ? '–' : tickTextOf(curve.quantity, value))),
        })),
      ]}
    />
  );
}
