/** Paints the globe plainly, away from the thread that the console lives on. */
import type { Frame } from '../painter.ts';
import { REST_MS } from './backdrop.ts';
import { type Easel, makeEasel } from './easel.ts';
import type { FromEasel, ToEasel } from './messages.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;
let easel: Easel | null = null;
let asked: Frame | null = null;
let finer: ReturnType<typeof setTimeout> | undefined;

/** Paint what was asked for, once for each picture that the screen shows. */
function paint(): void {
  if (easel === null || asked === null) return;
  const frame = asked;
  asked = null;
  const said: FromEasel = { objects: easel.paint(frame) };
  scope.postMessage(said);
  if (easel.isCoarse()) finer = setTimeout(() => easel?.paint(frame), REST_MS);
}

function hear(message: Exclude<ToEasel, { kind: 'canvas' }>, on: Easel): void {
  switch (message.kind) {
    case 'size':
      return on.setSize(message.width, message.height);
    case 'kinds':
      return on.setKinds(message.kinds);
    case 'states':
      return on.setStates(message.states);
    case 'marks':
      return on.setMarks(message.marked);
    case 'bright':
      return on.setBright(message.bright);
    case 'orbits':
      return on.setOrbits(message.orbits);
    case 'links':
      return on.setLinks(message.pairs);
    case 'signs':
      return on.setSigns(message.signs);
    case 'frame':
      clearTimeout(finer);
      asked = message.frame;
      scope.requestAnimationFrame(paint);
  }
}

scope.onmessage = ({ data }: MessageEvent<ToEasel>) => {
  if (data.kind === 'canvas') easel = makeEasel(data.canvas);
  else if (easel !== null) hear(data, easel);
};
