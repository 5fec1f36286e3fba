/** The panels of pictures: what they ask the server for, and what a click leads to. */
import { useEffect, useState } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import { board } from '../api/shared.ts';
import type { PanelProps } from '../panels.ts';
import { chooseObject, chosenIncident } from '../shell/chosen.ts';
import { jumpTo, shownMs } from '../shell/clock.ts';
import { presentMs } from '../shell/present.ts';
import { formatRoute, go, linkTo, route } from '../shell/router.ts';
import { theme } from '../shell/theme.ts';
import { Empty, Loading, Problem } from '../shell/States.tsx';
import { word } from '../words/words.ts';
import { BeltStrip } from './BeltStrip.tsx';
import { Choice } from './drawing.tsx';
import { GabbardPlot } from './GabbardPlot.tsx';
import { InterferenceMap } from './InterferenceMap.tsx';
import { type Topology, arcsOf } from './mapping.ts';
import { ReceptionPicture } from './ReceptionPicture.tsx';
import { RelativePicture } from './RelativePicture.tsx';
import { TimelineView } from './TimelineView.tsx';
import { isoSecond } from './timeline.ts';
import type { BeltPage, GabbardPage, InterferencePage, ReceptionPage, RelativePage, TimelinePage } from './types.ts';

const ASKED = { renewedBy: ['board'] } as const;
const openIncident = (id: string): void => {
  if (id !== '') go({ name: 'incident', id, more: {} });
};

/** The proximity picture of an incident, small beside its page or large in the centre. */
export function RelativeOf({ incidentId, compact = false }: { readonly incidentId: string; readonly compact?: boolean }) {
  const [findingId, setFindingId] = useState('');
  const asked = useResource<RelativePage>(
    `incidents/${encodeURIComponent(incidentId)}/relative`,
    { finding_id: findingId, as_known_at: route.value.asKnownAt },
    { ...ASKED, inWords: true },
  );
  if (asked.state === 'loading') return <Loading />;
  if (asked.state === 'problem') {
    return asked.problem.status === 404 ? <Empty>{word('pictures.no_pair')}</Empty> : <Problem problem={asked.problem} retry={asked.reload} />;
  }
  const page = asked.data;
  return (
    <div class="pictures">
      <RelativePicture page={page} say={word} momentMs={shownMs.value} chooseMoment={jumpTo} compact={compact}>
        {page.choices.length > 1 && (
          <label class="picture-choice">
            <span class="choice-label">{word('pictures.choose_pair')}</span>
            <select value={page.finding_id} onChange={(event) => setFindingId(event.currentTarget.value)}>
              {page.choices.map((choice) => (
                <option key={choice.finding_id} value={choice.finding_id}>
                  {`${choice.kind_text}: ${choice.names.join(' · ')}`}
                </option>
              ))}
            </select>
          </label>
        )}
        {compact && <a href={linkTo('relative', incidentId)}>{word('pictures.larger')}</a>}
      </RelativePicture>
    </div>
  );
}

/** A finding, as far as the link to its picture needs it. */
export interface Drawable {
  readonly finding_id: string;
  readonly kind: string;
  /** The noun itself. */
  readonly finding: Readonly<Record<string, unknown>>;
}

/** Whether a finding is about one receiver, whose samples can be drawn. */
export function isOfReceiver({ kind, finding }: Drawable): boolean {
  return kind === 'interference' && typeof finding.receiver === 'string';
}

/** Links from findings to their pictures: a break-up, a receiver, the belt around a slot, a day of the map. */
export function PictureLinks({ findings }: { readonly findings: readonly Drawable[] }) {
  const links = new Map<string, string>();
  const { asKnownAt } = route.value;
  for (const { finding_id: id, kind, finding } of findings) {
    const { slot_deg_east: slot, peak_day_utc: day } = finding;
    if (kind === 'breakup') links.set(word('pictures.gabbard'), formatRoute({ name: 'breakup', id, asKnownAt }));
    if (kind === 'geo_neighbour' && typeof slot === 'number') {
      const more = { middle: slot.toFixed(1), width: '20', past: '30' };
      links.set(word('pictures.belt'), formatRoute({ name: 'belt', more, asKnownAt }));
    }
    if (isOfReceiver({ finding_id: id, kind, finding })) links.set(word('pictures.reception'), formatRoute({ name: 'reception', id, asKnownAt }));
    if (kind === 'interference' && typeof day === 'string') {
      links.set(word('pictures.interference'), formatRoute({ name: 'interference', more: { day }, asKnownAt }));
    }
  }
  if (links.size === 0) return null;
  return (
    <p class="picture-links">
      <span>{word('pictures.see')}</span>
      {[...links].map(([text, place]) => (
        <a key={place} href={place}>
          {text}
        </a>
      ))}
    </p>
  );
}

export function RelativePanel({ id }: PanelProps) {
  return id === '' ? <Empty>{word('shell.nothing_chosen')}</Empty> : <RelativeOf key={id} incidentId={id} />;
}

const WIDTHS = [360, 60, 20, 8, 3] as const;
const BACK_DAYS = [7, 30, 90, 365, 3650] as const;

export function BeltPanel(_: PanelProps) {
  const { middle: middleText, width: widthText, past: pastText } = route.value.more;
  const middle = numberOf(middleText, 0);
  const width = numberOf(widthText, 360);
  const past = numberOf(pastText, 30);
  const look = (change: Readonly<Record<string, number>>): void => {
    const next = { middle, width, past, ...change };
    go({ name: 'belt', more: Object.fromEntries(Object.entries(next).map(([key, value]) => [key, String(Math.round(value * 100) / 100)])) });
  };
  const asked = useResource<BeltPage>('belt', { middle, width, past_days: past, as_known_at: route.value.asKnownAt }, ASKED);
  const [held, setHeld] = useState<BeltPage | null>(null);
  if (asked.state === 'there' && asked.data !== held) setHeld(asked.data);
  const page = asked.state === 'there' ? asked.data : held;
  return (
    <div class="pictures">
      <div class="pictures-head">
        <Choice label={word('pictures.width')} value={width} options={WIDTHS.map((one) => [one, one === 360 ? word('pictures.whole_belt') : `${one}°`])} choose={(one) => look(one === 360 ? { width: 360, middle: 0 } : { width: one })} />
        <Choice label={word('pictures.look_back')} value={past} options={BACK_DAYS.map((one) => [one, one > 400 ? word('pictures.years', { years: Math.round(one / 365) }) : word('pictures.days', { days: one })])} choose={(one) => look({ past: one })} />
        <Around page={page} choose={(deg) => look({ middle: deg, width: width >= 360 ? 20 : width })} />
      </div>
      {asked.state === 'problem' && <Problem problem={asked.problem} retry={asked.reload} />}
      {page === null && asked.state === 'loading' && <Loading />}
      {page !== null && asked.state !== 'problem' && (
        <BeltStrip page={page} say={word} momentMs={shownMs.value} chooseMoment={jumpTo} chooseObject={chooseObject} openIncident={openIncident} theme={theme.value} look={(m, w) => look({ middle: m, width: w })} />
      )}
    </div>
  );
}

/** The assets that stand in the belt, to look around. */
function Around({ page, choose }: { readonly page: BeltPage | null; readonly choose: (deg: number) => void }) {
  const assets = board.value.data?.assets ?? [];
  const [slots, setSlots] = useState<BeltPage['slots']>([]);
  // The whole belt knows every slot; a narrow strip only its own.
  if (page !== null && page.slots.length > slots.length) setSlots(page.slots);
  if (slots.length === 0) return null;
  const name = (id: number): string => assets.find((asset) => asset.norad_id === id)?.name || String(id);
  return (
    <label>
      <span class="choice-label">{word('pictures.around')}</span>
      <select
        value=""
        onChange={(event) => {
          const slot = slots.find((one) => String(one.norad_id) === event.currentTarget.value);
          if (slot !== undefined) choose(Math.round(slot.deg_east * 10) / 10);
        }}
      >
        <option value="">–</option>
        {[...slots].sort((a, b) => a.deg_east - b.deg_east).map((slot) => (
          <option key={slot.norad_id} value={String(slot.norad_id)}>
            {`${name(slot.norad_id)} (${slot.deg_east.toFixed(1)}°)`}
          </option>
        ))}
      </select>
    </label>
  );
}

export function GabbardPanel({ id }: PanelProps) {
  const asked = useResource<GabbardPage>(id === '' ? null : `breakups/${encodeURIComponent(id)}/gabbard`, { as_known_at: route.value.asKnownAt }, ASKED);
  if (id === '') return <Empty>{word('shell.nothing_chosen')}</Empty>;
  if (asked.state === 'loading') return <Loading />;
  if (asked.state === 'problem') return <Problem problem={asked.problem} retry={asked.reload} />;
  return (
    <div class="pictures">
      <GabbardPlot page={asked.data} say={word} chooseObject={chooseObject} />
    </div>
  );
}

/** What a receiver measured about a disturbance, small beside its incident or large in the centre. */
export function ReceptionOf({ findingId, compact = false }: { readonly findingId: string; readonly compact?: boolean }) {
  const asked = useResource<ReceptionPage>(`reception/${encodeURIComponent(findingId)}`, { as_known_at: route.value.asKnownAt }, { ...ASKED, inWords: true });
  if (asked.state === 'loading') return <Loading />;
  if (asked.state === 'problem') return <Problem problem={asked.problem} retry={asked.reload} />;
  return (
    <div class="pictures">
      <ReceptionPicture page={asked.data} say={word} compact={compact}>
        {compact && <a href={linkTo('reception', findingId)}>{word('pictures.larger')}</a>}
      </ReceptionPicture>
    </div>
  );
}

/** Of several disturbances of an incident the one that people choose, the deciding one first. */
export function ReceptionsOf({ findings }: { readonly findings: readonly (Drawable & { readonly headline: string })[] }) {
  const drawable = findings.filter(isOfReceiver);
  const [chosen, setChosen] = useState('');
  const shown = drawable.find((one) => one.finding_id === chosen) ?? drawable[0];
  if (shown === undefined) return null;
  return (
    <>
      {drawable.length > 1 && (
        <label class="picture-choice">
          <span class="choice-label">{word('pictures.choose_disturbance')}</span>
          <select value={shown.finding_id} onChange={(event) => setChosen(event.currentTarget.value)}>
            {drawable.map((one) => (
              <option key={one.finding_id} value={one.finding_id}>
                {`${String(one.finding.start_utc).slice(0, 16).replace('T', ' ')} ${one.headline}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <ReceptionOf key={shown.finding_id} findingId={shown.finding_id} compact />
    </>
  );
}

export function ReceptionPanel({ id }: PanelProps) {
  return id === '' ? <Empty>{word('shell.nothing_chosen')}</Empty> : <ReceptionOf key={id} findingId={id} />;
}

let coastlines: readonly (readonly number[])[] | null = null;

/** Coasts and borders, read when a map is first shown; until then the map goes without. */
function useCoasts(): readonly (readonly number[])[] {
  const [coasts, setCoasts] = useState(coastlines ?? []);
  useEffect(() => {
    if (coastlines !== null) return;
    void import('world-atlas/countries-110m.json').then((countries) => {
      coastlines = arcsOf(countries.default as unknown as Topology);
      setCoasts(coastlines);
    });
  }, []);
  return coasts;
}

export function InterferencePanel(_: PanelProps) {
  const { day = '', whole = '' } = route.value.more;
  const edges = whole === '1' ? { south: -60, north: 75, west: -180, east: 180 } : {};
  const asked = useResource<InterferencePage>('interference', { day, ...edges, as_known_at: route.value.asKnownAt }, ASKED);
  const coasts = useCoasts();
  const look = (change: Readonly<Record<string, string>>): void => go({ name: 'interference', more: { day, whole, ...change } });
  if (asked.state === 'loading') return <Loading />;
  if (asked.state === 'problem') return <Problem problem={asked.problem} retry={asked.reload} />;
  return (
    <div class="pictures">
      <div class="pictures-head">
        <Choice label={word('pictures.picture')} value={whole === '1' ? 'whole' : 'area'} options={[['area', word('pictures.around_area')], ['whole', word('pictures.whole_earth')]]} choose={(one) => look({ whole: one === 'whole' ? '1' : '' })} />
        <DayStep page={asked.data} choose={(one) => look({ day: one })} />
      </div>
      <InterferenceMap page={asked.data} say={word} coasts={coasts} chooseDay={(one) => look({ day: one })} openIncident={openIncident} />
    </div>
  );
}

function DayStep({ page, choose }: { readonly page: InterferencePage; readonly choose: (day: string) => void }) {
  const at = page.days_utc.indexOf(page.day_utc);
  const [before, after] = [page.days_utc[at - 1], page.days_utc[at + 1]];
  return (
    <div class="choice" role="group" aria-label={word('pictures.day')}>
      <span class="choice-label">{word('pictures.day')}</span>
      <button type="button" class="choice-button" aria-label={word('pictures.day_before')} disabled={before === undefined} onClick={() => before !== undefined && choose(before)}>‹</button>
      <strong>{page.day_utc}</strong>
      <button type="button" class="choice-button" aria-label={word('pictures.day_after')} disabled={after === undefined} onClick={() => after !== undefined && choose(after)}>›</button>
    </div>
  );
}

export function TimelinePanel(_: PanelProps) {
  const asked = useResource<TimelinePage>('timeline', { past_days: 30, as_known_at: route.value.asKnownAt }, { renewedBy: ['board', 'alert'] });
  const [held, setHeld] = useState<TimelinePage | null>(null);
  if (asked.state === 'there' && asked.data !== held) setHeld(asked.data);
  const page = asked.state === 'there' ? asked.data : held;
  if (asked.state === 'problem' && page === null) return <Problem problem={asked.problem} retry={asked.reload} />;
  if (page === null) return <Loading />;
  const known = route.value.asKnownAt;
  return (
    <TimelineView
      page={page}
      say={word}
      momentMs={shownMs.value}
      chooseMoment={jumpTo}
      knownMs={known === null ? null : Date.parse(known)}
      chooseKnown={(ms) => go({ asKnownAt: ms === null ? null : isoSecond(ms) })}
      nowMs={known === null ? presentMs() : Math.max(presentNow(), Date.parse(known))}
      openIncident={openIncident}
      openAlert={(id) => go({ name: 'alerts', id, more: {} })}
      chosenIncident={chosenIncident.value}
    />
  );
}

let newestMs = 0;

/** The newest present that was seen: while a past moment is shown, the board's is not now. */
function presentNow(): number {
  if (route.peek().asKnownAt === null) newestMs = presentMs();
  return newestMs || Date.now();
}

function numberOf(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) ? otherwise : value;
}
