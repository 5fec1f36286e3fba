/** Mouse, fingers and keys on the globe. */
import type { View } from './view.ts';

export interface HandActions {
  /** Row under the pointer, or -1. */
  readonly hover: (row: number) => void;
  readonly choose: (row: number) => void;
}

const HOVER_MS = 70;
const CLICK_PX = 4;
const TURN_PX = 40;

export function handle(view: View, canvas: HTMLCanvasElement, actions: HandActions): () => void {
  const fingers = new Map<number, PointerEvent>();
  let gone = 0;
  let spread = 0;
  let hoverAt = 0;

  const place = (event: PointerEvent): readonly [number, number] => [event.offsetX, event.offsetY];
  const apart = (): number => {
    const [one, other] = [...fingers.values()];
    return one && other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 0;
  };

  const down = (event: PointerEvent): void => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, event);
    gone = 0;
    spread = apart();
  };
  const move = (event: PointerEvent): void => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) {
      hoverLater(event);
      return;
    }
    const dx = event.clientX - before.clientX;
    const dy = event.clientY - before.clientY;
    gone += Math.abs(dx) + Math.abs(dy);
    fingers.set(event.pointerId, event);
    if (fingers.size === 1) {
      view.turnBy(dx, dy);
      return;
    }
    const now = apart();
    if (spread > 0 && now > 0) view.zoomBy(spread / now);
    spread = now;
  };
  const up = (event: PointerEvent): void => {
    const alone = fingers.size === 1;
    fingers.delete(event.pointerId);
    if (!alone || gone > CLICK_PX || event.type !== 'pointerup') return;
    const row = view.pickAt(...place(event));
    if (row >= 0) actions.choose(row);
  };
  const hoverLater = (event: PointerEvent): void => {
    if (event.timeStamp - hoverAt < HOVER_MS) return;
    hoverAt = event.timeStamp;
    const row = view.pickAt(...place(event));
    canvas.style.cursor = row < 0 ? 'grab' : 'pointer';
    actions.hover(row);
  };
  const leave = (): void => actions.hover(-1);
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    view.zoomBy(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) * 0.0022));
  };
  const key = (event: KeyboardEvent): void => {
    const turns: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [TURN_PX, 0],
      ArrowRight: [-TURN_PX, 0],
      ArrowUp: [0, TURN_PX],
      ArrowDown: [0, -TURN_PX],
    };
    const turn = turns[event.key];
    if (turn !== undefined) view.turnBy(...turn);
    else if (event.key === '+' || event.key === '=') view.zoomBy(0.8);
    else if (event.key === '-') view.zoomBy(1.25);
    else return;
    event.preventDefault();
  };

  const heard = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: up, pointerleave: leave } as const;
  for (const [name, hear] of Object.entries(heard)) canvas.addEventListener(name, hear as EventListener);
  canvas.addEventListener('wheel', wheel, { passive: false });
  canvas.addEventListener('keydown', key);
  return () => {
    for (const [name, hear] of Object.entries(heard)) canvas.removeEventListener(name, hear as EventListener);
    canvas.removeEventListener('wheel', wheel);
    canvas.removeEventListener('keydown', key);
  };
}
