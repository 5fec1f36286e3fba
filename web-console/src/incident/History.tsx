/** What became of an incident, and what people decided; nothing is ever deleted. */
import { useResource } from '../api/resource.ts';
import { Shown } from '../pieces/Shown.tsx';
import type { IncidentHistory } from '../pieces/shapes.ts';
import { linkTo } from '../shell/router.ts';
import { word } from '../words/words.ts';

export function History({ incidentId }: { readonly incidentId: string }) {
  const said = useResource<IncidentHistory>(
    `incidents/${encodeURIComponent(incidentId)}/history`,
    {},
    { renewedBy: ['incident'], inWords: true },
  );
  if (said.state === 'problem' && said.problem.status === 404) {
    return <p class="soft">{word('incident.history.none')}</p>;
  }
  return <Shown of={said}>{(history) => <Told history={history} />}</Shown>;
}

function Told({ history }: { readonly history: IncidentHistory }) {
  return (
    <>
      <p>{history.state_text}</p>
      <h4>{word('incident.history.changes')}</h4>
      <Lines of={history.changes} none={word('incident.history.none')} />
      <h4>{word('incident.history.decisions')}</h4>
      <Lines of={history.decisions} none={word('incident.history.no_decisions')} />
      {history.series.length > 0 && (
        <>
          <h4>{word('incident.series')}</h4>
          <ul>
            {history.series.map((id) => (
              <li key={id}>
                <a href={linkTo('incident', id)}>{id}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Lines({ of, none }: { readonly of: readonly string[]; readonly none: string }) {
  if (of.length === 0) return <p class="soft">{none}</p>;
  return (
    <ol class="history">
      {of.map((line, place) => (
        <li key={place}>{line}</li>
      ))}
    </ol>
  );
}
