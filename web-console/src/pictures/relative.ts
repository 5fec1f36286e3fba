/** Numbers behind the proximity picture: where the pair is at a moment, ellipses, rings. Pure. */
import { niceBelow } from './scales.ts';
import type { RelativePage } from './types.ts';

/** Two axes of the RTN frame: in-track with radial, in-track with cross-track. */
export type Plane = 'in_plane' | 'cross_track';

export interface Place {
  readonly radialKm: number;
  readonly inTrackKm: number;
  readonly crossTrackKm: number;
  readonly rangeKm: number;
  /** Variance across and up, and covariance of both, by plane. */
  readonly spread: Readonly<Record<Plane, Spread>>;
}

export interface Spread {
  readonly across: number;
  readonly up: number;
  readonly both: number;
}

/** Place in the columns of a moment, as a fraction; outside the columns their nearest end. */
export function placeOf(page: RelativePage, seconds: number): number {
  const t = page.t_s;
  const last = t.length - 1;
  if (last < 1 || seconds <= t[0]!) return 0;
  if (seconds >= t[last]!) return last;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (t[middle]! <= seconds) low = middle;
    else high = middle;
  }
  return low + (seconds - t[low]!) / (t[high]! - t[low]!);
}

/** Where the second object is at a place of the columns. */
export function pairAt(page: RelativePage, place: number): Place {
  const one = (column: readonly number[]): number => {
    const low = Math.floor(place);
    const high = Math.min(low + 1, column.length - 1);
    return column[low]! + (column[high]! - column[low]!) * (place - low);
  };
  const radialKm = one(page.radial_km);
  const inTrackKm = one(page.in_track_km);
  const crossTrackKm = one(page.cross_track_km);
  return {
    radialKm,
    inTrackKm,
    crossTrackKm,
    rangeKm: Math.hypot(radialKm, inTrackKm, crossTrackKm),
    spread: {
      in_plane: {
        across: one(page.variance_tt_km2),
        up: one(page.variance_rr_km2),
        both: one(page.covariance_rt_km2),
      },
      cross_track: {
        across: one(page.variance_tt_km2),
        up: one(page.variance_nn_km2),
        both: one(page.covariance_tn_km2),
      },
    },
  };
}

export interface Ellipse {
  readonly longKm: number;
  readonly shortKm: number;
  /** Of the long axis, from across towards up. */
  readonly angleRad: number;
}

/** Axes of an error ellipse, `sigmas` to either side. */
export function ellipseOf(spread: Spread, sigmas = 2): Ellipse {
  const mean = (spread.across + spread.up) / 2;
  const half = Math.hypot((spread.across - spread.up) / 2, spread.both);
  return {
    longKm: sigmas * Math.sqrt(Math.max(mean + half, 0)),
    shortKm: sigmas * Math.sqrt(Math.max(mean - half, 0)),
    angleRad: 0.5 * Math.atan2(2 * spread.both, spread.across - spread.up),
  };
}

/** One sigma of the range at a place: the error along the line of sight, from in-plane and normal. */
export function rangeSigmaKm(place: Place): number {
  const { radialKm: r, inTrackKm: t, crossTrackKm: n, rangeKm, spread } = place;
  const variances = [spread.in_plane.up, spread.in_plane.across, spread.cross_track.up] as const;
  if (rangeKm < 1e-9) return Math.sqrt(Math.max(...variances));
  const along =
    (r * r * variances[0] + t * t * variances[1] + n * n * variances[2] +
      2 * r * t * spread.in_plane.both + 2 * t * n * spread.cross_track.both) / (rangeKm * rangeKm);
  return Math.sqrt(Math.max(along, 0));
}

/** Radii of rings to read distances from: the three largest of 1, 2, 5, 10 … inside a reach. */
export function ringsKm(reachKm: number): number[] {
  if (!(reachKm > 0)) return [];
  const largest = niceBelow(reachKm);
  const middle = niceBelow(largest * 0.99);
  return [niceBelow(middle * 0.99), middle, largest];
}

/** Half of what a plane must show across and up, with the asset in it [km]. */
export function reachKm(page: RelativePage, plane: Plane): { across: number; up: number; middle: number } {
  const up = plane === 'in_plane' ? page.radial_km : page.cross_track_km;
  const low = Math.min(0, ...page.in_track_km);
  const high = Math.max(0, ...page.in_track_km);
  const top = Math.max(...up.map(Math.abs));
  const nearest = pairAt(page, page.closest);
  const error = ellipseOf(nearest.spread[plane]);
  // The error at the closest approach is shown whole where it does not dwarf the track.
  const shown = Math.min(error.longKm, 2 * Math.max(high - low, top, nearest.rangeKm));
  const across = Math.max((high - low) / 2, shown, 1e-3) * 1.14;
  return { across, up: Math.max(top, Math.min(shown, 2 * top), across * 1e-3, 1e-3) * 1.2, middle: (low + high) / 2 };
}

/** Share of the way from the first moment to the last, for the colour of a place. */
export function ageOf(page: RelativePage, place: number): number {
  return page.t_s.length < 2 ? 1 : place / (page.t_s.length - 1);
}
