/** Which objects carry a shape, and which pairs are linked: from the board and from what is chosen. */
import type { Attention, Board, BoardRow, Finding } from '../api/types.ts';
import { SHAPE, type Marked } from './looks.ts';

/** Shapes and colours are those of the board; red is kept for what no line of the board says yet. */
export const ATTENTION_LOOK: Readonly<Record<Attention, readonly [number: keyof typeof SHAPE, colour: string]>> = {
  look_now: ['diamond', '#ff9d2e'],
  watch: ['triangle', '#fff27a'],
  log: ['disc', '#2f9bff'],
};
export const ASSET_COLOUR = '#8fe3d0';
export const OTHER_COLOUR = '#e4c8ff';

const ORDER: readonly Attention[] = ['look_now', 'watch', 'log'];

/** The most urgent attention of each object of incidents; lines of the log mark nothing. */
export function attentionOf(rows: readonly BoardRow[]): Map<number, Attention> {
  const found = new Map<number, Attention>();
  for (const attention of ORDER.slice(0, 2)) {
    for (const row of rows) {
      if (row.attention !== attention) continue;
      for (const id of [...row.assets, ...row.others]) if (!found.has(id)) found.set(id, attention);
    }
  }
  return found;
}

/** Every mark, the chosen ones last, so that they lie on top. */
export function marksOf(
  board: Board | null,
  chosen: readonly number[],
  rowOf: (noradId: number) => number,
): Marked[] {
  const marks: Marked[] = [];
  const attention = attentionOf(board?.rows ?? []);
  for (const asset of board?.assets ?? []) {
    marks.push({ row: rowOf(asset.norad_id), shape: SHAPE.ring, colour: ASSET_COLOUR, size: 12 });
  }
  for (const [id, level] of [...attention].reverse()) {
    const [shape, colour] = ATTENTION_LOOK[level];
    marks.push({ row: rowOf(id), shape: SHAPE[shape], colour, size: level === 'look_now' ? 15 : 13 });
  }
  for (const id of chosen) {
    marks.push({ row: rowOf(id), shape: SHAPE.reticle, colour: '#ffffff', size: 30 });
  }
  return marks.filter((mark) => mark.row >= 0);
}

/** Minutes around closest approach within which a link is drawn. */
const LINK_MS = 10 * 60_000;

/** Pairs to link: those of the chosen row, and those that pass one another about now. */
export function linksOf(
  board: Board | null,
  chosen: BoardRow | null,
  ms: number,
): (readonly [number, number])[] {
  const links = new Map<string, readonly [number, number]>();
  const add = (one: number | undefined, other: number | undefined): void => {
    if (one !== undefined && other !== undefined) links.set(`${one}-${other}`, [one, other]);
  };
  if (chosen !== null) for (const other of chosen.others) add(chosen.assets[0], other);
  const marked = attentionOf(board?.rows ?? []);
  for (const finding of board?.findings ?? []) {
    if (isPass(finding, ms) && finding.objects.some((id) => marked.has(id))) {
      add(finding.objects[0], finding.objects[1]);
    }
  }
  return [...links.values()];
}

function isPass(finding: Finding, ms: number): boolean {
  const tca = finding.tca_utc;
  return finding.kind === 'conjunction' && tca !== undefined && Math.abs(Date.parse(tca) - ms) <= LINK_MS;
}
