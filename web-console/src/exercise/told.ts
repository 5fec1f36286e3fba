// What the server tells of an exercise, as far as these pages read it.
import type { Interval } from '../pieces/shapes.ts';

export type QuestionKind = 'choice' | 'part' | 'number' | 'time' | 'words';
export type AnswerVerdict = 'right' | 'wrong' | 'late' | 'missing' | 'judged' | 'waiting';

/** What one cell answered, for the director. */
export interface CellAnswer {
  readonly cell: string;
  readonly value: string;
  readonly value_text: string;
  readonly at_utc: string;
  readonly verdict: AnswerVerdict;
  readonly points: number;
}

export interface QuestionTold {
  readonly id: string;
  readonly text: string;
  readonly kind: QuestionKind;
  readonly choices: readonly string[];
  readonly asked_utc: string;
  readonly due_utc: string;
  readonly points: number;
  readonly is_open: boolean;
  /** What my cell answered last, as it was sent. */
  readonly answer: string | null;
  readonly answer_text?: string | null;
  readonly answer_utc?: string | null;
  /** For the director: who is asked, what is right, what everybody answered. */
  readonly cells?: readonly string[];
  readonly right_text?: string;
  readonly answers?: readonly CellAnswer[];
}

export type ActKind = 'answer' | 'decision' | 'gate' | 'message' | 'points' | 'acknowledgement';

export interface ActTold {
  readonly cell: string;
  readonly kind: ActKind;
  readonly at_utc: string;
  readonly subject: string;
  readonly value: string;
}

export interface InjectTold {
  readonly id: string;
  readonly kind: string;
  readonly at_h: number;
  readonly at_utc: string;
  readonly summary: string;
  readonly parts: readonly string[];
  readonly state: 'coming' | 'happened';
  /** Whether it was made during the exercise. */
  readonly is_live?: boolean;
  readonly truth: TruthTold | null;
}

/** What truly happened. */
export interface TruthTold {
  readonly objects: readonly number[];
  readonly from_utc: string;
  readonly to_utc: string;
  readonly observable_utc: string;
  readonly public_utc: string | null;
  readonly measures: Readonly<Record<string, number>>;
}

export interface PartTold {
  readonly name: string;
  readonly norad_id: number | null;
  readonly object_name: string;
  readonly is_new: boolean;
}

export interface ScriptTold {
  readonly injects: readonly InjectTold[];
  readonly expected: readonly { readonly inject_id: string; readonly text: string }[];
  readonly parts: readonly PartTold[];
  readonly pauses_h: readonly number[];
  readonly jumps_h: readonly (readonly [number, number])[];
}

/** As much of JSON Schema as the fields of injects use. */
export interface FieldSchema {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly description?: string;
  readonly items?: FieldSchema;
}

export interface KindTold {
  readonly kind: string;
  readonly schema: {
    readonly description?: string;
    readonly properties: Readonly<Record<string, FieldSchema>>;
    readonly required: readonly string[];
  };
}

export interface EventScoreTold {
  readonly inject_id: string;
  readonly kind: string;
  readonly verdict: string;
  readonly delay_public_h: number | null;
  readonly label: string | null;
  readonly is_label_right: boolean | null;
}

export interface MachineScoreTold {
  readonly events: readonly EventScoreTold[];
  readonly detection: Interval | null;
  readonly noticed: Interval | null;
  readonly silence: Interval | null;
  readonly false_alarms: readonly unknown[];
  readonly median_delay_h: number | null;
  readonly worst_delay_h: number | null;
  readonly brier: number | null;
  readonly wording: number;
}

export interface CellScoreTold {
  readonly cell: string;
  readonly answers: readonly {
    readonly question_id: string;
    readonly verdict: AnswerVerdict;
    readonly value: string;
    readonly after_h: number | null;
    readonly points: number;
    readonly of: number;
  }[];
  readonly points: number;
  readonly of: number;
  readonly decisions: number;
  readonly gates: number;
  readonly messages: number;
  readonly first_act_h: number | null;
  readonly median_answer_h: number | null;
  readonly wording: number;
}

export interface ScoreTold {
  readonly machine: MachineScoreTold;
  readonly cells: readonly CellScoreTold[];
}
