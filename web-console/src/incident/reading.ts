/** From an assessment as the server tells it to what the incident page shows. */
import type { AssessmentTold, ExplanationRow, FactorRow } from '../pieces/shapes.ts';

/** The answer of `GET incidents/{id}/assessment`, as far as it is read. */
export interface AssessmentAnswer {
  readonly incident_id: string;
  readonly marking: string;
  readonly text: Omit<AssessmentTold, 'methods_agree' | 'confidence' | 'incident_id'>;
  readonly benign: readonly boolean[];
  readonly hypotheses: readonly string[];
  readonly assessment: {
    readonly factors: readonly { readonly factor: string; readonly proposed: string | null }[];
    readonly methods_agree: boolean;
    readonly confidence: AssessmentTold['confidence'];
  };
}

/** The texts of an assessment beside the values that they tell; both come in the same order. */
export function assessmentOf(answer: AssessmentAnswer): AssessmentTold {
  const { text, assessment } = answer;
  const explanations = text.explanations.map(
    (row, place): ExplanationRow => ({
      ...row,
      hypothesis: answer.hypotheses[place] ?? '',
      benign: answer.benign[place] ?? false,
    }),
  );
  const proposed = new Map(assessment.factors.map((one) => [one.factor, one.proposed]));
  const factors = text.factors.map(
    (row): FactorRow => ({ ...row, proposed: proposed.get(row.factor) ?? null }),
  );
  return {
    ...text,
    explanations,
    factors,
    incident_id: answer.incident_id,
    methods_agree: assessment.methods_agree,
    confidence: assessment.confidence,
  };
}
