/** Each item of evidence with what it fits and what it speaks against; the whole matrix below. */
import type { AssessmentTold, EvidenceRow, Rating } from '../pieces/shapes.ts';
import { word } from '../words/words.ts';
import { sides } from './weigh.ts';

export function Evidence({ assessment }: { readonly assessment: AssessmentTold }) {
  if (assessment.evidence.length === 0) {
    return <p class="soft">{word('incident.evidence.none')}</p>;
  }
  return (
    <>
      <p class="soft">{word('incident.evidence.note')}</p>
      <ul class="evidence">
        {assessment.evidence.map((row) => (
          <Item key={row.evidence_id} row={row} names={assessment.short_names} />
        ))}
      </ul>
      <details>
        <summary>{word('incident.evidence.matrix')}</summary>
        <Matrix assessment={assessment} />
      </details>
    </>
  );
}

function Item({ row, names }: { readonly row: EvidenceRow; readonly names: readonly string[] }) {
  const { fits, against } = sides(row);
  const named = (places: readonly number[]): string =>
    places.map((place) => names[place] ?? '').join(' · ');
  return (
    <li>
      <p>
        {row.sentence} {row.numbers !== '' && <span class="figures">{row.numbers}</span>}{' '}
        <span class="soft">{row.source}</span>
      </p>
      <p class="evidence-sides">
        {fits.length > 0 && (
          <span class="evidence-for">
            <b>+ {word('incident.evidence.for')}</b> {named(fits)}
          </span>
        )}
        {against.length > 0 && (
          <span class="evidence-against">
            <b>− {word('incident.evidence.against')}</b> {named(against)}
          </span>
        )}
        {fits.length + against.length === 0 && (
          <span class="soft">{word('incident.evidence.neutral')}</span>
        )}
      </p>
    </li>
  );
}

const SIGNS: Readonly<Record<Rating, string>> = { CC: '++', C: '+', N: '·', I: '−', II: '−−' };

function Matrix({ assessment }: { readonly assessment: AssessmentTold }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={word('incident.evidence.matrix')}>
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">{word('incident.evidence.item')}</th>
            {assessment.short_names.map((name) => (
              <th key={name} scope="col" class="matrix-head">
                <span>{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {assessment.evidence.map((row) => (
            <tr key={row.evidence_id}>
              <th scope="row">
                {row.sentence} <span class="figures">{row.numbers}</span>
              </th>
              {row.ratings.map((rating, place) => (
                <td key={place} class={`rating-${rating}`}>
                  <span aria-hidden="true">{SIGNS[rating]}</span>
                  <span class="hidden">{word(`incident.rating.${rating}`)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="soft">
        {(Object.keys(SIGNS) as Rating[])
          .map((rating) => `${SIGNS[rating]} ${word(`incident.rating.${rating}`)}`)
          .join(' · ')}
      </p>
    </div>
  );
}
