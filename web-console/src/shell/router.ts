/** Where the console stands: everything worth sharing is in the address after the hash. */
import { signal } from '@preact/signals';

/** A place in the console, as in `#/incident/INC-1?as_known_at=2026-11-27T21:00:00Z`. */
export interface Route {
  /** First part of the path: `incident`, `object`, `belt` …; empty on the board alone. */
  readonly name: string;
  /** The rest of the path, decoded; empty where the place has none. */
  readonly id: string;
  /** The moment whose knowledge is shown; null is now. */
  readonly asKnownAt: string | null;
  /** Every other parameter of the address, kept as written. */
  readonly more: Readonly<Record<string, string>>;
}

export const HOME: Route = { name: '', id: '', asKnownAt: null, more: {} };

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/;

/** Read an address after its hash; what is not understood is left out, never thrown. */
export function parseRoute(hash: string, search = ''): Route {
  const text = hash.replace(/^#\/?/, '');
  const at = text.indexOf('?');
  const path = at < 0 ? text : text.slice(0, at);
  const parameters = new URLSearchParams(search);
  new URLSearchParams(at < 0 ? '' : text.slice(at + 1)).forEach((value, key) => {
    parameters.set(key, value);
  });
  const [name = '', ...rest] = path.split('/').filter((part) => part !== '').map(decoded);
  const moment = parameters.get('as_known_at');
  parameters.delete('as_known_at');
  return {
    name,
    id: rest.join('/'),
    asKnownAt: moment !== null && MOMENT.test(moment) ? moment : null,
    more: Object.fromEntries(parameters),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Write a place as an address after the hash; `parseRoute` gives it back. */
export function formatRoute(route: Partial<Route>): string {
  const path = [route.name ?? '', ...(route.id ?? '').split('/')]
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/');
  const parameters = new URLSearchParams(route.more ?? {});
  if (route.asKnownAt) parameters.set('as_known_at', route.asKnownAt);
  const query = parameters.toString().replaceAll('%3A', ':');
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

/** The place that is shown. Read it; change it by `go`. */
export const route = signal<Route>(HOME);

/** Address of a place, at the moment of knowledge that is shown now. */
export function linkTo(name: string, id = ''): string {
  return formatRoute({ name, id, asKnownAt: route.value.asKnownAt });
}

/** Go to a place; what is not named stays as it is. */
export function go(change: Partial<Route>): void {
  const next = { ...route.value, ...change };
  location.hash = formatRoute(next);
}

/** Follow the address; call once at the start. */
export function followAddress(): void {
  const read = (): void => {
    route.value = parseRoute(location.hash, location.search);
  };
  addEventListener('hashchange', read);
  read();
}
