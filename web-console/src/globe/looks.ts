/** Colours, shapes and sizes on the globe; free of three.js, so that the legend can read them at once. */

/** Colour and size (CSS pixels) of a kind; none of them is a colour of severity. */
export const KINDS: Readonly<Record<string, readonly [colour: string, size: number]>> = {
  payload: ['#7ea9e0', 2.2],
  'rocket body': ['#b49ddb', 2.2],
  debris: ['#66748a', 1.5],
  unknown: ['#8a8f98', 1.5],
};

/** A shape of the mark shader. */
export const SHAPE = { diamond: 0, triangle: 1, disc: 2, ring: 3, reticle: 4 } as const;

export interface Marked {
  readonly row: number;
  readonly shape: (typeof SHAPE)[keyof typeof SHAPE];
  readonly colour: string;
  /** CSS pixels across. */
  readonly size: number;
}
