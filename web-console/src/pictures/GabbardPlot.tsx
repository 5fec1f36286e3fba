/** The Gabbard plot of a break-up: apogee and perigee of every piece over its period. */
import { useState } from 'preact/hooks';
import { Choice, Label, Measured, type Say, type Size, TableBeside, pathOf } from './drawing.tsx';
import { percentile } from './gabbard.ts';
import { type Scale, at, momentText, spanText, ticks } from './scales.ts';
import type { Column, GabbardPage } from './types.ts';

export interface GabbardProps {
  readonly page: GabbardPage;
  readonly say: Say;
  readonly chooseObject: (noradId: number) => void;
}

const LEFT = 58;
const RIGHT = 14;
const TOP = 18;
const BOTTOM = 36;

type When = 'first' | 'newest';

export function GabbardPlot({ page, say, chooseObject }: GabbardProps) {
  const [when, setWhen] = useState<When>('first');
  const words = {
    count: page.pieces.toLocaleString('en-GB'),
    height: Math.round(page.altitude_km).toLocaleString('en-GB'),
    moment: momentText(Date.parse(page.event_utc)),
    sigma: spanText(page.event_sigma_s),
  };
  const description = say('pictures.gabbard_desc', words);
  return (
    <figure class="picture gabbard">
      <figcaption>
        <strong>{say('pictures.gabbard_title', words)}</strong>
        <span>{description}</span>
        <Choice
          label={say('pictures.elements')}
          value={when}
          options={[['first', say('pictures.when_first_seen')], ['newest', say('pictures.when_newest')]]}
          choose={setWhen}
        />
      </figcaption>
      <Measured class="gabbard-box">
        {(size) => <Plot page={page} say={say} size={size} when={when} chooseObject={chooseObject} description={description} />}
      </Measured>
      <ul class="picture-legend">
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><circle class="gabbard-apogee" r="4.5" /></svg>{say('pictures.apogee')}</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="gabbard-perigee" d="M-5-4H5L0 5Z" /></svg>{say('pictures.perigee')}</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="gabbard-arm" d="M-8 6 8-6" /></svg>{say('pictures.arms')}</li>
        <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="gabbard-point" d="M-8 0H8" /></svg>{say('pictures.common_point', words)}</li>
        {page.parents.slice(0, 3).map((parent) => (
          <li key={parent.norad_id}>
            <svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="gabbard-parent" d="M-6 0H6M0-6V6" /></svg>
            {say('pictures.parent', { name: parent.name, share: shareText(parent.probability) })}
          </li>
        ))}
      </ul>
      <GabbardTable page={page} say={say} caption={description} />
    </figure>
  );
}

interface PlotProps {
  readonly page: GabbardPage;
  readonly say: Say;
  readonly size: Size;
  readonly when: When;
  readonly chooseObject: (noradId: number) => void;
  readonly description: string;
}

function Plot({ page, say, size, when, chooseObject, description }: PlotProps) {
  const shown =
    when === 'first'
      ? page.first
      : { period_min: page.newest_period_min, apogee_km: page.newest_apogee_km, perigee_km: page.newest_perigee_km };
  // The same axes for both moments: what moves is what moved.
  const periods = known([...page.first.period_min, ...page.newest_period_min]);
  const heights = known([...page.first.apogee_km, ...page.first.perigee_km, ...page.newest_perigee_km]);
  const span = [percentile(periods, 3), percentile(periods, 97)] as const;
  const parents = page.parents.filter((one) => one.period_min !== null);
  const low = Math.min(span[0], ...parents.slice(0, 1).map((one) => one.period_min!));
  const high = Math.max(span[1], ...parents.slice(0, 1).map((one) => one.period_min!));
  const pad = Math.max((high - low) * 0.04, 0.05);
  const x: Scale = { from: [low - pad, high + pad], to: [LEFT, size.width - RIGHT] };
  const [least, most] = [percentile(heights, 0.5), percentile(heights, 98)];
  const y: Scale = {
    from: [Math.max(0, Math.min(least, page.altitude_km) - 40), Math.max(most, page.altitude_km) + 40],
    to: [size.height - BOTTOM, TOP],
  };
  const floor = size.height - BOTTOM;
  const outside = shown.period_min.filter((period, k) => {
    const apogee = shown.apogee_km[k];
    return period !== null && apogee !== null && apogee !== undefined && (period < x.from[0] || period > x.from[1] || apogee > y.from[1]);
  }).length;
  const arm = (column: Column): string =>
    pathOf(page.arm_period_min.flatMap((period, k): [number, number][] => (period === null || column[k] == null ? [] : [[at(x, period), at(y, column[k])]])));
  return (
    <svg width={size.width} height={size.height} role="img" aria-labelledby="gabbard-title gabbard-desc">
      <title id="gabbard-title">{say('pictures.gabbard')}</title>
      <desc id="gabbard-desc">{description}</desc>
      <clipPath id="gabbard-clip">
        <rect x={LEFT} y={TOP} width={size.width - LEFT - RIGHT} height={floor - TOP} />
      </clipPath>
      <g class="picture-grid">
        {ticks(...x.from, Math.max(3, Math.floor(size.width / 80))).map((value) => (
          <g key={value}>
            <path d={`M${at(x, value).toFixed(1)} ${TOP}V${floor}`} />
            <Label x={at(x, value)} y={floor + 15} anchor="middle" class="picture-tick">{value}</Label>
          </g>
        ))}
        {ticks(...y.from, Math.max(3, Math.floor(size.height / 60))).map((value) => (
          <g key={value}>
            <path d={`M${LEFT} ${at(y, value).toFixed(1)}H${size.width - RIGHT}`} />
            <Label x={LEFT - 6} y={at(y, value) + 4} anchor="end" class="picture-tick">{value.toLocaleString('en-GB')}</Label>
          </g>
        ))}
      </g>
      <g clip-path="url(#gabbard-clip)">
        <path class="gabbard-arm" d={arm(page.arm_apogee_km)} />
        <path class="gabbard-arm" d={arm(page.arm_perigee_km)} />
        <path class="gabbard-point" d={`M${LEFT} ${at(y, page.altitude_km).toFixed(1)}H${size.width - RIGHT}`} />
        {shown.period_min.map((period, k) => {
          const [apogee, perigee] = [shown.apogee_km[k], shown.perigee_km[k]];
          if (period === null || apogee == null || perigee == null) return null;
          const px = at(x, period);
          return (
            <g key={k} class="gabbard-piece" onClick={() => chooseObject(page.first.norad_id[k]!)}>
              <title>{`${page.first.name[k]} · ${page.speed_m_s[k] ?? '–'} m/s`}</title>
              <circle class="gabbard-apogee" cx={px} cy={at(y, apogee)} r={3.2} />
              <path class="gabbard-perigee" transform={`translate(${px.toFixed(1)} ${at(y, perigee).toFixed(1)})`} d="M-3.5-2.8H3.5L0 3.5Z" />
            </g>
          );
        })}
        {parents.slice(0, 3).map((parent) => (
          <g key={parent.norad_id} class="gabbard-parent">
            {[parent.apogee_km, parent.perigee_km].map((height, k) =>
              height === null ? null : <path key={k} transform={`translate(${at(x, parent.period_min!).toFixed(1)} ${at(y, height).toFixed(1)})`} d="M-8 0H8M0-8V8" />,
            )}
          </g>
        ))}
      </g>
      <Label x={size.width - RIGHT} y={size.height - 5} anchor="end" class="picture-axis">{say('pictures.period')}</Label>
      <Label x={LEFT + 4} y={TOP + 13} class="picture-axis">{say('pictures.height')} ↑</Label>
      {outside > 0 && (
        <Label x={size.width - RIGHT - 4} y={TOP + 13} anchor="end" class="picture-note">{say('pictures.outside', { count: outside })}</Label>
      )}
    </svg>
  );
}

/** A probability in per cent that never says all or nothing. */
function shareText(probability: number): string {
  if (probability > 0.99) return '> 99';
  return probability < 0.01 ? '< 1' : String(Math.round(probability * 100));
}

function known(column: Column): number[] {
  return column.filter((value): value is number => value !== null);
}

function GabbardTable({ page, say, caption }: { readonly page: GabbardPage; readonly say: Say; readonly caption: string }) {
  const { first } = page;
  const text = (column: Column): string[] => column.map((value) => (value === null ? '–' : value.toLocaleString('en-GB')));
  return (
    <TableBeside
      say={say}
      caption={caption}
      columns={[
        { name: say('pictures.object'), cells: first.norad_id.map((id, k) => (first.name[k] === String(id) ? String(id) : `${first.name[k]} (${id})`)) },
        { name: say('pictures.period'), cells: text(first.period_min) },
        { name: say('pictures.apogee'), cells: text(first.apogee_km) },
        { name: say('pictures.perigee'), cells: text(first.perigee_km) },
        { name: say('pictures.speed'), cells: text(page.speed_m_s) },
      ]}
    />
  );
}
