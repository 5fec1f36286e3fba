/** Answers of the routes of pictures, as `workflows/picture_columns.py` makes them. */
import type { Attention } from '../api/types.ts';

export type Column = readonly (number | null)[];

export interface RangeInterval {
  readonly low: number;
  readonly best: number;
  readonly high: number | null;
}

export interface PairObject {
  readonly norad_id: number;
  readonly name: string;
  readonly is_asset: boolean;
  readonly epoch_utc: string;
}

export interface PairChoice {
  readonly finding_id: string;
  readonly kind: string;
  readonly kind_text: string;
  readonly objects: readonly number[];
  readonly names: readonly string[];
}

/** One pair in the RTN frame of its first object; columns over time. */
export interface RelativePage {
  readonly finding_id: string;
  readonly kind: string;
  readonly kind_text: string;
  readonly pair: readonly [PairObject, PairObject];
  readonly as_of_utc: string;
  readonly start_utc: string;
  readonly t_s: readonly number[];
  readonly radial_km: readonly number[];
  readonly in_track_km: readonly number[];
  readonly cross_track_km: readonly number[];
  readonly variance_rr_km2: readonly number[];
  readonly variance_tt_km2: readonly number[];
  readonly variance_nn_km2: readonly number[];
  readonly covariance_rt_km2: readonly number[];
  readonly covariance_tn_km2: readonly number[];
  readonly closest: number;
  readonly closest_utc: string;
  readonly closest_km: number;
  readonly range_km: RangeInterval;
  readonly revolution_s: number;
  readonly choices: readonly PairChoice[];
}

export type BeltRole = 'asset' | 'neighbour' | 'other';

export interface BeltLines {
  readonly norad_id: readonly number[];
  readonly name: readonly string[];
  readonly role: readonly BeltRole[];
  readonly drift_deg_day: readonly number[];
  readonly inclination_deg: readonly number[];
  readonly past: readonly number[];
  readonly points: readonly number[];
  readonly hours: readonly number[];
  readonly deg_east: readonly number[];
}

export interface BeltStay {
  readonly norad_id: number;
  readonly role: string;
  readonly deg_east: number;
  readonly began_h: number | null;
  readonly seen_from_h: number;
  readonly seen_until_h: number;
  readonly ended_h: number | null;
  readonly too_sparse: boolean;
}

export interface BeltNeighbour {
  readonly finding_id: string;
  readonly incident_id: string;
  readonly attention: Attention;
  readonly objects: readonly number[];
  readonly motion: string;
  readonly slot_deg_east: number;
  readonly closest_h: number;
  readonly range_km: RangeInterval;
  readonly arrival_h: number | null;
  readonly arrival_sigma_h: number | null;
}

export interface BeltSlot {
  readonly norad_id: number;
  readonly deg_east: number;
  readonly half_width_deg: number;
}

/** A part of the belt; hours count from the moment of the picture. */
export interface BeltPage {
  readonly middle_deg_east: number;
  readonly width_deg: number;
  readonly since_h: number;
  readonly as_of_utc: string;
  readonly until_h: number;
  readonly lines: BeltLines;
  readonly slots: readonly BeltSlot[];
  readonly stays: readonly BeltStay[];
  readonly neighbours: readonly BeltNeighbour[];
  readonly objects: number;
  readonly left_out: number;
}

export interface GabbardParent {
  readonly norad_id: number;
  readonly name: string;
  readonly probability: number;
  readonly period_min: number | null;
  readonly apogee_km: number | null;
  readonly perigee_km: number | null;
}

export interface GabbardPage {
  readonly finding_id: string;
  readonly event_utc: string;
  readonly event_sigma_s: number;
  readonly is_resolved: boolean;
  readonly pieces: number;
  readonly altitude_km: number;
  readonly first: {
    readonly norad_id: readonly number[];
    readonly name: readonly string[];
    readonly period_min: Column;
    readonly apogee_km: Column;
    readonly perigee_km: Column;
  };
  readonly newest_period_min: Column;
  readonly newest_apogee_km: Column;
  readonly newest_perigee_km: Column;
  readonly speed_m_s: Column;
  readonly along_m_s: Column;
  readonly parents: readonly GabbardParent[];
  readonly arm_period_min: Column;
  readonly arm_apogee_km: Column;
  readonly arm_perigee_km: Column;
  readonly left_out: number;
}

export type Lane =
  | 'conjunction'
  | 'proximity'
  | 'manoeuvre'
  | 'breakup'
  | 'interference'
  | 'report'
  | 'alert'
  | 'board';

export interface TimelineMark {
  readonly lane: Lane;
  readonly start_s: number;
  readonly end_s: number;
  readonly moment_s: number;
  readonly attention: Attention;
  readonly confidence: string | null;
  readonly kind: string;
  readonly objects: readonly number[];
  readonly incident_id: string;
  readonly finding_id: string;
  readonly alert_id: string;
}

/** Marks by lane; seconds count from `as_of_utc`. */
export interface TimelinePage {
  readonly as_of_utc: string;
  readonly since_utc: string;
  readonly until_utc: string;
  readonly marks: readonly TimelineMark[];
  readonly left_out: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, string>>;
}

export type CellState = 'disturbed' | 'quiet' | 'insufficient_data';

export interface MapCell {
  readonly cell: string;
  readonly state: CellState;
  /** Longitude, latitude, longitude, … */
  readonly ring: readonly number[];
  readonly good: number;
  readonly bad: number;
  readonly onset_utc: string | null;
  readonly days: number;
}

/** How an area looks against its own past. */
export type Persistence = 'new' | 'recurrent' | 'permanent' | 'unknown';

export interface MapArea {
  readonly finding_id: string;
  readonly incident_id: string;
  readonly persistence: Persistence;
  readonly latitude_deg: number;
  readonly longitude_deg: number;
  readonly radius_km: number;
  readonly share: RangeInterval;
  readonly start_utc: string;
  readonly end_utc: string;
  readonly peak_day_utc: string;
  readonly emitter_within_km: number | null;
  /** Since when it is disturbed more than it was; null where it is not. */
  readonly more_since_utc: string | null;
  readonly share_before: number | null;
  readonly share_since: number | null;
  readonly day: readonly string[];
  readonly good: readonly number[];
  readonly bad: readonly number[];
  readonly cells_seen: readonly number[];
  readonly cells_disturbed: readonly number[];
}

export interface InterferencePage {
  readonly day_utc: string;
  readonly days_utc: readonly string[];
  readonly south_deg: number;
  readonly north_deg: number;
  readonly west_deg: number;
  readonly east_deg: number;
  readonly cells: readonly MapCell[];
  readonly joined: readonly { readonly state: CellState; readonly rings: readonly (readonly number[])[] }[];
  readonly areas: readonly MapArea[];
  readonly disturbed: number;
  readonly quiet: number;
  readonly insufficient: number;
  readonly left_out: number;
}

/** One quantity that a receiver measured. */
export interface ReceptionCurve {
  readonly quantity: string;
  readonly satellite: string;
  readonly text: string;
  /** Empty for bit errors, whose values are powers of ten. */
  readonly unit: string;
  readonly values: Column;
  readonly usual: number | null;
  readonly spread: number | null;
  readonly during: RangeInterval | null;
  readonly usual_text: string;
  readonly during_text: string;
}

/** A disturbance of reception; seconds count from `start_utc`. */
export interface ReceptionPage {
  readonly finding_id: string;
  readonly incident_id: string;
  readonly receiver: string;
  readonly what: string;
  readonly when: string;
  readonly band: string;
  readonly depth: string;
  readonly start_utc: string;
  readonly end_utc: string;
  readonly goes_on: boolean;
  readonly t_s: Column;
  readonly disturbed: readonly boolean[];
  readonly curves: readonly ReceptionCurve[];
  readonly left_out: number;
}
