/** Seventeen factors: what the machine proposes beside what a person decided; never added up. */
import type { AssessmentTold, FactorRow } from '../pieces/shapes.ts';
import { word } from '../words/words.ts';

export function Factors({
  assessment,
  onDecide,
}: {
  readonly assessment: AssessmentTold;
  readonly onDecide?: ((row: FactorRow) => void) | undefined;
}) {
  return (
    <>
      <p class="soft">{word('incident.factors.note')}</p>
      <ol class="factors">
        {assessment.factors.map((row) => (
          <Factor key={row.factor} row={row} onDecide={onDecide} />
        ))}
      </ol>
      <details>
        <summary>{word('incident.indicators')}</summary>
        <ul class="plain">
          {assessment.indicators.map((one) => (
            <li key={one.indicator}>
              <b>{one.indicator}</b> {one.name}: <span class="answer">{one.answer}</span>
              {one.evidence !== '' && <span class="soft"> {one.evidence}</span>}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Factor({
  row,
  onDecide,
}: {
  readonly row: FactorRow;
  readonly onDecide: ((row: FactorRow) => void) | undefined;
}) {
  return (
    <li>
      <div class="factor-head">
        <h4>
          {row.factor} {row.name}
        </h4>
        {onDecide !== undefined && (
          <button type="button" class="button button-small" onClick={() => onDecide(row)}>
            {word('incident.decide')}
            <span class="hidden"> {row.factor}</span>
          </button>
        )}
      </div>
      <dl class="factor-values">
        <div>
          <dt>{word('incident.factors.proposed')}</dt>
          <dd class={row.proposed === null ? 'unknown' : undefined}>{row.value}</dd>
        </div>
        <div>
          <dt>{word('incident.factors.decided')}</dt>
          <dd class={row.decision === '' ? 'soft' : 'decided'}>
            {row.decision === '' ? word('incident.factors.open') : row.decision}
          </dd>
        </div>
      </dl>
      <p class="soft">
        {row.because}{' '}
        {row.missing !== '' && word('incident.factors.missing', { missing: row.missing })}
      </p>
      {(row.supporting !== '' || row.contradicting !== '') && (
        <p class="soft">
          {row.supporting !== '' && word('incident.factors.supports', { evidence: row.supporting })}{' '}
          {row.contradicting !== '' &&
            word('incident.factors.contradicts', { evidence: row.contradicting })}
        </p>
      )}
    </li>
  );
}
