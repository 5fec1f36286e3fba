/** Draws the globe without a graphics card: a worker paints, this side tells it what. */
import type { Painted, Painter } from '../painter.ts';
import type { FromEasel, ToEasel } from './messages.ts';

/** Whether a browser lets a worker paint into a canvas. */
export function canPaintPlainly(canvas: HTMLCanvasElement): boolean {
  return (
    typeof canvas.transferControlToOffscreen === 'function' && new OffscreenCanvas(1, 1).getContext('2d') !== null
  );
}

/** Hand a canvas to a worker that paints into it. */
export function plainPainter(canvas: HTMLCanvasElement, painted: Painted): Painter {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const tell = (message: ToEasel, moved: Transferable[] = []): void => worker.postMessage(message, moved);
  const offscreen = canvas.transferControlToOffscreen();
  let busy = false;
  worker.onmessage = ({ data }: MessageEvent<FromEasel>) => {
    busy = false;
    painted(data.objects);
  };
  worker.onerror = (event) => {
    // What fails there is an error of the page, and the next picture is asked for all the same.
    busy = false;
    reportError(new Error(event.message));
  };
  tell({ kind: 'canvas', canvas: offscreen }, [offscreen]);
  return {
    way: 'plain',
    shortestMs: 1000 / 30,
    setObjects: (objects) => tell({ kind: 'kinds', kinds: objects.kind }),
    setStates: (states) => {
      const columns = states === null ? null : { positions: states.positions, velocities: states.velocities };
      tell({ kind: 'states', states: columns });
    },
    setMarks: (marked) => tell({ kind: 'marks', marked }),
    setBright: (bright) => tell({ kind: 'bright', bright }),
    setOrbits: (orbits) => tell({ kind: 'orbits', orbits }),
    setLinks: (pairs) => tell({ kind: 'links', pairs }),
    setSigns: (signs) => tell({ kind: 'signs', signs }),
    resize: (width, height) => tell({ kind: 'size', width, height }),
    ready: () => !busy,
    paint: (frame) => {
      busy = true;
      tell({ kind: 'frame', frame });
    },
    close: () => worker.terminate(),
  };
}
