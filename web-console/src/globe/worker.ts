/** Reads the catalogue and moves every object by SGP4, away from the thread that draws. */
import { type Catalogue, type Mover, moverOf, revolution, stateInto } from './elements.ts';
import { type FromWorker, type ToWorker, wallMs } from './messages.ts';
import { cadence } from './motion.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const ORBIT_POINTS = 241;
const RETRY_MS = 5_000;

let movers: (Mover | null)[] = [];
let clock = { simMs: Date.now(), wallMs: wallMs(), rate: 1 };
let timer: ReturnType<typeof setTimeout> | undefined;
let opened = '';
let shown = '';

function say(message: FromWorker, moved: Transferable[] = []): void {
  scope.postMessage(message, moved);
}

function nowMs(): number {
  return clock.simMs + (wallMs() - clock.wallMs) * clock.rate;
}

/** Compute and post the states in the middle of the coming stretch of time, then wait for the next. */
function post(): void {
  clearTimeout(timer);
  if (shown === '') return;
  const { everyMs, spanS } = cadence(clock.rate);
  const ms = nowMs() + (Math.sign(clock.rate) * spanS * 1000) / 2;
  const positions = new Float32Array(movers.length * 3);
  const velocities = new Float32Array(movers.length * 3);
  let placed = 0;
  movers.forEach((mover, row) => {
    if (stateInto(mover, ms, positions, velocities, row * 3)) placed += 1;
  });
  say({ kind: 'states', ms, positions, velocities, placed }, [positions.buffer, velocities.buffer]);
  if (Number.isFinite(everyMs)) timer = setTimeout(post, everyMs);
}

async function open(url: string): Promise<void> {
  opened = url;
  const response = await fetch(url, { headers: { Accept: 'application/json' } });
  if (!response.ok) {
    const said = await response.json().catch(() => ({ problem: String(response.status) }));
    say({ kind: 'problem', status: response.status, said });
    if (response.status >= 500) setTimeout(() => url === opened && void tryOpen(url), RETRY_MS);
    return;
  }
  const catalogue = (await response.json()) as Catalogue;
  if (response.status === 202) {
    // Still being made, as a moment of the past may be.
    setTimeout(() => url === opened && void tryOpen(url), RETRY_MS / 2);
    return;
  }
  // Another moment may have been asked for while this one was on its way; a new board need not
  // bring a new catalogue.
  if (url !== opened || catalogue.catalogue_id === shown) return;
  shown = catalogue.catalogue_id;
  const { catalogue_id: catalogueId, norad_id: noradId, name, kind, owner, regime } = catalogue;
  say({ kind: 'objects', objects: { catalogueId, noradId, name, kind, owner, regime } });
  const made: (Mover | null)[] = new Array(noradId.length).fill(null);
  movers = made;
  // A first view of every fourth object, then all: seeing something soon counts.
  for (const rows of [(row: number) => row % 4 === 0, (row: number) => row % 4 !== 0]) {
    made.forEach((_, row) => {
      if (rows(row)) made[row] = moverOf(catalogue, row);
    });
    post();
  }
}

async function tryOpen(url: string): Promise<void> {
  try {
    await open(url);
  } catch {
    say({ kind: 'problem', status: 0, said: {} });
    setTimeout(() => url === opened && void tryOpen(url), RETRY_MS);
  }
}

scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case 'open':
      void tryOpen(data.url);
      break;
    case 'clock':
      clock = data;
      post();
      break;
    case 'orbits': {
      const paths = data.rows.map((row) => {
        const mover = movers[row];
        return mover ? revolution(mover, data.ms, ORBIT_POINTS) : new Float32Array();
      });
      say({ kind: 'orbits', ask: data.ask, paths });
      break;
    }
  }
};
