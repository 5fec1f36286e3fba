/** Gates, what is not known, what would change this, and views that differ. */
import type { AssessmentTold, GateRow } from '../pieces/shapes.ts';
import { word } from '../words/words.ts';

export function Gates({
  gates,
  onDecide,
}: {
  readonly gates: readonly GateRow[];
  readonly onDecide?: ((row: GateRow) => void) | undefined;
}) {
  return (
    <ol class="gates">
      {gates.map((gate) => (
        <li key={gate.gate}>
          <div class="factor-head">
            <h4>
              {gate.gate} {gate.name}
            </h4>
            {onDecide !== undefined && (
              <button type="button" class="button button-small" onClick={() => onDecide(gate)}>
                {word('incident.decide')}
                <span class="hidden"> {gate.gate}</span>
              </button>
            )}
          </div>
          <p class="decided">{gate.decision}</p>
          {gate.met === '' && gate.unmet === '' && (
            <p class="soft">{word('incident.gates.none')}</p>
          )}
          {gate.met !== '' && (
            <p>
              <span class="soft">✓ {word('incident.gates.met')}:</span> {gate.met}
            </p>
          )}
          {gate.unmet !== '' && (
            <p>
              <span class="soft">○ {word('incident.gates.unmet')}:</span> {gate.unmet}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

function Lines({ of, none }: { readonly of: readonly string[]; readonly none: string }) {
  if (of.length === 0) return <p class="soft">{none}</p>;
  return (
    <ul>
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

export function Unknown({ assessment }: { readonly assessment: AssessmentTold }) {
  return (
    <>
      {assessment.missing.length > 0 && <p>{word('incident.missing.lead')}</p>}
      <Lines of={assessment.missing} none={word('incident.missing.none')} />
    </>
  );
}

export function WouldChange({ assessment }: { readonly assessment: AssessmentTold }) {
  return (
    <>
      <Lines of={assessment.milestones} none={word('incident.change.none')} />
      <details>
        <summary>{word('incident.drivers')}</summary>
        <Lines of={assessment.drivers} none="" />
      </details>
    </>
  );
}

export function Dissent({
  views,
  onDecide,
}: {
  readonly views: readonly string[];
  readonly onDecide?: (() => void) | undefined;
}) {
  return (
    <>
      <Lines of={views} none={word('incident.dissent.none')} />
      {onDecide !== undefined && (
        <button type="button" class="button" onClick={onDecide}>
          {word('incident.dissent.add')}
        </button>
      )}
    </>
  );
}
