/** Alerts: what people were told, who took note of it, and what could not be sent. */
import { useState } from 'preact/hooks';
import { may } from '../account/may.ts';
import { ApiProblem, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { Mark } from '../pieces/Mark.tsx';
import { figure, minuteText } from '../pieces/moments.ts';
import { Failure, Nothing, Shown } from '../pieces/Shown.tsx';
import type { AlertDetails, AlertTally, AlertTold } from '../pieces/shapes.ts';
import { linkTo } from '../shell/router.ts';
import { word } from '../words/words.ts';
import './alerts.css';

interface Answer {
  readonly alerts: readonly AlertTold[];
  readonly tally: AlertTally | null;
}

export function AlertsPage() {
  const said = useResource<Answer>('alerts', {}, { renewedBy: ['alert', 'board'], inWords: true });
  return (
    <article class="page alerts-page">
      <Shown of={said}>
        {({ alerts, tally }) => (
          <>
            {tally !== null && <Tally tally={tally} />}
            <AlertList alerts={alerts} onDone={said.reload} />
          </>
        )}
      </Shown>
    </article>
  );
}

/** How often people were called, against what was agreed; and what could not be sent. */
function Tally({ tally }: { readonly tally: AlertTally }) {
  return (
    <header>
      {tally.problems.map((line) => (
        <p key={line} class="warning" role="alert">
          {line}
        </p>
      ))}
      <p class="soft">
        {word('alerts.tally', {
          told: tally.told,
          low: figure(tally.per_asset_month.low, 2),
          high: figure(tally.per_asset_month.high, 2),
          budget: figure(tally.budget_per_asset_month, 2),
        })}
        {tally.held.length > 0 && ` ${word('alerts.held', { number: tally.held.length })}`}
      </p>
    </header>
  );
}

export function AlertList({
  alerts,
  onDone,
}: {
  readonly alerts: readonly AlertTold[];
  readonly onDone: () => void;
}) {
  const open = alerts.filter((one) => one.needs_acknowledgement);
  const others = alerts.filter((one) => !one.needs_acknowledgement);
  return (
    <>
      <h3>
        {word('alerts.open')} <span class="chip">{open.length}</span>
      </h3>
      {open.length === 0 && <Nothing told={word('alerts.none')} more={word('alerts.none.do')} />}
      <ol class="alerts">
        {open.map((one) => (
          <AlertLine key={one.alert_id} alert={one} onDone={onDone} />
        ))}
      </ol>
      {others.length > 0 && (
        <>
          <h3>{word('alerts.past')}</h3>
          <ol class="alerts">
            {others.map((one) => (
              <AlertLine key={one.alert_id} alert={one} onDone={onDone} />
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function AlertLine({ alert, onDone }: { readonly alert: AlertTold; readonly onDone: () => void }) {
  const [asked, setAsked] = useState(false);
  return (
    <li class={`alert${alert.needs_acknowledgement ? ' alert-open' : ''}`}>
      <p class="alert-what">
        <Mark attention={alert.attention} /> <strong>{alert.what}</strong>
      </p>
      <p class="soft">
        <span class="chip">{alert.state_text}</span>
        {alert.reality !== 'REAL' && <span class="chip chip-reality">{alert.reality}</span>}{' '}
        {word('alerts.updated', { moment: minuteText(alert.seen_utc) })}
      </p>
      <details onToggle={(event) => setAsked(event.currentTarget.open)}>
        <summary class="soft">{word('alerts.details')}</summary>
        {asked && <Details alertId={alert.alert_id} />}
      </details>
      <div class="alert-actions">
        <a class="button" href={linkTo('incident', alert.incident_id)}>
          {word('alerts.open_incident')}
          <span class="hidden"> {alert.incident_id}</span>
        </a>
        {alert.needs_acknowledgement && may('acknowledge') && (
          <Acknowledge alertId={alert.alert_id} onDone={onDone} />
        )}
      </div>
    </li>
  );
}

function Details({ alertId }: { readonly alertId: string }) {
  const said = useResource<AlertDetails>(
    `alerts/${encodeURIComponent(alertId)}`,
    {},
    { renewedBy: ['alert'], inWords: true },
  );
  return (
    <Shown of={said}>
      {(details) => (
        <>
          {details.body !== '' && <pre class="alert-body">{details.body}</pre>}
          <Lines title={word('incident.history')} lines={details.history} />
          <Lines title={word('alerts.messages')} lines={details.messages} />
        </>
      )}
    </Shown>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ol class="plain-lines">
        {lines.map((line, place) => (
          <li key={place}>{line}</li>
        ))}
      </ol>
    </>
  );
}

function Acknowledge({
  alertId,
  onDone,
}: {
  readonly alertId: string;
  readonly onDone: () => void;
}) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [sending, setSending] = useState(false);
  const acknowledge = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const note = new FormData(event.currentTarget as HTMLFormElement).get('note');
    setSending(true);
    try {
      await send('POST', `alerts/${encodeURIComponent(alertId)}/acknowledge`, { note });
      onDone();
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
      setSending(false);
    }
  };
  return (
    <form class="acknowledge" onSubmit={(event) => void acknowledge(event)}>
      <label>
        <span class="hidden">{word('alerts.acknowledge.note')}</span>
        <input name="note" maxLength={500} placeholder={word('alerts.acknowledge.note')} />
      </label>
      <button type="submit" class="button button-chief" disabled={sending}>
        {word('alerts.acknowledge')}
      </button>
      {problem !== null && <Failure problem={problem} />}
    </form>
  );
}
