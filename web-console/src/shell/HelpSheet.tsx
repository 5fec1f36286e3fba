/** The list of keys. */
import { useEffect, useRef } from 'preact/hooks';
import { word, type WordKey } from '../words/words.ts';

const KEYS: readonly (readonly [string, WordKey])[] = [
  ['/', 'key.search'],
  ['j', 'key.next'],
  ['k', 'key.previous'],
  ['Enter', 'key.open'],
  ['Space', 'key.play'],
  [',', 'key.slower'],
  ['.', 'key.faster'],
  ['n', 'key.now'],
  ['Esc', 'key.close'],
  ['w', 'key.wide'],
  ['t', 'key.theme'],
  ['l', 'key.language'],
  ['?', 'key.help'],
];

export function HelpSheet({ close }: { readonly close: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} class="help" aria-label={word('shell.help')} onClose={close}>
      <h2>{word('shell.help')}</h2>
      <dl>
        {KEYS.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{word(text)}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href="licences.txt" target="_blank" rel="noreferrer">
          {word('shell.licences')}
        </a>
      </p>
      <form method="dialog">
        <button class="button">{word('shell.close')}</button>
      </form>
    </dialog>
  );
}
