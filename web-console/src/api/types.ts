/** Shapes of the REST interface that more than one panel reads. */

export interface Me {
  readonly name: string;
  readonly role: string;
  readonly permissions: readonly string[];
  readonly audience: { readonly partner: string | null; readonly limit: unknown };
  readonly language: 'en' | 'ja' | null;
  readonly is_local: boolean;
  /** Goes back in `X-CSRF-Token` with everything that changes something. */
  readonly forgery_token?: string;
}

export type Reality = 'REAL' | 'TEST' | 'SIMULATED' | 'EXERCISE';

export interface State {
  readonly version: string;
  readonly reality: Reality;
  readonly as_of_utc: string;
  readonly problems: readonly string[];
  /** Whether the store is of an exercise: then nothing that the server shows is real. */
  readonly exercise?: boolean;
  /** Its name; empty where the store is of none. */
  readonly exercise_name?: string;
  /** Banner text of what is shown, in words; the server knows the markings. */
  readonly marking?: string | null;
}

export type Attention = 'look_now' | 'watch' | 'log';

/** One line of the watch board, as far as shell and globe read it. */
export interface BoardRow {
  readonly incident_id: string;
  readonly attention: Attention;
  readonly assets: readonly number[];
  readonly others: readonly number[];
  readonly start_utc: string;
  readonly end_utc: string;
}

export interface Finding {
  readonly finding_id: string;
  readonly kind: string;
  readonly objects: readonly number[];
  readonly start_utc: string;
  readonly end_utc: string;
  readonly tca_utc?: string;
}

export interface Board {
  readonly view_id: string;
  readonly as_of_utc: string;
  readonly reality: Reality;
  readonly marking?: string | { readonly text?: string } | null;
  readonly rows: readonly BoardRow[];
  readonly findings?: readonly Finding[];
  readonly names: Readonly<Record<string, string>>;
  readonly assets: readonly { readonly norad_id: number; readonly name: string }[];
}

export interface FoundObject {
  readonly norad_id: number;
  readonly name: string;
  readonly owner?: string | null;
  /** International designator, which begins with the launch. */
  readonly object_id?: string | null;
  readonly kind?: string | null;
}

/** A group of people that takes part in an exercise. */
export interface ExerciseCell {
  readonly id: string;
  readonly name: string;
  readonly is_white: boolean;
}

/** Where an exercise that is played live stands. */
export interface ExerciseState {
  /** What everybody calls it. */
  readonly name: string;
  /** Title and story are for who directs, and empty for others: they tell what comes. */
  readonly title: string;
  readonly story: string;
  /** What the viewer's cell is there for. */
  readonly task: string;
  /** What everybody may read before play; empty where there is nothing. */
  readonly read_ahead: string;
  readonly now_utc: string;
  /** How far its clock goes before something has to be done first, as a watch. */
  readonly until_utc: string;
  readonly starts_utc: string;
  readonly ends_utc: string;
  /** Hours from the start. */
  readonly at_h: number;
  readonly length_h: number;
  /** Seconds of the exercise to one on the wall. */
  readonly speed: number;
  readonly is_paused: boolean;
  /** Whether its clock waits for a watch that takes longer than it should. */
  readonly is_behind: boolean;
  readonly is_over: boolean;
  /** Null for who directs, and for who only looks. */
  readonly my_cell: string | null;
  readonly is_director: boolean;
  /** Whether one person is alone at the server, and may act for every cell. */
  readonly plays_all: boolean;
  readonly cells: readonly ExerciseCell[];
}
