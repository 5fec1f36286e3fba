/** Release a dossier: see first exactly what would go and what would change, then make the copy. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { board as sharedBoard } from '../api/shared.ts';
import { Failure, Shown } from '../pieces/Shown.tsx';
import type { DossierTold, ReleasePreview } from '../pieces/shapes.ts';
import { isReviewed, reviewed } from '../words/tables.ts';
import { word, type WordKey } from '../words/words.ts';
import { partnersIn } from './partners.ts';

export function Release({
  dossier,
  onOrdered,
}: {
  readonly dossier: DossierTold;
  readonly onOrdered: () => void;
}) {
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const partners = partnersIn(typed);
  const codes = (partners ?? []).join(',');
  const preview = (event: SubmitEvent): void => {
    event.preventDefault();
    setAsked(codes);
  };
  return (
    <details class="release">
      <summary>{word('dossier.release.open')}</summary>
      <form class="release-to" onSubmit={preview}>
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
          <span class="soft">{word('dossier.release.help')}</span>
        </label>
        <button type="submit" class="button" disabled={codes === ''}>
          {word('dossier.preview.ask')}
        </button>
      </form>
      {asked !== '' && asked === codes && (
        <Preview dossier={dossier} codes={asked} onOrdered={onOrdered} />
      )}
    </details>
  );
}

function Preview({
  dossier,
  codes,
  onOrdered,
}: {
  readonly dossier: DossierTold;
  readonly codes: string;
  readonly onOrdered: () => void;
}) {
  const said = useResource<ReleasePreview>(
    `dossiers/${encodeURIComponent(dossier.dossier_id)}/preview`,
    { release_to: codes },
    { inWords: true },
  );
  return (
    <section class="preview" aria-live="polite">
      <h4>{word('dossier.preview')}</h4>
      <Shown of={said}>
        {(preview) => (
          <>
            <PreviewTold preview={preview} />
            {preview.possible && <MakeCopy dossier={dossier} preview={preview} done={onOrdered} />}
          </>
        )}
      </Shown>
    </section>
  );
}

function MakeCopy({
  dossier,
  preview,
  done,
}: {
  readonly dossier: DossierTold;
  readonly preview: ReleasePreview;
  readonly done: () => void;
}) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [sending, setSending] = useState(false);
  const isNewest = sharedBoard.value.data?.as_of_utc === dossier.as_of_utc;
  const make = async (): Promise<void> => {
    setProblem(null);
    setSending(true);
    try {
      await send('POST', 'dossiers', {
        incident_id: dossier.incident_id,
        languages: dossier.languages,
        title: dossier.title,
        release_to: preview.release_to,
        ...(isNewest ? {} : { as_known_at: dossier.as_of_utc }),
      });
      done();
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
      setSending(false);
    }
  };
  return (
    <>
      {problem !== null && <Failure problem={problem} />}
      <p class="form-buttons">
        <button
          type="button"
          class="button button-chief"
          disabled={sending}
          onClick={() => void make()}
        >
          {word('dossier.release.make', { partners: preview.release_to.join(word('list.gap')) })}
        </button>
      </p>
    </>
  );
}

const KINDS: Readonly<Record<string, WordKey>> = {
  question: 'dossier.kind.question',
  decisions: 'dossier.kind.decision',
  'assessment model': 'dossier.kind.model',
  'known failures': 'dossier.kind.failures',
  'space weather': 'dossier.kind.weather',
  'integrity map': 'dossier.kind.integrity',
};

function kindText(kind: string): string {
  const key = `document.kind.${kind.replaceAll(' ', '_')}`;
  if (isReviewed(key)) return reviewed(key);
  const own = KINDS[kind];
  return own === undefined ? kind : word(own);
}

/** What goes, what stays behind, how the copy is marked, and which conclusions are others in it. */
export function PreviewTold({ preview }: { readonly preview: ReleasePreview }) {
  const partners = preview.release_to.join(word('list.gap'));
  const told = useRef<HTMLDivElement>(null);
  // It comes after a while and below what was pressed: whoever waits for it must not look for it.
  useEffect(() => told.current?.scrollIntoView({ block: 'center' }), [preview]);
  const going = preview.items.reduce((sum, item) => sum + item.go, 0);
  if (!preview.possible) {
    return (
      <p class="warning">
        {word('dossier.preview.cannot', { partners })} {preview.because}
      </p>
    );
  }
  return (
    <div ref={told}>
      <p>
        <strong>{word('dossier.preview.goes', { number: going })}</strong> ·{' '}
        {preview.withheld === 0
          ? word('dossier.preview.nothing_stays')
          : word('dossier.preview.stays', { number: preview.withheld })}
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{word('dossier.preview.item')}</th>
              <th scope="col">→ {word('dossier.preview.goes.short')}</th>
              <th scope="col">■ {word('dossier.preview.stays.short')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.items.map((item) => (
              <tr key={item.kind} class={item.stay > 0 ? 'stays' : 'goes'}>
                <th scope="row">{kindText(item.kind)}</th>
                <td>{item.go}</td>
                <td class={item.stay > 0 ? 'warning' : undefined}>{item.stay}</td>
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
    </div>
  );
}
