/** What colours and shapes mean, and the buttons of the eye. */
import { chosenObjects } from '../shell/chosen.ts';
import { word, type WordKey } from '../words/words.ts';
import { ASSET_COLOUR, ATTENTION_LOOK } from './marked.ts';
import { KINDS } from './looks.ts';
import { earthFixed, followed } from './stage.ts';
import type { View } from './view.ts';

const KIND_WORDS: Readonly<Record<string, WordKey>> = {
  payload: 'globe.payload',
  'rocket body': 'globe.rocket_body',
  debris: 'globe.debris',
  unknown: 'globe.unknown',
};

const OUTLINES: Readonly<Record<string, string>> = {
  diamond: 'M8 1 15 8 8 15 1 8Z',
  triangle: 'M8 2 15 14 1 14Z',
};

export function Legend({ view, count }: { readonly view: View | null; readonly count: number }) {
  return (
    <div class="globe-bar">
      <strong>{word('globe.objects', { count: count.toLocaleString('en') })}</strong>
      <ul aria-label={word('globe.legend')}>
        {Object.entries(KINDS).map(([kind, [colour]]) => (
          <li key={kind}>
            <svg viewBox="0 0 16 16" aria-hidden="true"><rect x="4" y="4" width="8" height="8" fill={colour} /></svg>
            {word(KIND_WORDS[kind] ?? 'globe.unknown')}
          </li>
        ))}
        {(['look_now', 'watch'] as const).map((level) => (
          <li key={level}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d={OUTLINES[ATTENTION_LOOK[level][0]]} fill={ATTENTION_LOOK[level][1]} />
            </svg>
            {word(`globe.${level}`)}
          </li>
        ))}
        <li>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="5" fill="none" stroke={ASSET_COLOUR} stroke-width="2" />
          </svg>
          {word('globe.asset')}
        </li>
      </ul>
      {view !== null && <Buttons view={view} />}
    </div>
  );
}

function Buttons({ view }: { readonly view: View }) {
  const first = chosenObjects.value[0];
  const home = (wide: boolean): void => {
    followed.value = null;
    view.home(wide);
  };
  return (
    <div class="globe-buttons">
      {first !== undefined && (
        <button
          type="button"
          class="button"
          aria-pressed={followed.value === first}
          onClick={() => {
            followed.value = followed.value === first ? null : first;
          }}
        >
          {word(followed.value === first ? 'globe.unfollow' : 'globe.follow')}
        </button>
      )}
      <button type="button" class="button" onClick={() => home(false)}>
        {word('globe.home')}
      </button>
      <button type="button" class="button" onClick={() => home(true)}>
        {word('globe.belt')}
      </button>
      <button
        type="button"
        class="button"
        aria-pressed={earthFixed.value}
        onClick={() => {
          earthFixed.value = !earthFixed.value;
        }}
      >
        {word('globe.frame_earth')}
      </button>
    </div>
  );
}
