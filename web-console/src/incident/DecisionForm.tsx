/** A person decides: a value, and why. Who and when the server adds. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { deciding } from '../account/may.ts';
import { ApiProblem, send } from '../api/client.ts';
import { Failure } from '../pieces/Shown.tsx';
import { isReviewed, keptWord, reviewed, reviewedKeys } from '../words/tables.ts';
import { word } from '../words/words.ts';

export type DecisionKind = 'factor' | 'gate' | 'explanation' | 'dissent';

/** What is decided about: a factor, a gate or an explanation by its key, or a view that differs. */
export interface Decidable {
  readonly kind: DecisionKind;
  readonly key: string;
  readonly subject: string;
}

interface Option {
  readonly value: string;
  readonly text: string;
}

/** The values that are understood; none where any words will do. */
export function optionsOf(about: Decidable): readonly Option[] {
  const unknown = { value: 'unknown', text: word('decide.unknown') };
  switch (about.kind) {
    case 'gate':
      return [
        { value: 'open', text: word('decide.open') },
        { value: 'closed', text: word('decide.closed') },
      ];
    case 'explanation':
      return [
        ...reviewedKeys('assess.wep.').map((key) => ({ value: keptWord(key), text: reviewed(key) })),
        unknown,
      ];
    case 'factor': {
      const anchors = reviewedKeys(`factor.${about.key}.`).filter(isReviewed);
      if (anchors.length === 0) return [];
      const told = anchors.map((key) => {
        const value = key.split('.').at(-1) ?? '';
        return { value, text: `${value} · ${reviewed(key)}` };
      });
      return [...told, unknown];
    }
    case 'dissent':
      return [];
  }
}

/** Keep a decision where those of the viewer are kept. */
async function sendDecision(incidentId: string, about: Decidable, value: string, because: string): Promise<void> {
  const { kind, key } = about;
  if (deciding() !== 'exercise') {
    await send('POST', `incidents/${encodeURIComponent(incidentId)}/decisions`, { kind, key, value, because });
    return;
  }
  const whole = because === '' ? value : `${value}: ${because}`;
  await send('POST', 'exercise/decisions', { incident_id: incidentId, kind, key, value: whole.slice(0, 2000) });
}

export function DecisionForm({
  incidentId,
  about,
  onDone,
}: {
  readonly incidentId: string;
  readonly about: Decidable;
  readonly onDone: (recorded: boolean) => void;
}) {
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('select, input, textarea')?.focus(), [about]);
  const options = optionsOf(about);

  const record = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const filled = new FormData(event.currentTarget as HTMLFormElement);
    setSending(true);
    try {
      await sendDecision(incidentId, about, String(filled.get('value')), String(filled.get('because')));
      onDone(true);
    } catch (cause) {
      setProblem(cause instanceof ApiProblem ? cause : new ApiProblem(0, {}));
      setSending(false);
    }
  };

  return (
    <form
      class="decision-form"
      ref={form}
      onSubmit={(event) => void record(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone(false);
      }}
      aria-label={word('decide.title', { subject: about.subject })}
    >
      <h4>{word('decide.title', { subject: about.subject })}</h4>
      <label>
        <span>{word(about.kind === 'dissent' ? 'decide.view' : 'decide.value')}</span>
        {options.length > 0 ? (
          <select name="value" required>
            <option value="" />
            {options.map((one) => (
              <option key={one.value} value={one.value}>
                {one.text}
              </option>
            ))}
          </select>
        ) : (
          <input name="value" required maxLength={2000} autocomplete="off" />
        )}
      </label>
      <label>
        <span>{word('decide.because')}</span>
        <textarea name="because" rows={3} maxLength={2000} required={about.kind !== 'dissent'} />
        <span class="soft">{word('decide.because.help')}</span>
      </label>
      {problem !== null && <Failure problem={problem} />}
      <p class="form-buttons">
        <button type="submit" class="button button-chief" disabled={sending}>
          {word('decide.save')}
        </button>
        <button type="button" class="button" onClick={() => onDone(false)}>
          {word('decide.cancel')}
        </button>
      </p>
    </form>
  );
}
