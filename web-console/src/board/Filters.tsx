/** What of the board is shown, and in what order; all of it stands in the address. */
import { reviewed } from '../words/tables.ts';
import { word } from '../words/words.ts';
import { askFor, askForAll } from './asked.ts';
import { type BoardRow, choices, FILTERS, type Filter, type Filters, ORDERS, type Order } from './choose.ts';

/** Words of a value under a filter; names of assets come with the board. */
export function valueText(
  filter: Filter,
  value: string,
  names: Readonly<Record<string, string>>,
): string {
  switch (filter) {
    case 'attention':
      return reviewed(`attention.${value === 'look_now' ? 'look' : value}`);
    case 'kind':
      return reviewed(`kind.${value}`);
    case 'asset':
      return names[value] || value;
    case 'regime':
      return reviewed(`regime.${value}`);
    case 'direction':
      return reviewed(`direction.${value}`);
    case 'state':
      return reviewed(`life.state.${value}`);
  }
}

export function FilterBar({
  rows,
  filters,
  order,
  names,
}: {
  readonly rows: readonly BoardRow[];
  readonly filters: Filters;
  readonly order: Order;
  readonly names: Readonly<Record<string, string>>;
}) {
  const active = Object.keys(filters).length;
  return (
    <details class="board-filters" open={active > 0}>
      <summary>
        {word('board.filters')}
        {active > 0 && <span class="chip">{word('board.filters.active', { number: active })}</span>}
      </summary>
      <div class="board-selects">
        {FILTERS.map((filter) => (
          <Choice key={filter} rows={rows} filter={filter} filters={filters} names={names} />
        ))}
        <label>
          <span>{word('board.sort')}</span>
          <select value={order} onChange={(event) => askFor('order', event.currentTarget.value)}>
            {ORDERS.map((one) => (
              <option key={one} value={one}>
                {word(`board.sort.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {active > 0 && (
          <button type="button" class="button" onClick={askForAll}>
            {word('board.filters.clear')}
          </button>
        )}
      </div>
    </details>
  );
}

function Choice({
  rows,
  filter,
  filters,
  names,
}: {
  readonly rows: readonly BoardRow[];
  readonly filter: Filter;
  readonly filters: Filters;
  readonly names: Readonly<Record<string, string>>;
}) {
  const chosen = filters[filter] ?? '';
  const found = choices(rows, filter);
  if (found.length === 0 && chosen === '') return null;
  const gone = chosen !== '' && !found.some(([value]) => value === chosen);
  return (
    <label>
      <span>{word(`board.filter.${filter}`)}</span>
      <select value={chosen} onChange={(event) => askFor(filter, event.currentTarget.value)}>
        <option value="">{word('board.filter.any')}</option>
        {found.map(([value, number]) => (
          <option key={value} value={value}>
            {`${valueText(filter, value, names)} (${number})`}
          </option>
        ))}
        {gone && <option value={chosen}>{valueText(filter, chosen, names)}</option>}
      </select>
    </label>
  );
}
