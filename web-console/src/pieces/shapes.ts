// What the server tells, as far as the pages read it. The nouns are those of the library
// (docs/glossary.md); texts come in the language that was asked for.

export interface Interval {
  low: number;
  best: number;
  high: number;
}

/** A range without a best value: nothing in it is preferred. */
export interface Span {
  low: number;
  high: number;
}

export type Attention = 'look_now' | 'watch' | 'log';
export type Direction = 'to' | 'from' | 'within' | 'ground';
export type LifeState = 'new' | 'ongoing' | 'quiet' | 'closed' | 'merged';
export type Reality = 'REAL' | 'TEST' | 'SIMULATED' | 'EXERCISE';

export interface Marking {
  level: string;
  releasable_to: string[] | null;
  caveats: string[];
}

export interface BoardRow {
  incident_id: string;
  attention: Attention;
  attention_text: string;
  what: string;
  more: string;
  when: string;
  range: string;
  rarity: string;
  confidence: string;
  next_step: string;
  reality: Reality;
  direction: Direction;
  direction_text: string;
  assets: number[];
  others: number[];
  start_utc: string;
  end_utc: string;
  kinds: string[];
  finding_ids: string[];
  /** Empty where no journal tells, as at a past moment. */
  state?: LifeState | '' | null;
}

export interface Asset {
  norad_id: number;
  name: string;
  owner: string;
  mission: string;
}

export interface DetectorRun {
  detector: string;
  findings: number;
  problem: string;
  is_asked: boolean;
}

export interface AssetCoverage {
  norad_id: number;
  element_age_days: number | null;
  along_track_sigma_km: number | null;
}

export interface Coverage {
  objects: number;
  left_out: number;
  not_propagated: number;
  element_age_days_median: number | null;
  element_age_days_p90: number | null;
  older_than_five_days: number;
  element_age_histogram: [number, number, number][];
  assets: AssetCoverage[];
  element_sets: number;
}

export interface AttentionRate {
  attention: Attention;
  incidents: number;
  per_asset_month: Interval;
}

export interface Board {
  view_id: string;
  as_of_utc: string;
  made_utc: string;
  days_ahead: number;
  reality: Reality;
  marking: string;
  summary: string[];
  failures: string[];
  blind_spots: string[];
  rows: BoardRow[];
  findings: { finding_id: string; base_rate: { regime: string } }[];
  runs: DetectorRun[];
  coverage: Coverage;
  rates: AttentionRate[];
  names: Record<string, string>;
  assets: Asset[];
}

export interface Measure {
  label: string;
  value: string;
}

export interface FindingTold {
  finding_id: string;
  kind: string;
  /** The noun itself, as `hoshimori watch --json` prints it. */
  finding: Record<string, unknown>;
  kind_text: string;
  headline: string;
  explanation: string;
  when: string;
  range: string;
  measures: Measure[];
}

export interface IncidentTold {
  as_of_utc: string;
  marking: string;
  row: BoardRow;
  findings: FindingTold[];
  names: Record<string, string>;
  assets: Asset[];
}

export interface ExplanationRow {
  hypothesis: string;
  name: string;
  words: string;
  interval: string;
  before: string;
  against: string;
  likelihood: Span;
  benign: boolean;
  decision: string;
}

export interface CheckRow {
  check: string;
  result: string;
  sentence: string;
}

/** How an item of evidence goes with an explanation. */
export type Rating = 'CC' | 'C' | 'N' | 'I' | 'II';

export interface EvidenceRow {
  evidence_id: string;
  sentence: string;
  numbers: string;
  source: string;
  ratings: Rating[];
}

export interface FactorRow {
  factor: string;
  name: string;
  value: string;
  because: string;
  missing: string;
  decision: string;
  supporting: string;
  contradicting: string;
  /** What the machine proposes as it is kept; null is unknown, a value like any other. */
  proposed: string | null;
}

export interface GateRow {
  gate: string;
  name: string;
  met: string;
  unmet: string;
  decision: string;
}

export interface IndicatorRow {
  indicator: string;
  name: string;
  answer: string;
  evidence: string;
}

export interface AssessmentTold {
  incident_id: string;
  title: string;
  scope: string;
  label: string;
  summary: string[];
  checks: CheckRow[];
  explanations: ExplanationRow[];
  short_names: string[];
  agreement: string;
  evidence: EvidenceRow[];
  factors: FactorRow[];
  gates: GateRow[];
  indicators: IndicatorRow[];
  drivers: string[];
  milestones: string[];
  missing: string[];
  dissent: string[];
  attribution: string;
  /** Whether the best benign explanation leads all ten, and whether both methods agree. */
  methods_agree: boolean;
  confidence: 'low' | 'moderate' | 'high';
}

export interface IncidentHistory {
  incident_id: string;
  state: LifeState;
  state_text: string;
  /** One line each, the oldest first. */
  changes: string[];
  decisions: string[];
  series: string[];
}

export interface ObjectTold {
  as_of_utc: string;
  marking: string;
  norad_id: number;
  name: string;
  object_id: string;
  launch: string;
  kind_text: string;
  /** A label of the catalogue; nothing is worked out from it. */
  owner: string;
  launch_date: string | null;
  decay_date: string | null;
  asset: (Asset & { importance: string }) | null;
  elements: { epoch_utc: string; known_utc: string; age_days: number; source: string } | null;
  orbit: {
    semi_major_axis_km: number | null;
    perigee_km: number | null;
    apogee_km: number | null;
    period_min: number | null;
    inclination_deg: number;
    eccentricity: number;
    regime_text: string;
  } | null;
  sentences: string[];
  element_sets: number;
  incidents: BoardRow[];
}

type Column = (number | null)[];

export interface ObjectSeries {
  element_sets: number;
  days: number;
  epoch_utc: string[];
  semi_major_axis_km: Column;
  perigee_km: Column;
  apogee_km: Column;
  eccentricity: Column;
  inclination_deg: Column;
  raan_deg: Column;
}

export interface SealedFile {
  name: string;
  byte_count: number;
  sha256: string;
  marking: string;
}

/** One dossier that was composed here, or is being composed. */
export interface DossierTold {
  dossier_id: string;
  incident_id: string;
  as_of_utc: string;
  state: 'composing' | 'ready' | 'failed';
  problem: string;
  title: string;
  languages: string[];
  release_to: string[];
  ordered_by: string;
  ordered_utc: string;
  /** For the house alone. */
  whole: SealedFile | null;
  /** For the partners that it was made for. */
  copy: SealedFile | null;
  withheld: number;
  changes: string[];
}

/** What would go to partners, and which conclusions become different. */
export interface ReleasePreview {
  release_to: string[];
  possible: boolean;
  /** Why it cannot go at all; empty where it can. */
  because: string;
  items: { kind: string; go: number; stay: number }[];
  withheld: number;
  marking: string;
  byte_count: number;
  /** One sentence each, with what it was before. */
  changes: string[];
}

export type AlertState = 'held_back' | 'open' | 'acknowledged' | 'over' | 'merged';

export interface AlertTold {
  alert_id: string;
  incident_id: string;
  state: AlertState;
  state_text: string;
  what: string;
  attention: Attention;
  attention_text: string;
  reality: Reality;
  moment_utc: string;
  seen_utc: string;
  needs_acknowledgement: boolean;
}

/** How alerts fared against their budget. */
export interface AlertTally {
  told: number;
  per_asset_month: Interval;
  budget_per_asset_month: number;
  held: string[];
  over_budget: number;
  unacknowledged: number;
  problems: string[];
}

/** One alert: what people were told, what happened to it, where its messages are. */
export interface AlertDetails {
  body: string;
  history: string[];
  messages: string[];
}
