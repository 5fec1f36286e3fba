/** What the plain painter and its worker say to one another. */
import type { Marked } from '../looks.ts';
import type { Frame, Orbit, Pair } from '../painter.ts';
import type { Columns } from '../places.ts';
import type { Sign } from '../signsheet.ts';

export type ToEasel =
  | { readonly kind: 'canvas'; readonly canvas: OffscreenCanvas }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  /** The kind of each row, as the catalogue claims it. */
  | { readonly kind: 'kinds'; readonly kinds: readonly string[] }
  | { readonly kind: 'states'; readonly states: Columns | null }
  | { readonly kind: 'marks'; readonly marked: readonly Marked[] }
  | { readonly kind: 'bright'; readonly bright: number }
  | { readonly kind: 'orbits'; readonly orbits: readonly Orbit[] }
  | { readonly kind: 'links'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'signs'; readonly signs: readonly Sign[] }
  | { readonly kind: 'frame'; readonly frame: Frame };

/** A picture is painted, of this many objects that have a place. */
export interface FromEasel {
  readonly objects: number;
}
