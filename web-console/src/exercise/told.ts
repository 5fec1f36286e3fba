// What the server tells of an exercise, as far as these pages read it.
import type { Interval } from '../pieces/shapes.ts';

export type QuestionKind = 'choice' | 'part' | 'number' | 'time' | 'words';
export type AnswerVerdict = 'right' | 'wrong' | 'late' | 'missing' | 'judged' | 'waiting';

/** What a cell answered: numbers of choices, catalogue numbers, hours, or words. */
export interface CellAnswer {
  readonly cell: string;
  readonly value: string;
  readonly at_utc: string;
  readonly by: string;
  readonly is_late: boolean;
  /** For who directs; null where people judge. */
  readonly is_right: boolean | null;
  /** That the white cell gave; null while it did not. */
  readonly points: number | null;
}

export interface QuestionTold {
  readonly id: string;
  readonly text: string;
  readonly kind: QuestionKind;
  readonly choices: readonly string[];
  readonly asked_utc: string;
  readonly due_utc: string;
  readonly is_open: boolean;
  /** What my cell answered. */
  readonly answer: CellAnswer | null;
  /** Who is asked. */
  readonly cells: readonly string[];
  /** What follows is for who directs; of numbers and times the two ends of what is right. */
  readonly points: number | null;
  readonly right: readonly string[];
  readonly answers: readonly CellAnswer[];
}

export type ActKind = 'answer' | 'decision' | 'gate' | 'message' | 'points' | 'acknowledgement';

export interface ActTold {
  readonly id: number;
  readonly cell: string;
  readonly kind: ActKind;
  readonly at_utc: string;
  readonly subject: string;
  /** What the question asks that an answer or points are for; empty otherwise. */
  readonly about: string;
  readonly value: string;
  /** The value in words: of a choice its text. */
  readonly says: string;
  readonly by: string;
}

export interface InjectTold {
  readonly id: string;
  readonly kind: string;
  readonly at_h: number;
  readonly at_utc: string;
  readonly title: string;
  readonly summary: string;
  readonly parts: readonly string[];
  readonly state: 'coming' | 'happened';
  /** Whether it was added while the script was played. */
  readonly is_added: boolean;
  readonly truth: TruthTold | null;
  /** What a watch should find of it, in words. */
  readonly expected: readonly string[];
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
  readonly norad_id: number;
  readonly is_asset: boolean;
}

/** A question of the script, also one that is not asked yet. */
export interface ScriptQuestionTold {
  readonly id: string;
  readonly text: string;
  readonly kind: QuestionKind;
  readonly cells: readonly string[];
  readonly asked_h: number;
  readonly due_h: number;
  readonly points: number;
  readonly right: readonly string[];
  readonly state: 'coming' | 'asked';
}

export interface ScriptTold {
  readonly objectives: readonly string[];
  readonly injects: readonly InjectTold[];
  readonly questions: readonly ScriptQuestionTold[];
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
  readonly title: string;
  readonly schema: {
    readonly description?: string;
    readonly properties: Readonly<Record<string, FieldSchema>>;
    readonly required: readonly string[];
  };
}

/** One expectation of the script in words. */
export interface EventRowTold {
  readonly event: string;
  readonly what: string;
  readonly verdict: string;
  readonly after: string;
  readonly label: string;
  readonly rank: string;
  readonly notes: string;
}

export interface MachineScoreTold {
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
  readonly looks: number;
  /** Looks of the machine that are still being made. */
  readonly looks_owed: number;
  readonly score: MachineScoreTold;
  readonly cells: readonly CellScoreTold[];
  /** What the questions ask, by their id. */
  readonly asked: Readonly<Record<string, string>>;
  readonly events: readonly EventRowTold[];
  readonly lines: readonly string[];
}
