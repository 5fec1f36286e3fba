/** One incident on the board: what, when, how unusual, and what to do next. */
import { Mark } from '../pieces/Mark.tsx';
import type { BoardRow } from '../pieces/shapes.ts';
import { Timed } from '../pieces/Timed.tsx';
import { linkTo } from '../shell/router.ts';
import { reviewed } from '../words/tables.ts';
import { word } from '../words/words.ts';

export function Row({ row, chosen }: { readonly row: BoardRow; readonly chosen: boolean }) {
  const urgent = row.attention !== 'log';
  return (
    <li class={`board-row board-${row.attention}${chosen ? ' board-chosen' : ''}`}>
      <a
        href={linkTo('incident', row.incident_id)}
        data-incident={row.incident_id}
        aria-current={chosen ? 'true' : undefined}
      >
        <span class="board-what">
          <Mark attention={row.attention} />
          <span class="hidden">{row.attention_text}: </span>
          {row.what}
        </span>
        <span class="board-when">
          <span>
            <Timed text={row.when} />
          </span>
          {row.range !== '' && <span class="board-range">{row.range}</span>}
        </span>
        {urgent && (
          <span class="board-next">
            {word('board.next', { step: row.next_step })}
          </span>
        )}
        {urgent && (
          <span class="board-faint">
            {word('board.unusual', { rarity: row.rarity })}
            {row.more !== '' && ` · ${row.more}`}
            {row.state === 'new' && <span class="chip">{reviewed('life.state.new')}</span>}
          </span>
        )}
      </a>
    </li>
  );
}
