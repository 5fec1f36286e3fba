/** Live updates by server-sent events: one connection for the page, taken up again when it breaks. */
import { signal } from '@preact/signals';
import { address } from './client.ts';

export type LiveState = 'connecting' | 'open' | 'lost';
export type LiveKind = 'board' | 'incident' | 'alert' | 'state' | 'exercise';

export interface LiveEvent {
  readonly kind: LiveKind;
  readonly id: string;
  readonly data: unknown;
}

const KINDS: readonly LiveKind[] = ['board', 'incident', 'alert', 'state', 'exercise'];
const LONGEST_WAIT_MS = 30_000;

export const liveState = signal<LiveState>('connecting');

/** How often something of a kind arrived: what depends on it reads this and asks again. */
export const renewals: Readonly<Record<LiveKind, { value: number }>> = {
  board: signal(0),
  incident: signal(0),
  alert: signal(0),
  state: signal(0),
  exercise: signal(0),
};

const listeners = new Set<(event: LiveEvent) => void>();

/** Be told of every event; returns how to stop. */
export function onLive(listener: (event: LiveEvent) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How long to wait before attempt `attempt` (from 0), in ms: doubling, at most half a minute. */
export function waitMs(attempt: number, chance: number): number {
  const longest = Math.min(1000 * 2 ** attempt, LONGEST_WAIT_MS);
  // Spread by chance, so that a restarted server is not asked by everybody at once.
  return longest * (0.5 + chance / 2);
}

/** Data of an event; text that is no JSON stays text. */
export function liveData(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Listen for as long as the page lives; returns how to stop. */
export function listenLive(): () => void {
  let source: EventSource | null = null;
  let attempt = 0;
  let lastId = '';
  let timer = 0;
  let stopped = false;

  const hear = (kind: LiveKind, message: MessageEvent<string>): void => {
    lastId = message.lastEventId || lastId;
    renewals[kind].value += 1;
    const event = { kind, id: lastId, data: liveData(message.data) };
    for (const listener of listeners) listener(event);
  };

  const connect = (): void => {
    // A new EventSource knows no last id of its own, so it travels in the address.
    source = new EventSource(address('live', { after: lastId }));
    source.onopen = () => {
      const wasLost = liveState.peek() === 'lost';
      attempt = 0;
      liveState.value = 'open';
      // What was missed may be older than what the server still keeps: ask for all again.
      if (wasLost) for (const kind of KINDS) renewals[kind].value += 1;
    };
    source.onerror = () => {
      liveState.value = 'lost';
      source?.close();
      if (stopped) return;
      timer = setTimeout(connect, waitMs(attempt, Math.random())) as unknown as number;
      attempt += 1;
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (message) => hear(kind, message as MessageEvent<string>));
    }
  };

  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
