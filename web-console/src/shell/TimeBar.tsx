/** Time: play, speed, the moment shown. Globe and timeline follow the same clock. */
import { useEffect } from 'preact/hooks';
import { word } from '../words/words.ts';
import {
  RATES, playing, rate, setRate, shownMs, stepRate, togglePlay, utcText,
} from './clock.ts';
import { onKey } from './keys.ts';
import { toPresent } from './present.ts';

/** A rate as people say it: `60×`, `−10×`. */
export function rateText(value: number): string {
  return `${value < 0 ? '−' : ''}${Math.abs(value)}×`;
}

/** The rates to choose from, with the one that an exercise goes at. */
function rates(): readonly number[] {
  return [...new Set([...RATES, rate.value])].sort((one, other) => one - other);
}

export function TimeBar() {
  useEffect(() => {
    const undo = [
      onKey(' ', togglePlay),
      onKey(',', () => stepRate(-1)),
      onKey('.', () => stepRate(1)),
      onKey('n', toPresent),
    ];
    return () => undo.forEach((one) => one());
  }, []);
  return (
    <div class="timebar">
      <button
        type="button"
        class="button timebar-play"
        aria-label={word(playing.value ? 'shell.pause' : 'shell.play')}
        onClick={togglePlay}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          {playing.value ? <path d="M3 2h4v12H3zM9 2h4v12H9z" /> : <path d="M3 1.5 14 8 3 14.5z" />}
        </svg>
      </button>
      <label class="timebar-rate">
        <span class="hidden">{word('shell.rate')}</span>
        <select
          value={rate.value}
          onChange={(event) => setRate(Number(event.currentTarget.value))}
        >
          {rates().map((value) => (
            <option key={value} value={value}>
              {rateText(value)}
            </option>
          ))}
        </select>
      </label>
      <Moment />
      <button type="button" class="button" onClick={toPresent}>
        {word('shell.now')}
      </button>
    </div>
  );
}

/** The moment alone: it changes four times a second, and nothing beside it does. */
function Moment() {
  const moment = shownMs.value;
  return (
    <time class="timebar-moment" dateTime={new Date(moment).toISOString()}>
      {utcText(moment)} <small>{word('shell.utc')}</small>
    </time>
  );
}
