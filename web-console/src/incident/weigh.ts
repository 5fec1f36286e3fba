/** What an assessment's intervals allow to be said; pure. */
import type { EvidenceRow, ExplanationRow, Rating } from '../pieces/shapes.ts';

/** Edges of the words of ICD 203 (2015), from 0 to 1: every second band is drawn. */
export const WORD_BANDS: readonly (readonly [low: number, high: number])[] = [
  [0.05, 0.2],
  [0.45, 0.55],
  [0.8, 0.95],
];

/**
 * Whether no explanation may be preferred: the interval of the first reaches into that of another,
 * or counting what speaks against each leads elsewhere.
 */
export function isInsufficient(
  explanations: readonly ExplanationRow[],
  methodsAgree: boolean,
): boolean {
  const [first, ...others] = explanations;
  if (first === undefined) return true;
  return !methodsAgree || others.some((other) => other.likelihood.high > first.likelihood.low);
}

/** The explanations in two groups: those that accuse nobody, which stand first, and the others. */
export function benignFirst(
  explanations: readonly ExplanationRow[],
): readonly [benign: readonly ExplanationRow[], others: readonly ExplanationRow[]] {
  return [explanations.filter((one) => one.benign), explanations.filter((one) => !one.benign)];
}

/** Which explanations an item of evidence fits and which it speaks against, by their place. */
export function sides(row: EvidenceRow): { readonly fits: number[]; readonly against: number[] } {
  const places = (wanted: readonly Rating[]): number[] =>
    row.ratings.flatMap((rating, place) => (wanted.includes(rating) ? [place] : []));
  return { fits: places(['CC', 'C']), against: places(['II', 'I']) };
}

/** Left edge and width of an interval's bar in percent; never too thin to be seen. */
export function barOf(low: number, high: number): { readonly left: number; readonly width: number } {
  const width = Math.max((high - low) * 100, 1.2);
  return { left: Math.min(low * 100, 100 - width), width };
}
