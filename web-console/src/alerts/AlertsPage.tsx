/** Alerts: what people were told, who took note of it, and what could not be sent. */
import { useState } from 'preact/hooks';
import { may } from '../account/may.ts';
import { ApiProblem, send } from '../api/client.ts';
import { useResource } from '../api/resource.ts';
import { Mark } from '../pieces/Mark.tsx';
import { minuteText } from '../pieces/moments.ts';
import { Failure, Nothing, Shown } from '../pieces/Shown.tsx';
import type { AlertTold } from '../pieces/shapes.ts';
import { linkTo } from '../shell/router.ts';
import { word } from '../words/words.ts';
import './alerts.css';

export function AlertsPage() {
  const said = useResource<{ alerts: AlertTold[] }>(
    'alerts',
    {},
    { renewedBy: ['alert'], inWords: true },
  );
  return (
    <article class="page alerts-page">
      <Shown of={said}>{({ alerts }) => <AlertList alerts={alerts} onDone={said.reload} />}</Shown>
    </article>
  );
}

export function AlertList({
  alerts,
  onDone,
}: {
  readonly alerts: readonly AlertTold[];
  readonly onDone: () => void;
}) {
  const open = alerts.filter((one) => one.state === 'open');
  const others = alerts.filter((one) => one.state !== 'open');
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
  const unsent = alert.sendings.filter((one) => one.problem !== '');
  return (
    <li class={`alert alert-${alert.state}`}>
      <p class="alert-what">
        <Mark attention={alert.attention} /> <span class="hidden">{alert.attention_text}: </span>
        <strong>{alert.first_line}</strong>
      </p>
      <p class="soft">
        <span class="chip">{alert.state_text}</span>
        {alert.reality !== 'REAL' && <span class="chip chip-reality">{alert.reality}</span>}
        {alert.escalated > 0 && <span class="chip">{word('alerts.escalated')}</span>}{' '}
        {word('alerts.raised', { moment: minuteText(alert.made_utc) })} ·{' '}
        {word('alerts.updated', { moment: minuteText(alert.seen_utc) })} ·{' '}
        {word('alerts.rule', { rule: alert.rule })}
      </p>
      {alert.held_because !== '' && <p class="soft">{alert.held_because}</p>}
      {alert.acknowledged_utc !== null && (
        <p class="soft">
          {word('alerts.acknowledged', {
            name: alert.acknowledged_by,
            moment: minuteText(alert.acknowledged_utc),
          })}
          {alert.note !== '' && ` — ${alert.note}`}
        </p>
      )}
      {unsent.map((one) => (
        <p key={one.channel} class="warning">
          {word('alerts.unsent', one)}
        </p>
      ))}
      <div class="alert-actions">
        <a class="button" href={linkTo('incident', alert.incident_id)}>
          {word('alerts.open_incident')}
          <span class="hidden"> {alert.incident_id}</span>
        </a>
        {alert.state === 'open' && may('acknowledge') && (
          <Acknowledge alertId={alert.alert_id} onDone={onDone} />
        )}
      </div>
    </li>
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
