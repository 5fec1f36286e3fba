/** Compose a dossier about one incident, see what would go to whom, and fetch what was composed. */
import { useState } from 'preact/hooks';
import { may } from '../account/may.ts';
import { address, ApiProblem, send } from '../api/client.ts';
import { type Resource, useResource } from '../api/resource.ts';
import { board as sharedBoard } from '../api/shared.ts';
import { minuteText } from '../pieces/moments.ts';
import { Failure, Nothing, Shown } from '../pieces/Shown.tsx';
import type { Board, DossierTold, ReleasePreview } from '../pieces/shapes.ts';
import { go, linkTo, route } from '../shell/router.ts';
import { language, word, type WordKey } from '../words/words.ts';
import './dossier.css';
import { partnersIn } from './partners.ts';
import { useComposing } from './composing.ts';

export function DossierPage({ id }: { readonly id: string }) {
  const list = useResource<{ dossiers: DossierTold[] }>('dossiers', {}, { renewedBy: ['state'] });
  useComposing(list);
  return (
    <article class="page dossier-page">
      {may('compose') ? (
        <Composer incidentId={id} onAsked={list.reload} />
      ) : (
        <Nothing told={word('state.denied')} more={word('state.denied.do')} />
      )}
      <section>
        <h3>{word('dossier.list')}</h3>
        <Shown of={list}>{(said) => <DossierList dossiers={said.dossiers} />}</Shown>
      </section>
    </article>
  );
}

/** The incident that a dossier is about: what the board says of it. */
function IncidentChoice({ incidentId }: { readonly incidentId: string }) {
  const rows = (sharedBoard.value.data as unknown as Board | null)?.rows ?? [];
  const known = rows.some((row) => row.incident_id === incidentId);
  return (
    <label class="field">
      <span>{word('dossier.incident')}</span>
      <select
        value={incidentId}
        required
        onChange={(event) => go({ name: 'dossier', id: event.currentTarget.value })}
      >
        <option value="" />
        {incidentId !== '' && !known && <option value={incidentId}>{incidentId}</option>}
        {rows.map((row) => (
          <option key={row.incident_id} value={row.incident_id}>
            {`${row.attention_text} · ${row.what}`}
          </option>
        ))}
      </select>
      {incidentId !== '' && (
        <a href={linkTo('incident', incidentId)}>
          {word('alerts.open_incident')} {incidentId}
        </a>
      )}
    </label>
  );
}

function Composer({
  incidentId,
  onAsked,
}: {
  readonly incidentId: string;
  readonly onAsked: () => void;
}) {
  const [languages, setLanguages] = useState<readonly string[]>(['en', 'ja']);
  const [typed, setTyped] = useState('');
  const [previewed, setPreviewed] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const partners = partnersIn(typed);
  const release = partners ?? [];
  const codes = release.join(',');
  const isRelease = codes !== '';
  const seen = !isRelease || previewed === `${incidentId}:${codes}`;
  const ready = incidentId !== '' && languages.length > 0 && partners !== null && seen;
  const moment = route.value.asKnownAt;

  const compose = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    try {
      await send('POST', 'dossiers', {
        incident_id: incidentId,
        languages,
        ...(isRelease ? { release_to: release } : {}),
        ...(moment === null ? {} : { as_known_at: moment }),
      });
      onAsked();
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
    }
  };
  const toggle = (code: string): void =>
    setLanguages(
      languages.includes(code) ? languages.filter((one) => one !== code) : [...languages, code],
    );

  return (
    <form class="composer" onSubmit={(event) => void compose(event)}>
      <h3>{word('dossier.compose')}</h3>
      {moment !== null && (
        <p class="warning">{word('dossier.past', { moment: minuteText(moment) })}</p>
      )}
      <IncidentChoice incidentId={incidentId} />
      <fieldset class="field">
        <legend>{word('dossier.languages')}</legend>
        {(['en', 'ja'] as const).map((code) => (
          <label key={code} class="tick">
            <input
              type="checkbox"
              checked={languages.includes(code)}
              onChange={() => toggle(code)}
            />
            {code === 'en' ? 'English' : '日本語'}
          </label>
        ))}
        {languages.length === 0 && <p class="warning">{word('dossier.languages.none')}</p>}
      </fieldset>
      {may('release') && (
        <label class="field">
          <span>{word('dossier.release')}</span>
          <input
            name="release_to"
            value={typed}
            autocomplete="off"
            spellcheck={false}
            aria-invalid={partners === null}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <span class="soft">
            {isRelease ? word('dossier.release.help') : word('dossier.release.house')}
          </span>
        </label>
      )}
      {isRelease && incidentId !== '' && (
        <Preview
          incidentId={incidentId}
          codes={codes}
          seen={seen}
          onSeen={() => setPreviewed(`${incidentId}:${codes}`)}
        />
      )}
      <p class="soft">
        <strong>{word('dossier.exhibits')}</strong> {word('dossier.exhibits.told')}
      </p>
      {problem !== null && <Failure problem={problem} />}
      <p class="form-buttons">
        <button type="submit" class="button button-chief" disabled={!ready}>
          {word('dossier.make')}
        </button>
        {isRelease && !seen && (
          <span class="soft">{word('dossier.preview.needed', { partners: codes })}</span>
        )}
      </p>
    </form>
  );
}

/** Exactly what would go to partners, what stays behind, and which conclusions become different. */
function Preview({
  incidentId,
  codes,
  seen,
  onSeen,
}: {
  readonly incidentId: string;
  readonly codes: string;
  readonly seen: boolean;
  readonly onSeen: () => void;
}) {
  if (!seen) {
    return (
      <button type="button" class="button" onClick={onSeen}>
        {word('dossier.preview.ask')}
      </button>
    );
  }
  return <PreviewOf incidentId={incidentId} codes={codes} />;
}

function PreviewOf({ incidentId, codes }: { readonly incidentId: string; readonly codes: string }) {
  const said: Resource<ReleasePreview> = useResource<ReleasePreview>(
    `dossiers/${encodeURIComponent(incidentId)}/preview`,
    { release_to: codes, as_known_at: route.value.asKnownAt },
    { inWords: true },
  );
  return (
    <section class="preview" aria-live="polite">
      <h4>{word('dossier.preview')}</h4>
      <Shown of={said}>{(preview) => <PreviewTold preview={preview} />}</Shown>
    </section>
  );
}

function count(rows: ReleasePreview['goes']): number {
  return rows.reduce((sum, row) => sum + row.number, 0);
}

export function PreviewTold({ preview }: { readonly preview: ReleasePreview }) {
  const partners = preview.release_to.join(word('list.gap'));
  if (preview.problem !== '') {
    return (
      <p class="warning">
        {word('dossier.preview.cannot', { partners })} {preview.problem}
      </p>
    );
  }
  const rows = [
    ...preview.goes.map((row) => ({ ...row, goes: true })),
    ...preview.stays.map((row) => ({ ...row, goes: false })),
  ];
  return (
    <>
      <p>
        <strong>{word('dossier.preview.goes', { number: count(preview.goes) })}</strong> ·{' '}
        {preview.stays.length === 0
          ? word('dossier.preview.nothing_stays')
          : word('dossier.preview.stays', { number: count(preview.stays) })}
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col" />
              <th scope="col">{word('dossier.preview.item')}</th>
              <th scope="col">{word('dossier.preview.number')}</th>
              <th scope="col">{word('dossier.preview.marked')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.goes}${row.kind}${row.marking}`} class={row.goes ? 'goes' : 'stays'}>
                <td>
                  {row.goes
                    ? `→ ${word('dossier.preview.goes.short')}`
                    : `■ ${word('dossier.preview.stays.short')}`}
                </td>
                <th scope="row">{row.kind_text}</th>
                <td>{row.number}</td>
                <td>{row.marking}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        {word('dossier.preview.marking')}: <strong>{preview.marking}</strong>
      </p>
      <h5>{word('dossier.preview.changes')}</h5>
      {preview.changes.length === 0 ? (
        <p>{word('dossier.preview.no_changes')}</p>
      ) : (
        <ul>
          {preview.changes.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </>
  );
}

const STATES: Readonly<Record<DossierTold['state'], WordKey>> = {
  waiting: 'dossier.waiting',
  composing: 'dossier.making',
  ready: 'dossier.done',
  failed: 'dossier.failed',
};

export function DossierList({ dossiers }: { readonly dossiers: readonly DossierTold[] }) {
  if (dossiers.length === 0) return <p class="soft">{word('dossier.list.none')}</p>;
  return (
    <ol class="dossiers" aria-live="polite">
      {dossiers.map((one) => (
        <DossierLine key={one.dossier_id} dossier={one} />
      ))}
    </ol>
  );
}

function DossierLine({ dossier }: { readonly dossier: DossierTold }) {
  const working = dossier.state === 'waiting' || dossier.state === 'composing';
  const file = address(`dossiers/${encodeURIComponent(dossier.dossier_id)}/file`);
  return (
    <li>
      <p class="dossier-line">
        <strong>{dossier.incident_id}</strong>
        <span class={`chip dossier-${dossier.state}`}>
          {working && <span class="state-pulse" aria-hidden="true" />}
          {word(STATES[dossier.state])}
        </span>
        {dossier.marking !== '' && <span class="chip">{dossier.marking}</span>}
      </p>
      <p class="soft">
        {minuteText(dossier.asked_utc)} · {word('dossier.composed_by', { name: dossier.asked_by })} ·{' '}
        {dossier.languages.join(word('list.gap'))}
        {dossier.release_to !== null &&
          ` · ${word('dossier.release')} ${dossier.release_to.join(word('list.gap'))}`}
      </p>
      {dossier.problem !== '' && <p class="warning">{dossier.problem}</p>}
      {dossier.state === 'ready' && (
        <>
          <p>
            <a class="button button-chief" href={file} download={dossier.file_name}>
              {word('dossier.download')}
            </a>{' '}
            <span class="soft">{sizeText(dossier.size_bytes)}</span>
          </p>
          <p class="soft">
            {word('dossier.verify')} <code>hoshimori verify {dossier.file_name}</code>
          </p>
        </>
      )}
    </li>
  );
}

function sizeText(bytes: number | null): string {
  if (bytes === null) return '';
  const locale = language.value === 'ja' ? 'ja-JP' : 'en-GB';
  return `${(bytes / 1024).toLocaleString(locale, { maximumFractionDigits: 0 })} KiB`;
}
