/** What could have caused something on an object at a moment: ranked, with what chance brings. */
import { useResource } from '../api/resource.ts';
import { may } from '../account/may.ts';
import { Shown } from '../pieces/Shown.tsx';
import { Timed } from '../pieces/Timed.tsx';
import { formatRoute, go, linkTo, route } from '../shell/router.ts';
import { Empty } from '../shell/States.tsx';
import { word, type WordKey } from '../words/words.ts';
import './causes.css';
import {
  type CauseLine,
  type CauseStanding,
  type CausesTold,
  fieldOfMoment,
  momentOfField,
  parted,
  placeOfField,
} from './told.ts';

/** The address of the page about an object and a moment. */
export function causesAt(id: string, at: string): string {
  return formatRoute({ name: 'causes', id, asKnownAt: route.value.asKnownAt, more: at === '' ? {} : { at } });
}

/** Leads to the page, where the viewer may ask; without a moment it asks about the newest. */
export function CausesLink({ id, at = '', title }: { readonly id: string; readonly at?: string; readonly title: WordKey }) {
  if (!may('ask')) return null;
  return (
    <a class="button causes-link" href={causesAt(id, at)}>
      {word(title)}
    </a>
  );
}

export function CausesPage({ id }: { readonly id: string }) {
  const { at = '', station = '' } = route.value.more;
  const asked = useResource<CausesTold>(
    id === '' ? null : `objects/${encodeURIComponent(id)}/causes`,
    { at, station, as_known_at: route.value.asKnownAt },
    { inWords: true },
  );
  if (id === '') return <Empty>{word('shell.nothing_chosen')}</Empty>;
  const answered = asked.state === 'there' ? asked.data.at_utc : '';
  return (
    <article class="page causes-page">
      <Question key={`${id} ${at} ${answered} ${station}`} at={at || answered} station={station} />
      <Shown of={asked}>{(told) => <Causes told={told} id={id} />}</Shown>
    </article>
  );
}

/** The moment and the place; what is typed goes into the address, so that it can be sent on. */
function Question({ at, station }: { readonly at: string; readonly station: string }) {
  const ask = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const moment = momentOfField(String(form.get('at') ?? ''));
    const place = placeOfField(String(form.get('station') ?? ''));
    const { at: _, station: __, ...others } = route.peek().more;
    go({
      more: {
        ...others,
        ...(moment === '' ? {} : { at: moment }),
        ...(place === '' ? {} : { station: place }),
      },
    });
  };
  return (
    <form class="causes-question" onSubmit={ask} aria-label={word('causes.question')}>
      <label class="field">
        <span>{word('causes.moment')}</span>
        <input
          name="at"
          required
          autocomplete="off"
          spellcheck={false}
          pattern={'\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(:\\d\\d)?Z?'}
          title={word('causes.moment.form')}
          defaultValue={fieldOfMoment(at)}
        />
      </label>
      <label class="field">
        <span>{word('causes.station')}</span>
        <input
          name="station"
          autocomplete="off"
          spellcheck={false}
          placeholder={word('causes.station.form')}
          defaultValue={station}
        />
      </label>
      <button type="submit" class="button button-chief">
        {word('causes.ask')}
      </button>
    </form>
  );
}

const HEADS: Readonly<Record<CauseStanding, readonly [WordKey, WordKey]>> = {
  unusual: ['causes.unusual', 'causes.unusual.more'],
  present: ['causes.present', 'causes.present.more'],
  not_judged: ['causes.not_judged', 'causes.not_judged.more'],
  absent: ['causes.absent', 'causes.absent.more'],
};

/** The answer: where it was, what to look at first, what is missing, what nobody looks at. */
export function Causes({ told, id }: { readonly told: CausesTold; readonly id: string }) {
  const parts = parted(told.lines);
  return (
    <>
      <header>
        <h3 class="causes-asset">
          <a href={linkTo('object', id)}>{told.name}</a>
          {told.reality_meaning !== '' && <span class="chip chip-reality">{told.reality_meaning}</span>}
        </h3>
        <p class="soft">
          <Timed text={told.where} />
        </p>
        <p>
          <strong>{told.summary}</strong> {told.rarest}
        </p>
      </header>
      {!parts.has('unusual') && <p class="causes-none">{word('causes.unusual.none')}</p>}
      <Part standing="unusual" lines={parts.get('unusual')} />
      <Part standing="present" lines={parts.get('present')} />
      <section aria-labelledby="causes-blind">
        <h4 id="causes-blind">{word('causes.blind')}</h4>
        <p>{told.not_looked_at}</p>
      </section>
      <Part standing="not_judged" lines={parts.get('not_judged')} />
      <details class="causes-absent">
        <summary>
          {word('causes.absent')} ({parts.get('absent')?.length ?? 0})
        </summary>
        <Lines standing="absent" lines={parts.get('absent') ?? []} />
      </details>
      {told.objects.length > 0 && <Objects told={told} />}
      <p class="soft">{told.note}</p>
      <p class="soft">{told.assumptions}</p>
    </>
  );
}

function Part({
  standing,
  lines,
}: {
  readonly standing: CauseStanding;
  readonly lines: readonly CauseLine[] | undefined;
}) {
  if (lines === undefined) return null;
  const [title, more] = HEADS[standing];
  return (
    <section class={`causes-${standing}`} aria-labelledby={`causes-part-${standing}`}>
      <div class="causes-head">
        <h4 id={`causes-part-${standing}`}>
          {word(title)} <span class="chip">{lines.length}</span>
        </h4>
        <span class="soft">{word(more)}</span>
      </div>
      <Lines standing={standing} lines={lines} />
    </section>
  );
}

/** The lines of one standing; what was not judged has no chance to tell. */
function Lines({ standing, lines }: { readonly standing: CauseStanding; readonly lines: readonly CauseLine[] }) {
  const chances = standing !== 'not_judged';
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={word(HEADS[standing][0])}>
      <table>
        <thead>
          <tr>
            <th scope="col">{word('causes.column.cause')}</th>
            <th scope="col">{word(chances ? 'causes.column.what' : 'causes.column.missing')}</th>
            {chances && <th scope="col">{word('causes.column.chance')}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.kind} data-cause={line.kind}>
              <th scope="row">{line.cause}</th>
              <td>
                <Timed text={line.what} />
                <Others ids={line.objects} />
              </td>
              {chances && (
                <td title={line.span}>
                  {line.chance}
                  {line.p_value !== null && (
                    <span class="causes-bar" aria-hidden="true">
                      <span style={{ width: `${100 * line.p_value}%` }} />
                    </span>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Links to the objects that a cause is about. */
function Others({ ids }: { readonly ids: readonly number[] }) {
  if (ids.length === 0) return null;
  return (
    <span class="causes-others">
      {ids.map((id) => (
        <a key={id} href={linkTo('object', String(id))}>
          {id}
        </a>
      ))}
    </span>
  );
}

function Objects({ told }: { readonly told: CausesTold }) {
  return (
    <details>
      <summary>
        {word('causes.objects')} ({told.objects.length})
      </summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={word('causes.objects')}>
        <table>
          <thead>
            <tr>
              {(['object', 'cause', 'range', 'speed', 'angle', 'at'] as const).map((name) => (
                <th key={name} scope="col">
                  {word(`causes.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.objects.map((one) => (
              <tr key={`${one.cause} ${one.object}`}>
                <th scope="row">{one.object}</th>
                <td>{one.cause}</td>
                <td>{one.range}</td>
                <td>{one.speed}</td>
                <td>{one.angle}</td>
                <td>
                  <Timed text={one.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
