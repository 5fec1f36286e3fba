/** What was measured: each finding in sentences, its numbers folded below. */
import { useState } from 'preact/hooks';
import type { FindingTold } from '../pieces/shapes.ts';
import { word } from '../words/words.ts';

const FIRST = 3;

export function Findings({ findings }: { readonly findings: readonly FindingTold[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? findings : findings.slice(0, FIRST);
  const left = findings.length - shown.length;
  return (
    <>
      <ol class="findings">
        {shown.map((one) => (
          <li key={one.finding_id}>
            <h4>
              <span class="chip">{one.kind_text}</span> {one.headline}
            </h4>
            <p>{one.explanation}</p>
            <details>
              <summary>{word('incident.numbers')}</summary>
              <dl class="measures">
                {one.measures.map((measure) => (
                  <div key={measure.label}>
                    <dt>{measure.label}</dt>
                    <dd>{measure.value}</dd>
                  </div>
                ))}
              </dl>
            </details>
          </li>
        ))}
      </ol>
      {left > 0 && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {word('incident.findings.more', { number: left })}
        </button>
      )}
    </>
  );
}
