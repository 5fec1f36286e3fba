/** The globe in its area: canvas, labels, legend, buttons. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { Empty, Loading, Problem } from '../shell/States.tsx';
import { word } from '../words/words.ts';
import { feedProblem, objects, startFeed, states } from './feed.ts';
import { Legend } from './Legend.tsx';
import { attach, type Attached } from './stage.ts';
import { openView } from './view.ts';
import { wishOf } from './ways.ts';

type Means = 'looking' | 'there' | 'none';

export function Globe() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [means, setMeans] = useState<Means>('looking');
  const [attached, setAttached] = useState<Attached | null>(null);

  useEffect(() => {
    startFeed();
    let gone = false;
    let made: Attached | null = null;
    const open = async (sky: HTMLCanvasElement): Promise<void> => {
      const view = await openView(sky, wishOf(location.search));
      if (gone) {
        view?.close();
        return;
      }
      setMeans(view === null ? 'none' : 'there');
      if (view === null) return;
      made = attach(view, sky);
      setAttached(made);
    };
    if (canvas.current !== null) void open(canvas.current);
    return () => {
      gone = true;
      made?.detach();
    };
  }, []);

  const count = objects.value?.noradId.length ?? 0;
  return (
    <div class="globe">
      <Legend view={attached?.view ?? null} count={count} />
      <div class="globe-sky">
      <canvas
        ref={canvas}
        tabIndex={0}
        role="img"
        aria-label={word('globe.label', { count: count.toLocaleString('en') })}
        hidden={means === 'none'}
      />
      <Overlay means={means} count={count} />
      </div>
    </div>
  );
}

function Overlay({ means, count }: { readonly means: Means; readonly count: number }) {
  const problem = feedProblem.value;
  if (means === 'none') {
    return (
      <div class="globe-over">
        <Empty>
          <strong>{word('globe.no_drawing')}</strong>
          <span>{word('globe.no_drawing_more')}</span>
        </Empty>
      </div>
    );
  }
  if (problem !== null && states.value === null) {
    return (
      <div class="globe-over">
        <Problem problem={problem} />
      </div>
    );
  }
  if (objects.value !== null && count === 0) {
    return <div class="globe-over"><Empty>{word('globe.none')}</Empty></div>;
  }
  if (means === 'looking' || states.value === null) {
    return <div class="globe-over"><Loading text="globe.loading" /></div>;
  }
  return null;
}
