/** The script, for who directs: what happened with its truth, and what comes next. */
import type { ExerciseState } from '../api/types.ts';
import { figure, minuteText } from '../pieces/moments.ts';
import { Nothing } from '../pieces/Shown.tsx';
import { exerciseMs, sinceStartText, spanWords } from '../shell/exerciseClock.ts';
import { linkTo } from '../shell/router.ts';
import { reviewed } from '../words/tables.ts';
import { word } from '../words/words.ts';
import { objectText } from './answering.ts';
import { UNITS } from './injecting.ts';
import type { InjectTold, PartTold, ScriptTold, TruthTold } from './told.ts';

/** The kind of an inject in the words of the server's table. */
export function kindText(kind: string): string {
  return reviewed(`script.inject.kind.${kind.replaceAll('-', '_')}`);
}

export function Script({ script, state }: { readonly script: ScriptTold; readonly state: ExerciseState }) {
  const rows = [...script.injects].sort((one, other) => one.at_h - other.at_h);
  const next = rows.find((one) => one.state === 'coming');
  return (
    <section class="card" aria-labelledby="exercise-script">
      <h4 id="exercise-script">
        {word('exercise.script')}{' '}
        <span class="chip">
          {rows.filter((one) => one.state === 'happened').length}/{rows.length}
        </span>
      </h4>
      <p class="soft">{word('exercise.script.note')}</p>
      {rows.length === 0 && <Nothing told={word('exercise.script.none')} />}
      <ol class="script">
        {rows.map((one) => (
          <InjectLine key={one.id} inject={one} script={script} state={state} isNext={one === next} />
        ))}
      </ol>
    </section>
  );
}

function InjectLine({
  inject,
  script,
  state,
  isNext,
}: {
  readonly inject: InjectTold;
  readonly script: ScriptTold;
  readonly state: ExerciseState;
  readonly isNext: boolean;
}) {
  const parts = script.parts.filter((part) => inject.parts.includes(part.name));
  return (
    <li class={`inject inject-${inject.state}`} data-inject={inject.id}>
      <time dateTime={inject.at_utc} title={minuteText(inject.at_utc)}>
        {sinceStartText(inject.at_h)}
      </time>
      <div>
        <p>
          <b>{kindText(inject.kind)}</b> <code class="soft">{inject.id}</code>
          {inject.is_added && <span class="chip chip-live">{word('exercise.inject.live')}</span>}
          <span class="chip">
            {word(inject.state === 'coming' ? 'exercise.inject.coming' : 'exercise.inject.happened')}
          </span>
          {isNext && !state.is_over && <Until utc={inject.at_utc} />}
        </p>
        {inject.summary !== '' && <p class="inject-summary">{inject.summary}</p>}
        {parts.length > 0 && (
          <p class="soft">
            {parts.map((part, place) => (
              <span key={part.name}>
                {place > 0 && ' · '}
                <PartName part={part} />
              </span>
            ))}
          </p>
        )}
        {(inject.expected.length > 0 || inject.truth !== null) && (
          <details>
            <summary class="soft">{word('exercise.truth')}</summary>
            {inject.expected.map((one) => (
              <p key={one}>{word('exercise.expected', { text: one.replace(`${inject.id}: `, '') })}</p>
            ))}
            {inject.truth !== null && <Truth truth={inject.truth} />}
          </details>
        )}
      </div>
    </li>
  );
}

function PartName({ part }: { readonly part: PartTold }) {
  return (
    <>
      {part.name} ={' '}
      <a href={linkTo('object', String(part.norad_id))}>{objectText(String(part.norad_id))}</a>
    </>
  );
}

function Until({ utc }: { readonly utc: string }) {
  const left = Date.parse(utc) - (exerciseMs.value ?? 0);
  return <span class="until">{word('exercise.in', { span: spanWords(Math.max(0, left)) })}</span>;
}

function Truth({ truth }: { readonly truth: TruthTold }) {
  return (
    <dl class="facts">
      <Fact name={word('exercise.truth.objects')} value={truth.objects.map((one) => objectText(String(one))).join(', ')} />
      <Fact name={word('exercise.truth.happens')} value={`${minuteText(truth.from_utc)} – ${minuteText(truth.to_utc)}`} />
      <Fact name={word('exercise.truth.observable')} value={minuteText(truth.observable_utc)} />
      <Fact
        name={word('exercise.truth.public')}
        value={truth.public_utc === null ? word('exercise.truth.never') : minuteText(truth.public_utc)}
      />
      {Object.entries(truth.measures).map(([name, value]) => (
        <Fact key={name} name={measureText(name)} value={figure(value)} />
      ))}
    </dl>
  );
}

/** A measure by its name, as in `delta_v_m_s`, with its unit. */
function measureText(name: string): string {
  const end = UNITS.find(([one]) => name.endsWith(one));
  const plain = (end === undefined ? name : name.slice(0, -end[0].length)).replaceAll('_', ' ');
  return end === undefined ? plain : `${plain} [${end[1]}]`;
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
