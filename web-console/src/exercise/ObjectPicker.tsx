/** Choose one object by name or number; those of the watch board are offered first. */
import { useEffect, useId, useState } from 'preact/hooks';
import { get } from '../api/client.ts';
import { board } from '../api/shared.ts';
import type { FoundObject } from '../api/types.ts';
import { objectsIn } from '../shell/SearchBox.tsx';
import { word } from '../words/words.ts';
import { objectText } from './answering.ts';

const WAIT_MS = 150;
const MOST = 8;

/** Objects of the board's most urgent lines, each once. */
function onBoard(): readonly FoundObject[] {
  const { rows = [], names = {} } = board.value.data ?? {};
  const numbers = [...new Set(rows.flatMap((row) => [...row.others, ...row.assets]))].slice(0, MOST);
  return numbers.map((number) => ({ norad_id: number, name: names[String(number)] ?? String(number) }));
}

export function ObjectPicker({ label }: { readonly label: string }) {
  const id = useId();
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState('');
  const [found, setFound] = useState<readonly FoundObject[] | null>(null);
  const [at, setAt] = useState(0);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const wanted = query.trim();
    if (wanted === '' || chosen !== '') {
      setFound(null);
      return undefined;
    }
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      get<unknown>('objects', { query: wanted, limit: MOST }, aborter.signal)
        .then(objectsIn, () => [])
        .then((objects) => {
          if (aborter.signal.aborted) return;
          setFound(objects.slice(0, MOST));
          setAt(0);
        });
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [query, chosen]);
  const offered = found ?? onBoard();
  const choose = (one: FoundObject | undefined): void => {
    if (one === undefined) return;
    setChosen(String(one.norad_id));
    setQuery(`${one.name} (${one.norad_id})`);
    setOpen(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const count = offered.length;
    if (event.key === 'Escape' && isOpen) setOpen(false);
    else if (event.key === 'Enter' && isOpen && count > 0) choose(offered[at]);
    else if (event.key === 'ArrowDown' && count > 0) {
      setAt(isOpen ? (at + 1) % count : at);
      setOpen(true);
    } else if (event.key === 'ArrowUp' && count > 0) setAt((at - 1 + count) % count);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="field picker">
      <label for={id}>{label}</label>
      {/* What is typed is a search; what is sent is the number of the object that was chosen. */}
      <input type="hidden" name="value" value={chosen === '' ? numberIn(query) : chosen} />
      <input
        id={id}
        type="text"
        role="combobox"
        required
        autocomplete="off"
        spellcheck={false}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && offered[at] ? `${id}-${at}` : undefined}
        placeholder={word('shell.search_hint')}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setChosen('');
          setOpen(true);
        }}
        onFocus={() => setOpen(chosen === '')}
        onBlur={() => setTimeout(() => setOpen(false), WAIT_MS)}
        onKeyDown={onKeyDown}
      />
      {isOpen && offered.length > 0 && (
        <ul class="picker-list" id={`${id}-list`} role="listbox" aria-label={word('shell.results')}>
          {offered.map((one, index) => (
            <li
              key={one.norad_id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(one);
              }}
            >
              {objectText(String(one.norad_id)) === String(one.norad_id)
                ? `${one.name} (${one.norad_id})`
                : objectText(String(one.norad_id))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function numberIn(query: string): string {
  return /^\s*\d{1,9}\s*$/.test(query) ? query.trim() : '';
}
