/** What the globe and its worker say to one another. */

export type ToWorker =
  | { readonly kind: 'open'; readonly url: string }
  /** The clock: `simMs` was shown at `wallMs`; from then on it goes with `rate`. */
  | { readonly kind: 'clock'; readonly simMs: number; readonly wallMs: number; readonly rate: number }
  | { readonly kind: 'orbits'; readonly ask: number; readonly rows: readonly number[]; readonly ms: number };

/** The words of the catalogue: columns of equal length; a row is an object. */
export interface Objects {
  readonly catalogueId: string;
  readonly noradId: readonly number[];
  readonly name: readonly string[];
  readonly kind: readonly string[];
  readonly owner: readonly string[];
  readonly regime: readonly string[];
}

export type FromWorker =
  | { readonly kind: 'objects'; readonly objects: Objects }
  | {
      readonly kind: 'states';
      readonly ms: number;
      readonly positions: Float32Array<ArrayBuffer>;
      readonly velocities: Float32Array<ArrayBuffer>;
      readonly placed: number;
    }
  | { readonly kind: 'orbits'; readonly ask: number; readonly paths: readonly Float32Array[] }
  | {
      readonly kind: 'problem';
      readonly status: number;
      readonly said: { problem?: string; where?: string; expected?: string; do?: string };
    };

/** A clock that windows and workers share, in Unix milliseconds; it never steps. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}
