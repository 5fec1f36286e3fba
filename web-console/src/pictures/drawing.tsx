/** What every picture is made of: the measured box, shapes, the table beside it. */
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attention } from '../api/types.ts';
import type { picturesEn } from '../words/pictures.en.ts';

export type PictureWord = keyof typeof picturesEn;

/** The words of a picture, filled; the same as `word` of the console. */
export type Say = (key: PictureWord, values?: Readonly<Record<string, string | number>>) => string;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size of an element, renewed when it changes. */
export function useSize<T extends Element>(): [RefObject<T | null>, Size] {
  const element = useRef<T>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const seen = element.current;
    if (seen === null) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      const box = entry?.contentRect;
      if (box) setSize({ width: Math.round(box.width), height: Math.round(box.height) });
    });
    watch.observe(seen);
    return () => watch.disconnect();
  }, []);
  return [element, size];
}

/** A box that tells its size to what is drawn in it. */
export function Measured({
  class: name,
  children,
}: {
  readonly class: string;
  readonly children: (size: Size) => ComponentChildren;
}) {
  const [box, size] = useSize<HTMLDivElement>();
  return (
    <div class={`picture-box ${name}`} ref={box}>
      {size.width > 40 && size.height > 40 && children(size)}
    </div>
  );
}

/** Paths of the shapes of attention, 10 px across, about the origin. */
export const SHAPES: Readonly<Record<Attention, string>> = {
  look_now: 'M0-6 6 0 0 6-6 0Z',
  watch: 'M0-5.5 5.5 4.5H-5.5Z',
  log: 'M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0',
};

export function AttentionShape({ attention, x, y }: { readonly attention: Attention; readonly x: number; readonly y: number }) {
  return <path class={`attention attention-${attention}`} d={SHAPES[attention]} transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`} />;
}

/** Text with a halo, so that it reads on lines. */
export function Label({
  x,
  y,
  anchor = 'start',
  class: name = '',
  children,
}: {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly class?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <text class={`picture-label ${name}`} x={x} y={y} text-anchor={anchor}>
      {children}
    </text>
  );
}

export interface TableColumn {
  readonly name: string;
  readonly cells: readonly string[];
}

/** The same numbers as a table, for those who do not see the picture. */
export function TableBeside({ say, caption, columns }: { readonly say: Say; readonly caption: string; readonly columns: readonly TableColumn[] }) {
  const rows = columns[0]?.cells.length ?? 0;
  const [open, setOpen] = useState(false);
  return (
    <details class="picture-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('pictures.table')}</summary>
      {open && (
        <div class="picture-table-scroll" tabindex={0} role="region" aria-label={caption}>
          <table>
            <caption>{caption}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.name} scope="col">
                    {column.name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {Array.from({ length: rows }, (_, row) => (
                <tr key={row}>
                  {columns.map((column) => (
                    <td key={column.name}>{column.cells[row]}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

/** One of a few choices, as buttons that stay down. */
export function Choice<T extends string | number>({
  label,
  value,
  options,
  choose,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly choose: (value: T) => void;
}) {
  return (
    <div class="choice" role="group" aria-label={label}>
      <span class="choice-label" aria-hidden="true">
        {label}
      </span>
      {options.map(([one, text]) => (
        <button key={one} type="button" class="choice-button" aria-pressed={one === value} onClick={() => choose(one)}>
          {text}
        </button>
      ))}
    </div>
  );
}

/** A path through points. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], k) => `${k === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}
