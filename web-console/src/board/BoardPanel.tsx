/** The watch board: what wants attention, in the order in which to look. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { board as sharedBoard } from '../api/shared.ts';
import { minuteText } from '../pieces/moments.ts';
import type { Attention, Board } from '../pieces/shapes.ts';
import { Failure, Nothing, PatientLoading } from '../pieces/Shown.tsx';
import { chosenIncident } from '../shell/chosen.ts';
import { onKey } from '../shell/keys.ts';
import { linkTo } from '../shell/router.ts';
import { word } from '../words/words.ts';
import { asked, askForAll, followAsked } from './asked.ts';
import './board.css';
import {
  type BoardRow,
  chosenRows, 
  filtersOf,
  grouped,
  orderedRows,
  orderOf,
  rowsOf,
} from './choose.ts';
import { FilterBar, valueText } from './Filters.tsx';
import { Row } from './Row.tsx';

const ROWS_AT_ONCE = 150;

/** The board of the moment shown, with its states. */
export function BoardPanel() {
  const { data, problem } = sharedBoard.value;
  if (data === null) return problem === null ? <PatientLoading /> : <Failure problem={problem} />;
  return (
    <>
      {problem !== null && <Failure problem={problem} />}
      <WatchBoard board={data as unknown as Board} />
    </>
  );
}

/** A board with its filters; pure but for the address. */
export function WatchBoard({ board }: { readonly board: Board }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => listenForSteps(list), []);
  useEffect(followAsked, []);
  const filters = filtersOf(asked.value);
  const order = orderOf(asked.value);
  const rows = rowsOf(board);
  const fitting = chosenRows(rows, filters);
  const ordered = orderedRows(fitting, order, board.as_of_utc);
  return (
    <div class="board" ref={list}>
      <header class="board-head">
        <p class="board-summary">{board.summary[0]}</p>
        <p class="soft">
          {board.summary.slice(1).join(' ')}{' '}
          <a href={linkTo('quiet')}>{word('quiet.title')}</a>
        </p>
        <p class="soft">
          {word('board.as_of', { moment: minuteText(board.as_of_utc) })} · {word('board.keys')}
        </p>
        {board.failures.map((line) => (
          <p key={line} class="board-blind" role="alert">
            {line}
          </p>
        ))}
      </header>
      <FilterBar rows={rows} filters={filters} order={order} names={board.names} />
      <Rows
        rows={ordered}
        all={board.rows.length}
        inGroups={order === 'urgency' && filters.attention === undefined}
        names={board.names}
      />
    </div>
  );
}

function Rows({
  rows,
  all,
  inGroups,
  names,
}: {
  readonly rows: readonly BoardRow[];
  readonly all: number;
  readonly inGroups: boolean;
  readonly names: Readonly<Record<string, string>>;
}) {
  if (all === 0) return <Nothing told={word('board.empty')} more={word('board.empty.do')} />;
  if (rows.length === 0) {
    return (
      <div class="nothing">
        <p>{word('board.none_fit')}</p>
        <button type="button" class="button" onClick={askForAll}>
          {word('board.filters.clear')}
        </button>
      </div>
    );
  }
  if (!inGroups) {
    return (
      <>
        <p class="board-count soft">{word('board.count', { shown: rows.length, all })}</p>
        <RowList rows={rows} />
      </>
    );
  }
  return (
    <>
      {grouped(rows).map((group) => (
        <Group
          key={group.attention}
          attention={group.attention}
          rows={group.rows}
          names={names}
          alone={group.rows.length === rows.length}
        />
      ))}
    </>
  );
}

function Group({
  attention,
  rows,
  names,
  alone,
}: {
  readonly attention: Attention;
  readonly rows: readonly BoardRow[];
  readonly names: Readonly<Record<string, string>>;
  readonly alone: boolean;
}) {
  const holdsChosen = rows.some((row) => row.incident_id === chosenIncident.value);
  const [asked, setAsked] = useState(false);
  const open = attention !== 'log' || asked || alone || holdsChosen;
  return (
    <section class={`board-group board-group-${attention}`}>
      <h3>
        {valueText('attention', attention, names)} <span class="board-number">{rows.length}</span>
        {attention === 'log' && !alone && (
          <button type="button" class="button button-small" aria-expanded={open} onClick={() => setAsked(!open)}>
            {open ? word('board.logged.hide') : word('board.logged.show', { number: rows.length })}
          </button>
        )}
      </h3>
      {open && <RowList rows={rows} />}
    </section>
  );
}

function RowList({ rows }: { readonly rows: readonly BoardRow[] }) {
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const left = rows.length - shown;
  return (
    <>
      <ol class="board-rows">
        {rows.slice(0, shown).map((row) => (
          <Row key={row.incident_id} row={row} chosen={row.incident_id === chosenIncident.value} />
        ))}
      </ol>
      {left > 0 && (
        <button type="button" class="board-more" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
          {word('board.more', { number: Math.min(left, ROWS_AT_ONCE) })}
        </button>
      )}
    </>
  );
}

/** `j` and `k` move from line to line; Enter opens, as lines are links. */
function listenForSteps(list: { readonly current: HTMLDivElement | null }): () => void {
  const step = (by: 1 | -1) => (): void => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-incident]') ?? [])];
    const focused = links.findIndex((link) => link === document.activeElement);
    const at = focused >= 0 ? focused : links.findIndex((link) => link.ariaCurrent === 'true');
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const undo = [onKey('j', step(1)), onKey('k', step(-1))];
  return () => undo.forEach((each) => each());
}
