/** Search for objects and incidents by name, number, owner or launch. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api/client.ts';
import { board } from '../api/shared.ts';
import type { FoundObject } from '../api/types.ts';
import { word } from '../words/words.ts';
import { onKey } from './keys.ts';
import { go, route } from './router.ts';

interface Hit {
  readonly place: 'object' | 'incident';
  readonly id: string;
  readonly title: string;
  readonly more: string;
}

const WAIT_MS = 150;
const MOST = 12;

function incidentHits(query: string): Hit[] {
  const data = board.value.data;
  if (data === null) return [];
  const wanted = query.toLowerCase();
  const hits = data.rows.map((row): Hit => {
    const names = [...row.assets, ...row.others].map((id) => data.names[String(id)] ?? String(id));
    return { place: 'incident', id: row.incident_id, title: row.incident_id, more: names.join(' · ') };
  });
  return hits.filter((hit) => `${hit.title} ${hit.more}`.toLowerCase().includes(wanted)).slice(0, 4);
}

function objectHit(found: FoundObject): Hit {
  const parts = [String(found.norad_id), found.kind, found.owner, found.object_id];
  return {
    place: 'object',
    id: String(found.norad_id),
    title: found.name,
    more: parts.filter((part) => part !== null && part !== undefined && part !== '').join(' · '),
  };
}

/** The list inside an answer of `GET objects`, whatever it is called there. */
export function objectsIn(answer: unknown): readonly FoundObject[] {
  if (Array.isArray(answer)) return answer as FoundObject[];
  if (typeof answer !== 'object' || answer === null) return [];
  const list = Object.values(answer).find((value) => Array.isArray(value));
  return (list ?? []) as readonly FoundObject[];
}

export function SearchBox() {
  const [query, setQuery] = useState('');
  const [hits, setHits] = useState<readonly Hit[] | null>(null);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => onKey('/', () => input.current?.focus()), []);

  useEffect(() => {
    const wanted = query.trim();
    if (wanted === '') {
      setHits(null);
      return undefined;
    }
    const aborter = new AbortController();
    const timer = setTimeout(() => {
      get<unknown>('objects', { query: wanted, limit: MOST, as_known_at: route.peek().asKnownAt }, aborter.signal)
        .then((answer) => objectsIn(answer).map(objectHit), () => [])
        .then((objects) => {
          if (aborter.signal.aborted) return;
          setHits([...incidentHits(wanted), ...objects].slice(0, MOST));
          setAt(0);
        });
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [query]);

  const close = (): void => {
    setQuery('');
    input.current?.blur();
  };
  const open = (hit: Hit | undefined): void => {
    if (hit === undefined) return;
    go({ name: hit.place, id: hit.id });
    close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const count = hits?.length ?? 0;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter') open(hits?.[at]);
    else if (event.key === 'ArrowDown' && count > 0) setAt((at + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) setAt((at - 1 + count) % count);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="search" role="search">
      <input
        ref={input}
        type="search"
        list={undefined}
        role="combobox"
        aria-label={word('shell.search')}
        aria-expanded={hits !== null}
        aria-controls="search-results"
        aria-autocomplete="list"
        aria-activedescendant={hits?.[at] ? `search-${at}` : undefined}
        placeholder={word('shell.search_hint')}
        value={query}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setTimeout(() => setHits(null), 150)}
      />
      <kbd aria-hidden="true">/</kbd>
      {hits !== null && hits.length === 0 && (
        <div class="search-results search-none" id="search-results" role="status">
          {word('shell.search_none', { query })}
        </div>
      )}
      {hits !== null && hits.length > 0 && (
        <ul class="search-results" id="search-results" role="listbox" aria-label={word('shell.results')}>
          {hits.map((hit, index) => (
            <li
              key={hit.place + hit.id}
              id={`search-${index}`}
              role="option"
              aria-selected={index === at}
              onMouseDown={(event) => {
                event.preventDefault();
                open(hit);
              }}
            >
              <strong>{hit.title}</strong>
              <span>{hit.more}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
