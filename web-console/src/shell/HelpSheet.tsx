/** The list of keys. */
import { useEffect, useRef } from 'preact/hooks';
import { word, type WordKey } from '../words/words.ts';
import { isPlayed } from './exerciseClock.ts';

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
  ['x', 'key.exercise'],
  ['p', 'key.exercise_pause'],
  ['w', 'key.wide'],
  ['t', 'key.theme'],
  ['l', 'key.language'],
  ['?', 'key.help'],
];

/** Keys that do something only while an exercise is played. */
const OF_EXERCISES: readonly WordKey[] = ['key.exercise', 'key.exercise_pause'];

export function HelpSheet({ close }: { readonly close: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => sheet.current?.showModal(), []);
  return (
    <dialog ref={sheet} class="help" aria-label={word('shell.help')} onClose={close}>
      <h2>{word('shell.help')}</h2>
      <dl>
        {KEYS.filter(([, text]) => isPlayed.value || !OF_EXERCISES.includes(text)).map(([key, text]) => (
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
