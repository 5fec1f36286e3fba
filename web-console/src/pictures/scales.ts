/** Scales and ticks: numbers to places on a picture and back. Pure. */

/** A straight scale from a span of values to a span of pixels. */
export interface Scale {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

/** Place of a value. */
export function at(scale: Scale, value: number): number {
  const [a, b] = scale.from;
  const [p, q] = scale.to;
  return a === b ? (p + q) / 2 : p + ((value - a) / (b - a)) * (q - p);
}

/** Value at a place: the inverse of `at`. */
export function valueAt(scale: Scale, place: number): number {
  const [a, b] = scale.from;
  const [p, q] = scale.to;
  return p === q ? (a + b) / 2 : a + ((place - p) / (q - p)) * (b - a);
}

/** The smallest of 1, 2, 5 times a power of ten that is not below a value. */
export function niceAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const share = value / power;
  const step = share <= 1 + 1e-9 ? 1 : share <= 2 + 1e-9 ? 2 : share <= 5 + 1e-9 ? 5 : 10;
  return step * power;
}

/** The largest of 1, 2, 5 times a power of ten that is not above a value. */
export function niceBelow(value: number): number {
  const above = niceAbove(value);
  if (above <= value * (1 + 1e-9)) return above;
  const leading = Math.round(above / 10 ** Math.floor(Math.log10(above) + 1e-9));
  return Number((above / (leading === 5 ? 2.5 : 2)).toPrecision(12));
}

/** Round values inside a span, about `count` of them, none outside. */
export function ticks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return [];
  const step = niceAbove((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const found: number[] = [];
  for (let k = first; k <= last; k += 1) found.push(tidy(k * step, step));
  return found;
}

function tidy(value: number, step: number): number {
  const digits = Math.max(0, 1 - Math.floor(Math.log10(step)));
  return Number(value.toFixed(Math.min(digits, 12))) + 0;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS_MS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500,
  1_000, 2_000, 5_000, 10_000, 15_000, 30_000,
  MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE,
  HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR,
  DAY, 2 * DAY, 7 * DAY, 14 * DAY,
];

export interface TimeTick {
  readonly ms: number;
  readonly text: string;
  /** A day, month or year begins here. */
  readonly chief: boolean;
}

/** Round moments (UTC) inside a span of Unix milliseconds, at most about `count` of them. */
export function timeTicks(lowMs: number, highMs: number, count: number): TimeTick[] {
  const span = highMs - lowMs;
  if (!(span > 0) || count < 1) return [];
  const step = STEPS_MS.find((one) => span / one <= count);
  if (step === undefined) return monthTicks(lowMs, highMs, count);
  // Weeks begin on Mondays; 1970-01-05 was one.
  const origin = step >= 7 * DAY ? 4 * DAY : 0;
  const found: TimeTick[] = [];
  for (let ms = Math.ceil((lowMs - origin) / step) * step + origin; ms <= highMs; ms += step) {
    found.push({ ms, text: tickText(ms, step), chief: ms % DAY === 0 });
  }
  return found;
}

function monthTicks(lowMs: number, highMs: number, count: number): TimeTick[] {
  const months = (highMs - lowMs) / (30.44 * DAY);
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((one) => months / one <= count) ?? 240;
  const start = new Date(lowMs);
  const found: TimeTick[] = [];
  for (let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step; ; month += step) {
    const ms = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (ms > highMs) return found;
    if (ms < lowMs) continue;
    const iso = new Date(ms).toISOString();
    const january = month % 12 === 0;
    found.push({ ms, text: step >= 12 ? iso.slice(0, 4) : iso.slice(0, 7), chief: january });
  }
}

function tickText(ms: number, step: number): string {
  const iso = new Date(ms).toISOString();
  if (step >= DAY) return iso.slice(5, 10);
  if (ms % DAY === 0) return iso.slice(5, 10);
  if (step >= MINUTE) return iso.slice(11, 16);
  if (step >= 1_000) return iso.slice(11, 19);
  return `${iso.slice(17, 23)}s`;
}

/** `2026-11-27 05:58` of Unix milliseconds. */
export function momentText(ms: number): string {
  return Number.isFinite(ms) ? new Date(ms).toISOString().slice(0, 16).replace('T', ' ') : '–';
}

/** `18.10°W` of degrees east, any number of turns. */
export function longitudeText(degEast: number, digits = 0): string {
  const wrapped = wrap(degEast);
  const size = Math.abs(wrapped).toFixed(digits);
  if (Number(size) === 0) return `${size}°`;
  if (Number(size) === 180) return `${size}°`;
  return `${size}°${wrapped > 0 ? 'E' : 'W'}`;
}

/** Degrees in [-180, 180). */
export function wrap(deg: number): number {
  return ((((deg + 180) % 360) + 360) % 360) - 180;
}

/** A length in words that fit its size. */
export function lengthText(km: number): string {
  const size = Math.abs(km);
  if (size === 0) return '0 km';
  if (size < 0.9995) return `${Number((km * 1000).toPrecision(size < 0.01 ? 2 : 3))} m`;
  return `${Number(km.toPrecision(size < 9.995 ? 2 : 3)).toLocaleString('en-GB')} km`;
}

/** A span of lengths, `0–81 km`; open above where nothing bounds it. */
export function intervalText(low: number, high: number | null): string {
  if (high === null) return `≥ ${lengthText(low)}`;
  const [first, last] = [lengthText(low), lengthText(high)];
  const unit = last.slice(last.indexOf(' '));
  if (low === 0) return `0–${last}`;
  return first.endsWith(unit) ? `${first.slice(0, -unit.length)}–${last}` : `${first}–${last}`;
}

/** A span of time since or until now: `3.2 h`, `2 d`. */
export function spanText(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 120) return `${Math.round(seconds)} s`;
  if (size < 7200) return `${Math.round(seconds / 60)} min`;
  if (size < 172_800) return `${Number((seconds / 3600).toPrecision(2))} h`;
  return `${Number((seconds / 86_400).toPrecision(2))} d`;
}
