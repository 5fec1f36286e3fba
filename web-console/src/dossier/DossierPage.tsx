/** Compose a dossier about one incident, fetch what was composed, and see what could go to whom. */
import { useState } from 'preact/hooks';
import { may } from '../account/may.ts';
import { ApiProblem, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { board as sharedBoard } from '../api/shared.ts';
import { minuteText } from '../pieces/moments.ts';
import { Failure, Nothing, Shown } from '../pieces/Shown.tsx';
import type { Board } from '../pieces/shapes.ts';
import { go, linkTo, route } from '../shell/router.ts';
import { word } from '../words/words.ts';
import { type DossierList, useComposing } from './composing.ts';
import { Dossiers } from './Dossiers.tsx';
import './dossier.css';

const LANGUAGES = { en: 'English', ja: '日本語' } as const;
type Code = keyof typeof LANGUAGES;

export function DossierPage({ id }: { readonly id: string }) {
  const list = useResource<DossierList>('dossiers', {}, { renewedBy: ['state'], inWords: true });
  useComposing(list);
  return (
    <article class="page dossier-page">
      {may('compose') ? (
        <Composer incidentId={id} onOrdered={list.reload} />
      ) : (
        <Nothing told={word('state.denied')} more={word('state.denied.do')} />
      )}
      <section>
        <h3>{word('dossier.list')}</h3>
        <Shown of={list}>
          {(said) => <Dossiers dossiers={said.dossiers} onOrdered={list.reload} />}
        </Shown>
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

export function Composer({
  incidentId,
  onOrdered,
}: {
  readonly incidentId: string;
  readonly onOrdered: () => void;
}) {
  const [languages, setLanguages] = useState<readonly Code[]>(['en', 'ja']);
  const [title, setTitle] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [sending, setSending] = useState(false);
  const moment = route.value.asKnownAt;
  const ready = incidentId !== '' && languages.length > 0 && !sending;

  const compose = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    setSending(true);
    try {
      await send('POST', 'dossiers', {
        incident_id: incidentId,
        languages,
        title,
        ...(moment === null ? {} : { as_known_at: moment }),
      });
      onOrdered();
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
    } finally {
      setSending(false);
    }
  };
  const toggle = (code: Code): void =>
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
      <label class="field">
        <span>{word('dossier.heading')}</span>
        <input
          value={title}
          maxLength={200}
          autocomplete="off"
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <fieldset class="field">
        <legend>{word('dossier.languages')}</legend>
        <span class="ticks">
          {(Object.keys(LANGUAGES) as Code[]).map((code) => (
            <label key={code} class="tick">
              <input
                type="checkbox"
                checked={languages.includes(code)}
                onChange={() => toggle(code)}
              />
              <span lang={code}>{LANGUAGES[code]}</span>
            </label>
          ))}
        </span>
        {languages.length === 0 && <p class="warning">{word('dossier.languages.none')}</p>}
      </fieldset>
      <p class="soft">
        <strong>{word('dossier.exhibits')}</strong> {word('dossier.exhibits.told')}
      </p>
      {problem !== null && <Failure problem={problem} />}
      <p class="form-buttons">
        <button type="submit" class="button button-chief" disabled={!ready}>
          {word('dossier.make')}
        </button>
      </p>
    </form>
  );
}
