/** Dossiers that were composed: how far they are, their files, and copies for partners. */
import { may } from '../account/may.ts';
import { address } from '../api/client.ts';
import { minuteText } from '../pieces/moments.ts';
import type { DossierTold, SealedFile } from '../pieces/shapes.ts';
import { linkTo } from '../shell/router.ts';
import { language, word, type WordKey } from '../words/words.ts';
import { Release } from './Release.tsx';

const STATES: Readonly<Record<DossierTold['state'], WordKey>> = {
  composing: 'dossier.making',
  ready: 'dossier.done',
  failed: 'dossier.failed',
};

export function Dossiers({
  dossiers,
  onOrdered,
}: {
  readonly dossiers: readonly DossierTold[];
  readonly onOrdered: () => void;
}) {
  if (dossiers.length === 0) return <p class="soft">{word('dossier.list.none')}</p>;
  return (
    <ol class="dossiers">
      {dossiers.map((one) => (
        <Dossier key={one.dossier_id} dossier={one} onOrdered={onOrdered} />
      ))}
    </ol>
  );
}

function Dossier({
  dossier,
  onOrdered,
}: {
  readonly dossier: DossierTold;
  readonly onOrdered: () => void;
}) {
  const partners = dossier.release_to.join(word('list.gap'));
  return (
    <li data-state={dossier.state}>
      <p class="dossier-line" role="status">
        <a href={linkTo('incident', dossier.incident_id)}>{dossier.incident_id}</a>
        {dossier.title !== '' && <strong> {dossier.title}</strong>}
        <span class={`chip dossier-${dossier.state}`}>
          {dossier.state === 'composing' && <span class="state-pulse" aria-hidden="true" />}
          {word(STATES[dossier.state])}
        </span>
        {partners !== '' && (
          <span class="chip">
            {word('dossier.release')} {partners}
          </span>
        )}
      </p>
      <p class="soft">
        {word('board.as_of', { moment: minuteText(dossier.as_of_utc) })} ·{' '}
        {dossier.ordered_by !== '' &&
          `${word('dossier.composed_by', { name: dossier.ordered_by })} · `}
        {dossier.languages.join(word('list.gap'))}
      </p>
      {dossier.problem !== '' && <p class="warning">{dossier.problem}</p>}
      {dossier.copy !== null && (
        <File id={dossier.dossier_id} file={dossier.copy} copyFor={partners} />
      )}
      {dossier.whole !== null && <File id={dossier.dossier_id} file={dossier.whole} copyFor="" />}
      {dossier.copy !== null && dossier.changes.length > 0 && (
        <details>
          <summary>
            {word('dossier.preview.changes')} <span class="chip">{dossier.changes.length}</span>
          </summary>
          <ul>
            {dossier.changes.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
      {dossier.whole !== null && may('release') && (
        <Release dossier={dossier} onOrdered={onOrdered} />
      )}
    </li>
  );
}

/** One sealed file: where to fetch it, how it is marked, how anyone can check it. */
function File({
  id,
  file,
  copyFor,
}: {
  readonly id: string;
  readonly file: SealedFile;
  readonly copyFor: string;
}) {
  const isCopy = copyFor !== '';
  const place = address(`dossiers/${encodeURIComponent(id)}/file`, isCopy ? { copy: true } : {});
  return (
    <div class="dossier-file">
      <a class="button button-chief" href={place} download={file.name}>
        {isCopy
          ? word('dossier.download.copy', { partners: copyFor })
          : word('dossier.download.whole')}
      </a>
      <span class="chip">{file.marking}</span>
      <span class="soft">{sizeText(file.byte_count)}</span>
      <p class="soft">
        {word('dossier.verify')} <code>hoshimori verify {file.name}</code>
      </p>
    </div>
  );
}

function sizeText(bytes: number): string {
  const locale = language.value === 'ja' ? 'ja-JP' : 'en-GB';
  return `${(bytes / 1024).toLocaleString(locale, { maximumFractionDigits: 0 })} KiB`;
}
