/** One quantity of an object over time. */
import { figure, minuteText } from '../pieces/moments.ts';
import { type Point, pathOf, rangeOf, thinned } from './series.ts';

const WIDTH = 360;
const HEIGHT = 70;

export function SeriesPlot({
  title,
  unit,
  points,
  least,
  digits,
}: {
  readonly title: string;
  readonly unit: string;
  readonly points: readonly Point[];
  /** The smallest range that is drawn over the whole height. */
  readonly least: number;
  readonly digits: number;
}) {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const range = rangeOf(points, least);
  const told = (value: number): string => `${figure(value, digits)}${unit}`;
  const days = [first, last].map((one) => minuteText(new Date(one.ms).toISOString()).slice(0, 10));
  const spoken = `${title}: ${days[0]} ${told(first.value)}, ${days[1]} ${told(last.value)}; ${told(range[0])} – ${told(range[1])}`;
  return (
    <figure class="series">
      <figcaption>
        {title} <b>{told(last.value)}</b>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={spoken} preserveAspectRatio="none">
        <path class="series-rule" d={`M0 .5H${WIDTH}M0 ${HEIGHT - 0.5}H${WIDTH}`} />
        <path class="series-line" d={pathOf(thinned(points, 600), range, WIDTH, HEIGHT)} />
      </svg>
      <p class="series-axis soft" aria-hidden="true">
        <span>{days[0]}</span>
        <span>
          {told(range[0])} – {told(range[1])}
        </span>
        <span>{days[1]}</span>
      </p>
    </figure>
  );
}
