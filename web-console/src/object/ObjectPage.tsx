/** One object: what it is, how it flies, how fresh that is, its incidents, its history. */
import { useState } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import { CausesLink } from '../causes/CausesPage.tsx';
import { Mark } from '../pieces/Mark.tsx';
import { figure, minuteText } from '../pieces/moments.ts';
import { Nothing, Shown } from '../pieces/Shown.tsx';
import type { ObjectSeries, ObjectTold } from '../pieces/shapes.ts';
import { Timed } from '../pieces/Timed.tsx';
import { linkTo, route } from '../shell/router.ts';
import { word, type WordKey } from '../words/words.ts';
import './object.css';
import { pointsOf, unwound } from './series.ts';
import { SeriesPlot } from './SeriesPlot.tsx';

const OLD_DAYS = 5;
const SPANS = [30, 180, 730, 3650] as const;

export function ObjectPage({ id }: { readonly id: string }) {
  const said = useResource<ObjectTold>(
    `objects/${encodeURIComponent(id)}`,
    { as_known_at: route.value.asKnownAt },
    { renewedBy: ['board'], inWords: true },
  );
  return (
    <Shown of={said}>
      {(told) => (
        <article class="page object-page">
          <Described told={told} />
          <History id={id} />
        </article>
      )}
    </Shown>
  );
}

function Fact({
  name,
  value,
}: {
  readonly name: WordKey;
  readonly value: string | null | undefined;
}) {
  if (value === null || value === undefined || value === '') return null;
  return (
    <div>
      <dt>{word(name)}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function unit(value: number | null | undefined, of: string, digits = 5): string | null {
  return value === null || value === undefined ? null : `${figure(value, digits)} ${of}`;
}

/** Everything about an object but its history. */
export function Described({ told }: { readonly told: ObjectTold }) {
  const { asset, orbit } = told;
  return (
    <>
      <header>
        <h3 class="object-name">{told.name || word('object.title', { number: told.norad_id })}</h3>
        <p class="soft">
          {told.norad_id} · {told.kind_text}
          {asset !== null && <span class="chip chip-asset">{word('object.is_asset')}</span>}
        </p>
      </header>
      {told.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {told.element_sets > 0 && <CausesLink id={String(told.norad_id)} title="object.causes" />}
      <Freshness told={told} />
      <h4>{word('object.orbit')}</h4>
      {orbit !== null && (
        <dl class="facts">
          <Fact name="object.regime" value={orbit.regime_text} />
          <Fact name="object.perigee" value={unit(orbit.perigee_km, 'km')} />
          <Fact name="object.apogee" value={unit(orbit.apogee_km, 'km')} />
          <Fact name="object.inclination" value={`${figure(orbit.inclination_deg, 5)}°`} />
          <Fact name="object.period" value={unit(orbit.period_min, 'min')} />
          <Fact name="object.history.eccentricity" value={figure(orbit.eccentricity, 3)} />
        </dl>
      )}
      <h4>{word('object.described')}</h4>
      <dl class="facts">
        <Fact name="object.owner" value={told.owner} />
        <Fact name="object.designator" value={told.object_id || told.launch} />
        <Fact name="object.launch_utc" value={told.launch_date} />
        <Fact name="object.decay_utc" value={told.decay_date} />
        <Fact name="object.mission" value={asset?.mission} />
        <Fact name="object.importance" value={asset?.importance} />
      </dl>
      <h4>{word('object.incidents')}</h4>
      {told.incidents.length === 0 && <p class="soft">{word('object.incidents.none')}</p>}
      <ul class="object-incidents">
        {told.incidents.map((row) => (
          <li key={row.incident_id}>
            <a href={linkTo('incident', row.incident_id)}>
              <Mark attention={row.attention} />
              <span class="hidden">{row.attention_text}: </span>
              {row.what}
            </a>
            <span class="soft">
              <Timed text={row.when} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** How old the newest element set is: where an object is now hangs on it. */
function Freshness({ told }: { readonly told: ObjectTold }) {
  const { elements } = told;
  if (elements === null) return <p class="warning">{word('object.no_elements')}</p>;
  const old = elements.age_days > OLD_DAYS;
  return (
    <>
      <h4>{word('object.elements')}</h4>
      <dl class="facts">
        <Fact name="object.epoch" value={minuteText(elements.epoch_utc)} />
        <div class={old ? 'warning' : undefined}>
          <dt>{word('object.age')}</dt>
          <dd>
            {word('object.age_days', { number: figure(elements.age_days, 2) })}
            {old && <span> · {word('object.age.old')}</span>}
          </dd>
        </div>
        <Fact name="object.source" value={elements.source} />
      </dl>
    </>
  );
}

function History({ id }: { readonly id: string }) {
  const [days, setDays] = useState<number>(SPANS[1]);
  const said = useResource<ObjectSeries>(
    `objects/${encodeURIComponent(id)}/history`,
    { days, as_known_at: route.value.asKnownAt },
    { renewedBy: ['board'] },
  );
  return (
    <section>
      <div class="object-history-head">
        <h4>{word('object.history')}</h4>
        <select
          aria-label={word('object.history')}
          value={days}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        >
          {SPANS.map((span) => (
            <option key={span} value={span}>
              {word('object.history.days', { number: span })}
            </option>
          ))}
        </select>
      </div>
      <Shown of={said}>{(series) => <Plots series={series} />}</Shown>
    </section>
  );
}

/** The series that tell a manoeuvre, a decay or a drift. */
export function Plots({ series }: { readonly series: ObjectSeries }) {
  if (series.epoch_utc.length < 2) return <Nothing told={word('object.history.none')} />;
  const of = (values: readonly (number | null)[]) => pointsOf(series.epoch_utc, values);
  return (
    <>
      <p class="soft">{word('object.history.points', { number: series.element_sets })}</p>
      <SeriesPlot
        title={word('object.history.semi_major_axis')}
        unit=" km"
        points={of(series.semi_major_axis_km)}
        least={0.2}
        digits={8}
      />
      <SeriesPlot
        title={word('object.history.perigee')}
        unit=" km"
        points={of(series.perigee_km)}
        least={1}
        digits={6}
      />
      <SeriesPlot
        title={word('object.history.apogee')}
        unit=" km"
        points={of(series.apogee_km)}
        least={1}
        digits={6}
      />
      <SeriesPlot
        title={word('object.history.inclination')}
        unit="°"
        points={of(series.inclination_deg)}
        least={0.01}
        digits={6}
      />
      <SeriesPlot
        title={word('object.history.raan')}
        unit="°"
        points={unwound(of(series.raan_deg))}
        least={0.1}
        digits={5}
      />
      <SeriesPlot
        title={word('object.history.eccentricity')}
        unit=""
        points={of(series.eccentricity)}
        least={0.0001}
        digits={4}
      />
    </>
  );
}
