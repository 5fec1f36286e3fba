/** Competing explanations side by side: intervals with their words, those that accuse nobody first. */
import type { AssessmentTold, ExplanationRow } from '../pieces/shapes.ts';
import { word } from '../words/words.ts';
import { barOf, benignFirst, isInsufficient, WORD_BANDS } from './weigh.ts';

const SCALE = [0, 20, 45, 55, 80, 100];

export function Explanations({
  assessment,
  onDecide,
}: {
  readonly assessment: AssessmentTold;
  readonly onDecide?: ((row: ExplanationRow) => void) | undefined;
}) {
  const [benign, others] = benignFirst(assessment.explanations);
  return (
    <>
      {isInsufficient(assessment.explanations, assessment.methods_agree) && (
        <p class="incident-insufficient">
          <strong>{word('incident.insufficient')}</strong> {word('incident.insufficient.told')}
        </p>
      )}
      <p class="soft">{word('incident.explanations.note')}</p>
      <div class="spans">
        <Scale />
        <Group heading={word('incident.explanations.benign')} rows={benign} onDecide={onDecide} />
        <Group heading={word('incident.explanations.other')} rows={others} onDecide={onDecide} />
      </div>
      <p class="soft">{assessment.agreement}</p>
      <p class="soft">{assessment.attribution}</p>
    </>
  );
}

function Scale() {
  return (
    <div class="span-scale" aria-hidden="true">
      {SCALE.map((percent) => (
        <span key={percent} style={{ left: `${percent}%` }}>
          {percent === 100 ? '100 %' : percent}
        </span>
      ))}
    </div>
  );
}

function Group({
  heading,
  rows,
  onDecide,
}: {
  readonly heading: string;
  readonly rows: readonly ExplanationRow[];
  readonly onDecide: ((row: ExplanationRow) => void) | undefined;
}) {
  return (
    <section class="span-group">
      <h4>{heading}</h4>
      <ul>
        {rows.map((row) => (
          <li key={row.hypothesis}>
            <span class="span-name">
              {row.name}
              {onDecide !== undefined && (
                <button type="button" class="button button-small" onClick={() => onDecide(row)}>
                  {word('incident.decide')}
                  <span class="hidden"> {row.name}</span>
                </button>
              )}
            </span>
            <SpanBar row={row} />
            <span class="span-words">
              {row.words} <span class="span-interval">{row.interval}</span>
            </span>
            <span class="span-more soft">
              {word('incident.explanations.before', { interval: row.before })} ·{' '}
              {word('incident.explanations.against', { number: row.against })}
            </span>
            {row.decision !== '' && <span class="decided">{row.decision}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One interval before the bands of words; its neighbour says the same in words. */
function SpanBar({ row }: { readonly row: ExplanationRow }) {
  const bar = barOf(row.likelihood.low, row.likelihood.high);
  return (
    <span class="span-track" aria-hidden="true">
      {WORD_BANDS.map(([low, high]) => (
        <span
          key={low}
          class="span-band"
          style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }}
        />
      ))}
      <span
        class={row.benign ? 'span-bar span-benign' : 'span-bar'}
        style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
      />
    </span>
  );
}
