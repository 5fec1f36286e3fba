/** What the white cell has before it: clock, script, questions, injects, log, score. */
import { useRef } from 'preact/hooks';
import { useResource } from '../api/resource.ts';
import type { ExerciseState } from '../api/types.ts';
import { Shown } from '../pieces/Shown.tsx';
import { go, route } from '../shell/router.ts';
import { word, type WordKey } from '../words/words.ts';
import { ActLog } from './Acts.tsx';
import { ClockControls } from './ClockControls.tsx';
import { Deck } from './Deck.tsx';
import { InjectNow } from './InjectNow.tsx';
import { Judging } from './Judging.tsx';
import { Messages } from './Messages.tsx';
import { ScorePart } from './ScorePart.tsx';
import { Script } from './Script.tsx';
import { Story } from './Story.tsx';
import type { ScriptTold } from './told.ts';

const TABS = ['questions', 'inject', 'log', 'score'] as const;
type Tab = (typeof TABS)[number];
const TITLES: Readonly<Record<Tab, WordKey>> = {
  questions: 'exercise.questions',
  inject: 'exercise.inject',
  log: 'exercise.messages_and_log',
  score: 'exercise.score',
};

function shownTab(): Tab {
  const asked = route.value.more['tab'];
  return TABS.find((tab) => tab === asked) ?? 'questions';
}

export function DirectorPage({ state }: { readonly state: ExerciseState }) {
  const script = useResource<ScriptTold>('exercise/script', {}, { renewedBy: ['exercise'], inWords: true });
  const white = state.cells.find((cell) => cell.is_white);
  const told = script.state === 'there' ? script.data : null;
  const tab = shownTab();
  return (
    <article class="exercise-page exercise-director">
      <Deck state={state} who={word('exercise.directs', { name: white?.name ?? '' })}>
        <ClockControls state={state} script={told} />
      </Deck>
      <div class="exercise-columns">
        <div>
          <Shown of={script}>
            {(data) => (
              <>
                <Script script={data} state={state} />
                <Story state={state} objectives={data.objectives} />
              </>
            )}
          </Shown>
        </div>
        <div>
          <Tabs shown={tab} />
          <div role="tabpanel" id={`exercise-panel-${tab}`} aria-labelledby={`exercise-tab-${tab}`}>
            {tab === 'questions' && <Judging state={state} script={told} />}
            {tab === 'inject' && <InjectNow state={state} script={told} onDone={script.reload} />}
            {tab === 'log' && (
              <>
                <Messages state={state} />
                <ActLog state={state} />
              </>
            )}
            {tab === 'score' && <ScorePart state={state} />}
          </div>
        </div>
      </div>
    </article>
  );
}

function Tabs({ shown }: { readonly shown: Tab }) {
  const list = useRef<HTMLDivElement>(null);
  const choose = (tab: Tab | undefined): void => {
    if (tab !== undefined) go({ more: { ...route.peek().more, tab } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const place = (TABS.indexOf(shown) + step + TABS.length) % TABS.length;
    choose(TABS[place]);
    (list.current?.children[place] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class="tabs" role="tablist" ref={list} aria-label={word('exercise.white_cell')} onKeyDown={onKeyDown}>
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`exercise-tab-${tab}`}
          aria-selected={tab === shown}
          aria-controls={tab === shown ? `exercise-panel-${tab}` : undefined}
          tabIndex={tab === shown ? 0 : -1}
          onClick={() => choose(tab)}
        >
          {word(TITLES[tab])}
        </button>
      ))}
    </div>
  );
}
