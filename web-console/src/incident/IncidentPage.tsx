/** One incident: what happened, what may explain it, what is not known, what people decided. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import { deciding, may } from '../account/may.ts';
import { CausesLink } from '../causes/CausesPage.tsx';
import { isOfReceiver, PictureLinks, ReceptionsOf, RelativeOf } from '../pictures/panels.tsx';
import { Mark } from '../pieces/Mark.tsx';
import { Shown } from '../pieces/Shown.tsx';
import type { AssessmentTold, IncidentTold } from '../pieces/shapes.ts';
import { Timed } from '../pieces/Timed.tsx';
import { linkTo, route } from '../shell/router.ts';
import { word, type WordKey } from '../words/words.ts';
import { type Decidable, DecisionForm } from './DecisionForm.tsx';
import { Evidence } from './Evidence.tsx';
import { Explanations } from './Explanations.tsx';
import { Factors } from './Factors.tsx';
import { Findings } from './Findings.tsx';
import { History } from './History.tsx';
import './incident.css';
import { Dissent, Gates, Unknown, WouldChange } from './Knowledge.tsx';
import { type AssessmentAnswer, assessmentOf } from './reading.ts';

/** Kinds of finding in which two objects move beside one another. */
const MOVING = ['proximity', 'geo_neighbour'];

export function IncidentPage({ id }: { readonly id: string }) {
  const moment = { as_known_at: route.value.asKnownAt };
  const path = `incidents/${encodeURIComponent(id)}`;
  const renewal = { renewedBy: ['board', 'incident'], inWords: true } as const;
  const incident = useResource<IncidentTold>(path, moment, renewal);
  const assessment = useResource<AssessmentAnswer>(`${path}/assessment`, moment, renewal);
  return (
    <article class="incident-page">
      <Shown of={incident}>{(told) => <Opening told={told} />}</Shown>
      <Shown of={assessment}>
        {(answer) => <Weighed assessment={assessmentOf(answer)} again={assessment.reload} />}
      </Shown>
      <Shown of={incident}>
        {(told) => (
          <>
            {told.row.kinds.some((kind) => MOVING.includes(kind)) && (
              <Part of="picture" title="incident.picture">
                <RelativeOf incidentId={id} compact />
              </Part>
            )}
            {told.findings.some(isOfReceiver) && (
              <Part of="reception" title="pictures.reception">
                <ReceptionsOf findings={told.findings} />
              </Part>
            )}
            <PictureLinks findings={told.findings} />
            <Part of="findings" title="incident.findings">
              <Findings findings={told.findings} />
            </Part>
          </>
        )}
      </Shown>
      {may('see_records') && (
        <Part of="history" title="incident.history">
          <History incidentId={id} />
        </Part>
      )}
    </article>
  );
}

/** What happened in one sentence, when, how near, how unusual, and what to do next. */
export function Opening({ told }: { readonly told: IncidentTold }) {
  const { row } = told;
  return (
    <header class={`incident-head incident-${row.attention}`}>
      <p class="incident-attention">
        <Mark attention={row.attention} /> {row.attention_text}
        <span class="soft incident-id">{row.incident_id}</span>
      </p>
      <h3 class="incident-what">{row.what}</h3>
      <p class="incident-next">
        <span>{word('incident.next')}</span> <strong>{row.next_step}</strong>
      </p>
      <dl class="facts">
        <Fact name="incident.when" value={row.when} wide />
        <Fact name="incident.range" value={row.range} />
        <Fact name="incident.rarity" value={row.rarity} />
        <Fact name="incident.confidence" value={row.confidence} />
        <Fact name="incident.direction" value={row.direction_text} />
      </dl>
      <p class="incident-objects">
        {row.assets.map((id) => (
          <ObjectLink key={id} id={id} told={told} role="incident.asset" />
        ))}
        {row.others.map((id) => (
          <ObjectLink key={id} id={id} told={told} role="incident.other" />
        ))}
      </p>
      <AtItsBeginning told={told} />
      {may('compose') && (
        <a class="button button-chief" href={linkTo('dossier', row.incident_id)}>
          {word('incident.compose')}
        </a>
      )}
    </header>
  );
}

/** What else was there on the asset when it began; of what is still to come nobody asks that. */
function AtItsBeginning({ told }: { readonly told: IncidentTold }) {
  const { assets, start_utc: start } = told.row;
  const asset = assets[0];
  if (asset === undefined || Date.parse(start) > Date.parse(told.as_of_utc)) return null;
  return <CausesLink id={String(asset)} at={`${start.slice(0, 19)}Z`} title="incident.causes" />;
}

function ObjectLink({
  id,
  told,
  role,
}: {
  readonly id: number;
  readonly told: IncidentTold;
  readonly role: WordKey;
}) {
  return (
    <a class="object-link" href={linkTo('object', String(id))}>
      {told.names[String(id)] || id} <span class="soft">{word(role)}</span>
    </a>
  );
}

function Fact({
  name,
  value,
  wide = false,
}: {
  readonly name: WordKey;
  readonly value: string;
  readonly wide?: boolean;
}) {
  if (value === '') return null;
  return (
    <div class={wide ? 'wide' : undefined}>
      <dt>{word(name)}</dt>
      <dd>
        <Timed text={value} />
      </dd>
    </div>
  );
}

/** A part of the page that folds; its heading says what it holds. */
export function Part({
  of,
  title,
  open = true,
  children,
}: {
  readonly of: string;
  readonly title: WordKey;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <details class="part" id={`part-${of}`} open={open}>
      <summary>
        <h3>{word(title)}</h3>
      </summary>
      <div class="part-body">{children}</div>
    </details>
  );
}

/** The assessment: nature first, explanations as intervals, then all that it rests on. */
export function Weighed({
  assessment,
  again,
}: {
  readonly assessment: AssessmentTold;
  readonly again: () => void;
}) {
  const [about, setAbout] = useState<Decidable | null>(null);
  const [saved, setSaved] = useState(false);
  const allowed = deciding() !== null && route.value.asKnownAt === null;
  const decide = (next: Decidable): void => {
    setSaved(false);
    setAbout(next);
  };
  const form = (part: Decidable['kind']): ComponentChildren =>
    about?.kind === part && (
      <DecisionForm
        incidentId={assessment.incident_id}
        about={about}
        onDone={(recorded) => {
          setAbout(null);
          setSaved(recorded);
          if (recorded) again();
        }}
      />
    );
  return (
    <>
      <p class="incident-label soft">{assessment.scope}</p>
      {assessment.summary.slice(1).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {deciding() !== null && !allowed && <p class="soft">{word('decide.past')}</p>}
      <p role="status">{saved && <strong>{word('decide.saved')}</strong>}</p>
      <Part of="explanations" title="incident.explanations">
        {form('explanation')}
        <Explanations
          assessment={assessment}
          onDecide={
            allowed
              ? (row) =>
                  decide({ kind: 'explanation', key: row.hypothesis, subject: row.name })
              : undefined
          }
        />
      </Part>
      <Part of="nature" title="incident.nature" open={false}>
        <dl class="checks">
          {assessment.checks.map((one) => (
            <div key={one.check}>
              <dt>
                {one.check} <span class="chip">{one.result}</span>
              </dt>
              <dd class="soft">{one.sentence}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part of="missing" title="incident.missing">
        <Unknown assessment={assessment} />
      </Part>
      <Part of="change" title="incident.change" open={false}>
        <WouldChange assessment={assessment} />
      </Part>
      <Part of="evidence" title="incident.evidence">
        <Evidence assessment={assessment} />
      </Part>
      <Part of="factors" title="incident.factors" open={false}>
        {form('factor')}
        <Factors
          assessment={assessment}
          onDecide={
            allowed
              ? (row) =>
                  decide({
                    kind: 'factor',
                    key: row.factor,
                    subject: `${row.factor} ${row.name}`,
                  })
              : undefined
          }
        />
      </Part>
      <Part of="gates" title="incident.gates" open={false}>
        {form('gate')}
        <Gates
          gates={assessment.gates}
          onDecide={
            allowed
              ? (row) =>
                  decide({ kind: 'gate', key: row.gate, subject: `${row.gate} ${row.name}` })
              : undefined
          }
        />
      </Part>
      <Part of="dissent" title="incident.dissent" open={assessment.dissent.length > 0}>
        {form('dissent')}
        <Dissent
          views={assessment.dissent}
          onDecide={
            allowed
              ? () => decide({ kind: 'dissent', key: '', subject: word('incident.dissent') })
              : undefined
          }
        />
      </Part>
    </>
  );
}
