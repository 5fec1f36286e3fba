/** The map of lost satellite navigation: H3 cells of one day, intensity, onset, what could not be told. */
import { useMemo, useState } from 'preact/hooks';
import { Label, Measured, type Say, type Size, TableBeside } from './drawing.tsx';
import { type FlatMap, INTENSITY_FROM, flatMap, intensityStep, linePath, ringPath, turned, uncovered } from './mapping.ts';
import { longitudeText, ticks } from './scales.ts';
import type { InterferencePage, MapArea, MapCell, Persistence } from './types.ts';

export interface InterferenceProps {
  readonly page: InterferencePage;
  readonly say: Say;
  /** Coasts and borders: lines of longitude, latitude, … */
  readonly coasts: readonly (readonly number[])[];
  readonly chooseDay: (day: string) => void;
  readonly openIncident: (incidentId: string) => void;
}

export function InterferenceMap({ page, say, coasts, chooseDay, openIncident }: InterferenceProps) {
  const words = {
    day: page.day_utc,
    disturbed: page.disturbed.toLocaleString('en-GB'),
    quiet: page.quiet.toLocaleString('en-GB'),
    insufficient: page.insufficient.toLocaleString('en-GB'),
  };
  const description = say('pictures.interference_desc', words);
  const area = page.areas[0];
  return (
    <figure class="picture interference">
      <figcaption>
        <strong>{say('pictures.interference_title', words)}</strong>
        <span>{description}</span>
      </figcaption>
      <Measured class="interference-box">
        {(size) => <MapView page={page} say={say} size={size} coasts={coasts} description={description} openIncident={openIncident} />}
      </Measured>
      <Areas areas={page.areas} say={say} openIncident={openIncident} />
      {area !== undefined && (
        <Measured class="interference-days">
          {(size) => <Days area={area} day={page.day_utc} known={page.days_utc} say={say} size={size} chooseDay={chooseDay} />}
        </Measured>
      )}
      <MapLegend say={say} day={page.day_utc} left={page.left_out} />
      <MapTable page={page} say={say} caption={description} />
    </figure>
  );
}

const LABEL_WIDE = 250;
const LABEL_TALL = 16;

function MapView({ page, say, size, coasts, description, openIncident }: { readonly page: InterferencePage; readonly say: Say; readonly size: Size; readonly coasts: readonly (readonly number[])[]; readonly description: string; readonly openIncident: (id: string) => void }) {
  const map = useMemo(
    () => flatMap({ south: page.south_deg, north: page.north_deg, west: page.west_deg, east: page.east_deg }, size.width, size.height),
    [page, size.width, size.height],
  );
  const lines = useMemo(() => coasts.map((line) => linePath(line, map)).filter((path) => path !== '').join(''), [coasts, map]);
  const cells = useMemo(() => page.cells.map((cell) => ({ cell, path: ringPath(cell.ring, map) })).filter((one) => one.path !== ''), [page, map]);
  const labels = uncovered(
    page.areas.map((area) => {
      const radius = Math.max(area.radius_km, area.emitter_within_km ?? 0) * map.pxPerKm;
      const lines = area.more_since_utc === null ? 1 : 2;
      return [map.x(turned(area.longitude_deg, map)), Math.max(map.y(area.latitude_deg) - Math.max(radius, 10) - 8 - (lines - 1) * LABEL_TALL, 16)];
    }),
    LABEL_WIDE,
    page.areas.some((area) => area.more_since_utc !== null) ? 2 * LABEL_TALL : LABEL_TALL,
  );
  const [pointed, setPointed] = useState<MapCell | null>(null);
  const order = { quiet: 0, insufficient_data: 1, disturbed: 2 };
  const drawn = [...cells].sort((a, b) => order[a.cell.state] - order[b.cell.state]);
  return (
    <svg width={size.width} height={size.height} role="group" aria-labelledby="interference-title interference-desc" class="interference-svg">
      <title id="interference-title">{say('pictures.interference')}</title>
      <desc id="interference-desc">{description}</desc>
      <defs>
        <pattern id="insufficient" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path class="hatch" d="M0 0V6" />
        </pattern>
      </defs>
      <rect class="map-sea" width={size.width} height={size.height} />
      <Graticule map={map} size={size} />
      {page.joined.map((part, k) => (
        <path key={k} class={`map-cell map-${part.state}`} fill-rule="evenodd" d={part.rings.map((ring) => ringPath(ring, map)).join('')} />
      ))}
      {drawn.map(({ cell, path }) => (
        <path
          key={cell.cell}
          class={`map-cell map-${cell.state}${cell.state === 'disturbed' ? ` map-step-${intensityStep(shareOf(cell))}` : ''}${cell.state === 'disturbed' && cell.onset_utc === page.day_utc ? ' map-new' : ''}`}
          d={path}
          onPointerEnter={() => setPointed(cell)}
          onPointerLeave={() => setPointed(null)}
        />
      ))}
      <path class="map-coast" d={lines} />
      {page.areas.map((area, k) => (
        <AreaView key={area.finding_id} area={area} label={labels[k]!} map={map} say={say} openIncident={openIncident} />
      ))}
      {pointed !== null && <CellNote cell={pointed} map={map} size={size} say={say} />}
      <ScaleBar map={map} size={size} />
    </svg>
  );
}

function shareOf(cell: MapCell): number {
  return cell.bad / Math.max(cell.good + cell.bad, 1);
}

function Graticule({ map, size }: { readonly map: FlatMap; readonly size: Size }) {
  const lon = ticks(map.edges.west, map.edges.east, Math.max(3, Math.floor(size.width / 130)));
  const lat = ticks(Math.max(map.edges.south, -90), Math.min(map.edges.north, 90), Math.max(2, Math.floor(size.height / 100)));
  const side = (deg: number, plus: string, minus: string): string => (deg === 0 ? '0°' : `${Math.abs(Number(deg.toFixed(1)))}°${deg > 0 ? plus : minus}`);
  return (
    <g class="picture-grid">
      {lon.map((deg) => (
        <g key={deg}>
          <path d={`M${map.x(deg).toFixed(1)} 0V${size.height}`} />
          <Label x={map.x(deg) + 3} y={size.height - 6} class="picture-tick">{side(((((deg + 180) % 360) + 360) % 360) - 180, 'E', 'W')}</Label>
        </g>
      ))}
      {lat.map((deg) => (
        <g key={deg}>
          <path d={`M0 ${map.y(deg).toFixed(1)}H${size.width}`} />
          <Label x={5} y={map.y(deg) - 4} class="picture-tick">{side(deg, 'N', 'S')}</Label>
        </g>
      ))}
    </g>
  );
}

function AreaView({ area, label, map, say, openIncident }: { readonly area: MapArea; readonly label: readonly [number, number]; readonly map: FlatMap; readonly say: Say; readonly openIncident: (id: string) => void }) {
  const x = map.x(turned(area.longitude_deg, map));
  const y = map.y(area.latitude_deg);
  const text = `${persistenceText(area, say)} · ${shareText(area, say)}`;
  const more = moreText(area, say);
  return (
    <a class="map-area" role="link" tabindex={0} aria-label={more === '' ? text : `${text} · ${more}`} onClick={() => openIncident(area.incident_id)} onKeyDown={(event) => { if (event.key === 'Enter') openIncident(area.incident_id); }}>
      <title>{text}</title>
      {area.emitter_within_km !== null && <circle class="map-emitter" cx={x} cy={y} r={Math.max(area.emitter_within_km * map.pxPerKm, 3)} />}
      <g transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}><PersistenceShape persistence={area.persistence} isMore={area.more_since_utc !== null} /></g>
      <Label x={label[0]} y={label[1]} anchor="middle" class="map-area-text">{text}</Label>
      {more !== '' && <Label x={label[0]} y={label[1] + LABEL_TALL} anchor="middle" class="map-area-more">{`↑ ${more}`}</Label>}
    </a>
  );
}

const PERSISTENCES: readonly Persistence[] = ['new', 'recurrent', 'permanent', 'unknown'];
/** None of them is a shape of attention. */
const PERSISTENCE_SHAPES: Readonly<Record<Persistence, string>> = {
  new: 'M-2.2-7H2.2V-2.2H7V2.2H2.2V7H-2.2V2.2H-7V-2.2H-2.2Z',
  recurrent: 'M-6-5.5H6V-1.5H-6ZM-6 1.5H6V5.5H-6Z',
  permanent: 'M-5.5-5.5H5.5V5.5H-5.5Z',
  unknown: 'M-6-6H6V6H-6ZM-3.2-3.2V3.2H3.2V-3.2Z',
};

/** The class of an area as a shape, with an arrow where it is disturbed more than it was. */
function PersistenceShape({ persistence, isMore }: { readonly persistence: Persistence; readonly isMore: boolean }) {
  return (
    <>
      <path class="map-class" fill-rule="evenodd" d={PERSISTENCE_SHAPES[persistence]} />
      {isMore && <path class="map-class" d="M13 6V-1H9.5L14.5-8 19.5-1H16V6Z" />}
    </>
  );
}

function persistenceText(area: MapArea, say: Say): string {
  return say(`pictures.persistence_${area.persistence}`);
}

/** Since when an area is disturbed more than it was, and by how much; empty where it is not. */
function moreText(area: MapArea, say: Say): string {
  if (area.more_since_utc === null) return '';
  const percent = (share: number | null): string => String(Math.round((share ?? 0) * 100));
  return say('pictures.more_since', { day: area.more_since_utc, before: percent(area.share_before), since: percent(area.share_since) });
}

const AREAS_LISTED = 6;

/** The areas of the day in words: class, share, since when it is more; each opens its incident. */
function Areas({ areas, say, openIncident }: { readonly areas: readonly MapArea[]; readonly say: Say; readonly openIncident: (id: string) => void }) {
  if (areas.length === 0) return null;
  const left = areas.length - AREAS_LISTED;
  return (
    <ul class="map-areas" aria-label={say('pictures.areas')}>
      {areas.slice(0, AREAS_LISTED).map((area) => (
        <li key={area.finding_id}>
          <button type="button" class="map-area-row" onClick={() => openIncident(area.incident_id)}>
            <svg viewBox="-9 -9 30 18" aria-hidden="true"><PersistenceShape persistence={area.persistence} isMore={area.more_since_utc !== null} /></svg>
            <strong>{persistenceText(area, say)}</strong>
            <span>{`${placeText(area)} · ${shareText(area, say)}`}</span>
            {area.more_since_utc !== null && <span class="map-area-more">{moreText(area, say)}</span>}
          </button>
        </li>
      ))}
      {left > 0 && <li class="legend-note">{say('pictures.more_areas', { count: left })}</li>}
    </ul>
  );
}

function placeText({ latitude_deg: north, longitude_deg: east }: MapArea): string {
  return `${Math.abs(north).toFixed(1)}°${north < 0 ? 'S' : 'N'} ${longitudeText(east, 1)}`;
}

function shareText(area: MapArea, say: Say): string {
  const percent = (share: number | null): string => (share === null ? '100' : String(Math.round(share * 100)));
  return say('pictures.area_share', { low: percent(area.share.low), high: percent(area.share.high), day: area.peak_day_utc });
}

function CellNote({ cell, map, size, say }: { readonly cell: MapCell; readonly map: FlatMap; readonly size: Size; readonly say: Say }) {
  const x = map.x(turned(cell.ring[0]!, map));
  const y = map.y(cell.ring[1]!);
  const right = x > size.width - 260;
  const state = cell.state === 'disturbed' ? 'pictures.disturbed' : cell.state === 'quiet' ? 'pictures.quiet' : 'pictures.insufficient';
  const since = cell.onset_utc === null || cell.state !== 'disturbed' ? '' : ` · ${say('pictures.since_day', { day: cell.onset_utc })}`;
  return (
    <g class="map-note" pointer-events="none">
      <Label x={x + (right ? -14 : 14)} y={y - 16} anchor={right ? 'end' : 'start'} class="picture-value">{say(state)}{since}</Label>
      <Label x={x + (right ? -14 : 14)} y={y} anchor={right ? 'end' : 'start'} class="picture-tick">{say('pictures.low_of_all', { bad: cell.bad, all: cell.good + cell.bad })}</Label>
    </g>
  );
}

function ScaleBar({ map, size }: { readonly map: FlatMap; readonly size: Size }) {
  const km = [50, 100, 200, 500, 1000, 2000, 5000].findLast((one) => one * map.pxPerKm < 150) ?? 50;
  const long = km * map.pxPerKm;
  const [x, y] = [size.width - 16 - long, size.height - 26];
  return (
    <g class="map-scale" aria-hidden="true">
      <path d={`M${x} ${y - 5}v5h${long}v-5`} />
      <Label x={x + long / 2} y={y - 7} anchor="middle" class="picture-tick">{km.toLocaleString('en-GB')} km</Label>
    </g>
  );
}

const DAYS_LEFT = 10;

/** Aircraft with low integrity in the first area, day by day; a day opens its map. */
function Days({ area, day, known, say, size, chooseDay }: { readonly area: MapArea; readonly day: string; readonly known: readonly string[]; readonly say: Say; readonly size: Size; readonly chooseDay: (day: string) => void }) {
  const most = Math.max(...area.bad, 1);
  const wide = Math.min((size.width - 2 * DAYS_LEFT) / Math.max(area.day.length, 1), 64);
  const floor = size.height - 18;
  return (
    <svg width={size.width} height={size.height} role="group" aria-label={say('pictures.affected')}>
      <Label x={DAYS_LEFT} y={13} class="picture-axis">{say('pictures.affected')}</Label>
      {area.day.map((one, k) => {
        const tall = ((floor - 34) * area.bad[k]!) / most;
        const x = DAYS_LEFT + k * wide;
        const within = one >= area.start_utc.slice(0, 10) && one < area.end_utc.slice(0, 10);
        return (
          <a key={one} class={`map-day${one === day ? ' map-day-shown' : ''}`} role="button" tabindex={known.includes(one) ? 0 : -1} aria-pressed={one === day} aria-label={`${one}: ${say('pictures.low_of_all', { bad: area.bad[k]!, all: area.good[k]! + area.bad[k]! })}`} onClick={() => chooseDay(one)} onKeyDown={(event) => { if (event.key === 'Enter') chooseDay(one); }}>
            <rect class="map-day-ground" x={x} y={18} width={wide - 2} height={floor - 16} />
            <rect class={`map-day-bar${within ? ' map-day-within' : ''}`} x={x + 3} y={floor - tall} width={wide - 8} height={Math.max(tall, 1)} />
          </a>
        );
      })}
      <g aria-hidden="true" pointer-events="none">
        {area.day.map((one, k) => {
          const x = DAYS_LEFT + (k + 0.5) * wide - 1;
          return (
            <g key={one}>
              <Label x={x} y={floor - ((floor - 34) * area.bad[k]!) / most - 4} anchor="middle" class="picture-tick">{area.bad[k]!.toLocaleString('en-GB')}</Label>
              {wide > 34 && <Label x={x} y={size.height - 5} anchor="middle" class="picture-tick">{one.slice(5)}</Label>}
            </g>
          );
        })}
      </g>
    </svg>
  );
}

function MapLegend({ say, day, left }: { readonly say: Say; readonly day: string; readonly left: number }) {
  return (
    <ul class="picture-legend">
      <li>{say('pictures.share_low')}</li>
      {INTENSITY_FROM.map((from, step) => (
        <li key={from} class="legend-tight">
          <svg viewBox="-9 -9 18 18" aria-hidden="true"><path class={`map-cell map-disturbed map-step-${step}`} d="M0-8 7-4V4L0 8-7 4V-4Z" /></svg>
          {step === 0 ? `< ${INTENSITY_FROM[1] * 100} %` : `≥ ${from * 100} %`}
        </li>
      ))}
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="map-cell map-disturbed map-step-2 map-new" d="M0-8 7-4V4L0 8-7 4V-4Z" /></svg>{say('pictures.new_today')} ({day})</li>
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="map-cell map-quiet" d="M0-8 7-4V4L0 8-7 4V-4Z" /></svg>{say('pictures.quiet')}</li>
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><path class="map-cell map-insufficient_data" d="M0-8 7-4V4L0 8-7 4V-4Z" /></svg>{say('pictures.insufficient')}</li>
      <li><svg viewBox="-9 -9 18 18" aria-hidden="true"><circle class="map-emitter" r="7" /></svg>{say('pictures.emitter_within')}</li>
      {PERSISTENCES.map((one) => (
        <li key={one}><svg viewBox="-9 -9 18 18" aria-hidden="true"><PersistenceShape persistence={one} isMore={false} /></svg>{say(`pictures.persistence_${one}`)}</li>
      ))}
      <li><svg viewBox="5 -9 18 18" aria-hidden="true"><path class="map-class" d="M13 6V-1H9.5L14.5-8 19.5-1H16V6Z" /></svg>{say('pictures.is_more')}</li>
      {left > 0 && <li class="legend-note">{say('pictures.not_drawn', { count: left })}</li>}
    </ul>
  );
}

const TABLE_ROWS = 200;

function MapTable({ page, say, caption }: { readonly page: InterferencePage; readonly say: Say; readonly caption: string }) {
  const cells = page.cells.filter((cell) => cell.state !== 'quiet').sort((a, b) => shareOf(b) - shareOf(a)).slice(0, TABLE_ROWS);
  const middle = (cell: MapCell): string => {
    const count = cell.ring.length / 2;
    const mean = (first: number): number => cell.ring.filter((_, k) => k % 2 === first).reduce((sum, value) => sum + value, 0) / count;
    return `${mean(1).toFixed(1)}°, ${mean(0).toFixed(1)}°`;
  };
  return (
    <TableBeside
      say={say}
      caption={caption}
      columns={[
        { name: say('pictures.cell'), cells: cells.map((cell) => `${cell.cell} (${middle(cell)})`) },
        { name: say('pictures.state'), cells: cells.map((cell) => say(cell.state === 'disturbed' ? 'pictures.disturbed' : 'pictures.insufficient')) },
        { name: say('pictures.share_low'), cells: cells.map((cell) => say('pictures.low_of_all', { bad: cell.bad, all: cell.good + cell.bad })) },
        { name: say('pictures.day'), cells: cells.map((cell) => cell.onset_utc ?? '–') },
      ]}
    />
  );
}
