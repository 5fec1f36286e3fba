/** Numbers behind the timeline: what part of time is shown, how it moves. Pure. */

/** A span of Unix milliseconds. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export const SHORTEST_MS = 10 * 60_000;
export const LONGEST_MS = 500 * 86_400_000;

/** A span made shorter (`factor` < 1) or longer about a moment that keeps its place. */
export function zoomed(span: Span, factor: number, aboutMs: number): Span {
  const length = span.toMs - span.fromMs;
  const wanted = Math.min(Math.max(length * factor, SHORTEST_MS), LONGEST_MS);
  const share = length > 0 ? (aboutMs - span.fromMs) / length : 0.5;
  const fromMs = aboutMs - share * wanted;
  return { fromMs, toMs: fromMs + wanted };
}

/** A span moved along by a share of its length. */
export function moved(span: Span, share: number): Span {
  const by = (span.toMs - span.fromMs) * share;
  return { fromMs: span.fromMs + by, toMs: span.toMs + by };
}

/** A span that holds a moment: itself, or moved so that the moment stands a fifth from the edge. */
export function holding(span: Span, ms: number): Span {
  const length = span.toMs - span.fromMs;
  if (ms < span.fromMs) return { fromMs: ms - 0.2 * length, toMs: ms + 0.8 * length };
  if (ms > span.toMs) return { fromMs: ms - 0.8 * length, toMs: ms + 0.2 * length };
  return span;
}

/** The moment of a kept board nearest to one, where it lies within so many milliseconds. */
export function snapped(ms: number, boards: readonly number[], withinMs: number): number {
  let nearest = ms;
  let least = withinMs;
  for (const board of boards) {
    const away = Math.abs(board - ms);
    if (away <= least) {
      least = away;
      nearest = board;
    }
  }
  return nearest;
}

/** The kept board before or after a moment, null where there is none. */
export function boardBeside(ms: number, boards: readonly number[], direction: -1 | 1): number | null {
  const beyond = boards.filter((board) => (direction < 0 ? board < ms - 500 : board > ms + 500));
  if (beyond.length === 0) return null;
  return direction < 0 ? Math.max(...beyond) : Math.min(...beyond);
}

/** ISO moment to whole seconds, as addresses hold it. */
export function isoSecond(ms: number): string {
  return `${new Date(Math.round(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}
