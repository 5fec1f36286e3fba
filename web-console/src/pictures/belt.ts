/** Numbers behind the strip of the belt: lines cut where they leave it, what is named. Pure. */
import { wrap } from './scales.ts';
import type { BeltPage, BeltRole } from './types.ts';

export interface BeltPoint {
  readonly h: number;
  /** Degrees east of the middle of the strip. */
  readonly x: number;
}

export interface BeltLine {
  readonly noradId: number;
  readonly name: string;
  readonly role: BeltRole;
  readonly drift: number;
  readonly inclination: number;
  /** Element sets, oldest first; then what is foreseen, from the last of them on. */
  readonly past: readonly BeltPoint[];
  readonly coming: readonly BeltPoint[];
}

/** The lines of a page, degrees counted from the middle of the strip, whole turns kept. */
export function beltLines(page: BeltPage): BeltLine[] {
  const { lines } = page;
  let start = 0;
  return lines.norad_id.map((noradId, row) => {
    const count = lines.points[row]!;
    const past = lines.past[row]!;
    const points: BeltPoint[] = [];
    for (let k = start; k < start + count; k += 1) {
      points.push({ h: lines.hours[k]!, x: lines.deg_east[k]! - page.middle_deg_east });
    }
    start += count;
    return {
      noradId,
      name: lines.name[row]!,
      role: lines.role[row]!,
      drift: lines.drift_deg_day[row]!,
      inclination: lines.inclination_deg[row]!,
      past: points.slice(0, past + 1),
      coming: points.slice(past),
    };
  });
}

/** A line as pieces inside ±`half` degrees, turned by as many whole turns as bring each in. */
export function piecesInside(points: readonly BeltPoint[], half: number): BeltPoint[][] {
  const xs = points.map((point) => point.x);
  const first = Math.ceil((Math.min(...xs) - half) / 360);
  const last = Math.floor((Math.max(...xs) + half) / 360);
  const pieces: BeltPoint[][] = [];
  for (let turn = first; turn <= last; turn += 1) {
    const turned = turn === 0 ? points : points.map(({ h, x }) => ({ h, x: x - 360 * turn }));
    pieces.push(...clipped(turned, half));
  }
  return pieces;
}

function clipped(points: readonly BeltPoint[], half: number): BeltPoint[][] {
  const pieces: BeltPoint[][] = [];
  let piece: BeltPoint[] = [];
  const close = (): void => {
    if (piece.length > 1) pieces.push(piece);
    piece = [];
  };
  for (let k = 1; k < points.length; k += 1) {
    const cut = segmentInside(points[k - 1]!, points[k]!, half);
    if (cut === null) {
      close();
      continue;
    }
    const before = piece.at(-1);
    if (before === undefined || before.h !== cut[0].h || before.x !== cut[0].x) {
      close();
      piece.push(cut[0]);
    }
    piece.push(cut[1]);
  }
  close();
  return pieces;
}

/** The part of a straight stretch inside ±`half`, or null. */
function segmentInside(a: BeltPoint, b: BeltPoint, half: number): [BeltPoint, BeltPoint] | null {
  if (Math.max(a.x, b.x) < -half || Math.min(a.x, b.x) > half) return null;
  const inside = (point: BeltPoint): boolean => Math.abs(point.x) <= half;
  const edge = (from: BeltPoint, to: BeltPoint): BeltPoint => {
    const limit = from.x < -half ? -half : half;
    const share = (limit - from.x) / (to.x - from.x);
    return { x: limit, h: from.h + share * (to.h - from.h) };
  };
  return [inside(a) ? a : edge(a, b), inside(b) ? b : edge(b, a)];
}

/** Where an object is at an hour, degrees from the middle wrapped into ±180; null outside its line. */
export function placeAt(line: BeltLine, h: number): number | null {
  const points = [...line.past, ...line.coming.slice(1)];
  for (let k = 1; k < points.length; k += 1) {
    const [a, b] = [points[k - 1]!, points[k]!];
    if (h >= a.h && h <= b.h) {
      return wrap(b.h === a.h ? b.x : a.x + ((h - a.h) / (b.h - a.h)) * (b.x - a.x));
    }
  }
  return null;
}

/** Labels pushed apart so that none overlaps another; in the order given where all have room. */
export function spreadLabels(places: readonly number[], gap: number, low: number, high: number): number[] {
  const order = places.map((_, k) => k).sort((a, b) => places[a]! - places[b]!);
  const found = [...places];
  let before = -Infinity;
  for (const k of order) {
    found[k] = Math.max(found[k]!, before + gap, low);
    before = found[k]!;
  }
  let after = high + gap;
  for (const k of order.reverse()) {
    found[k] = Math.min(found[k]!, after - gap);
    after = found[k]!;
  }
  return found;
}
