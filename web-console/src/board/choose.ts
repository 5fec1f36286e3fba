/** Which rows of the board are shown and in what order; pure. */
import type { Attention, Board, BoardRow as TellingRow } from '../pieces/shapes.ts';

/** A row with the regimes of orbits that its findings are compared in. */
export type BoardRow = TellingRow & { readonly regimes: readonly string[] };

/** The rows of a board, each with the regimes of its findings. */
export function rowsOf(board: Board): readonly BoardRow[] {
  const regimes = new Map(board.findings.map((one) => [one.finding_id, one.base_rate.regime]));
  return board.rows.map((row) => {
    const own = row.finding_ids.map((id) => regimes.get(id) ?? '');
    return { ...row, regimes: [...new Set(own)].filter((regime) => REGIMES.includes(regime)) };
  });
}

const REGIMES = ['LEO', 'MEO', 'GEO', 'HEO'];

export const FILTERS = ['attention', 'kind', 'asset', 'regime', 'direction', 'state'] as const;
export type Filter = (typeof FILTERS)[number];

/** What is asked of rows; a filter that is not set takes all. */
export type Filters = Readonly<Partial<Record<Filter, string>>>;

export const ORDERS = ['urgency', 'soonest', 'latest', 'asset'] as const;
export type Order = (typeof ORDERS)[number];

const ATTENTIONS: readonly Attention[] = ['look_now', 'watch', 'log'];

/** The filters that an address holds; what is none of them is left out. */
export function filtersOf(parameters: Readonly<Record<string, string>>): Filters {
  const known = FILTERS.filter((filter) => (parameters[filter] ?? '') !== '');
  return Object.fromEntries(known.map((filter) => [filter, parameters[filter] ?? '']));
}

/** The order that an address holds; the most urgent first where it holds none. */
export function orderOf(parameters: Readonly<Record<string, string>>): Order {
  return ORDERS.find((order) => order === parameters['order']) ?? 'urgency';
}

/** What a row has to be found by under a filter. */
export function valuesOf(row: BoardRow, filter: Filter): readonly string[] {
  switch (filter) {
    case 'attention':
      return [row.attention];
    case 'kind':
      return row.kinds;
    case 'asset':
      return row.assets.map(String);
    case 'regime':
      return row.regimes;
    case 'direction':
      return [row.direction];
    case 'state':
      return row.state ? [row.state] : [];
  }
}

/** The rows that fit every filter that is set. */
export function chosenRows(rows: readonly BoardRow[], filters: Filters): readonly BoardRow[] {
  const set = FILTERS.filter((filter) => filters[filter] !== undefined);
  return rows.filter((row) =>
    set.every((filter) => valuesOf(row, filter).includes(filters[filter] ?? '')),
  );
}

/** Every value that rows have under a filter, each with its number of rows. */
export function choices(
  rows: readonly BoardRow[],
  filter: Filter,
): readonly (readonly [value: string, rows: number])[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    for (const value of valuesOf(row, filter)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const found = [...counts.entries()];
  if (filter === 'attention') {
    return found.sort((a, b) => rank(a[0]) - rank(b[0]));
  }
  return found.sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

function rank(attention: string): number {
  return ATTENTIONS.findIndex((known) => known === attention);
}

/** The rows in an order; rows that are alike under it keep the order of the server. */
export function orderedRows(
  rows: readonly BoardRow[],
  order: Order,
  asOfUtc: string,
): readonly BoardRow[] {
  switch (order) {
    case 'urgency':
      return rows;
    case 'soonest':
      return [...rows].sort((a, b) => soonness(a, asOfUtc) - soonness(b, asOfUtc));
    case 'latest':
      return [...rows].sort((a, b) => Date.parse(b.start_utc) - Date.parse(a.start_utc));
    case 'asset':
      return [...rows].sort((a, b) => (a.assets[0] ?? Infinity) - (b.assets[0] ?? Infinity));
  }
}

/** Time until a row begins or goes on; what is over comes last, the longest ago at the end. */
function soonness(row: BoardRow, asOfUtc: string): number {
  const asOf = Date.parse(asOfUtc);
  const end = Date.parse(row.end_utc);
  if (end < asOf) return 1e15 + (asOf - end);
  return Math.max(Date.parse(row.start_utc) - asOf, 0);
}

/** Rows in groups of attention, the most urgent first; groups without rows are left out. */
export function grouped(
  rows: readonly BoardRow[],
): readonly { readonly attention: Attention; readonly rows: readonly BoardRow[] }[] {
  return ATTENTIONS.map((attention) => ({
    attention,
    rows: rows.filter((row) => row.attention === attention),
  })).filter((group) => group.rows.length > 0);
}
