/** Names beside objects: one sheet of texts, and where they stand. */

export interface Sign {
  readonly row: number;
  readonly title: string;
  /** Second line; may be empty. */
  readonly more: string;
  /** A plate behind the text; without it the text stands in the sky. */
  readonly plate: boolean;
}

export const MOST_SIGNS = 12;
/** Room for one text, CSS pixels. */
export const SIGN_WIDTH = 240;
export const SIGN_HEIGHT = 38;
/** How far right of its object a text begins, and how far above it. */
export const BESIDE = 13;
export const ABOVE = 10;
const FONT = "'Inter', 'Segoe UI', 'Noto Sans', 'Noto Sans JP', system-ui, sans-serif";

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Write the texts below one another; `ratio` device pixels for each CSS pixel. */
export function writeSigns(pen: Pen, signs: readonly Sign[], ratio: number): void {
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, SIGN_WIDTH, SIGN_HEIGHT * MOST_SIGNS);
  signs.forEach((sign, k) => write(pen, sign, k * SIGN_HEIGHT));
}

/** Where each text stands (CSS pixels), none upon another; null where its object is not seen. */
export function signPlaces(
  signs: readonly Sign[],
  screenOf: (row: number) => readonly [number, number] | null,
): (readonly [number, number] | null)[] {
  const taken: (readonly [number, number])[] = [];
  return signs.map((sign) => {
    const at = screenOf(sign.row);
    if (at === null) return null;
    const x = Math.round(at[0]);
    const place = [x, free(x, Math.round(at[1]), taken)] as const;
    taken.push(place);
    return place;
  });
}

function write(pen: Pen, sign: Sign, top: number): void {
  pen.font = `600 12px ${FONT}`;
  const title = fitting(pen, sign.title);
  const titleWidth = pen.measureText(title).width;
  pen.font = `11px ${FONT}`;
  const more = fitting(pen, sign.more);
  const width = Math.max(titleWidth, pen.measureText(more).width);
  if (sign.plate) {
    pen.fillStyle = 'rgb(5 10 18 / 80%)';
    pen.fillRect(0, top, width + 16, more === '' ? 20 : 35);
    pen.fillStyle = '#8fe3d0';
    pen.fillRect(0, top, 2, more === '' ? 20 : 35);
  }
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  pen.strokeStyle = 'rgb(3 6 12 / 90%)';
  pen.font = `600 12px ${FONT}`;
  if (!sign.plate) pen.strokeText(title, 8, top + 14);
  pen.fillStyle = '#eef4fc';
  pen.fillText(title, 8, top + 14);
  pen.font = `11px ${FONT}`;
  pen.fillStyle = '#b9c8dc';
  pen.fillText(more, 8, top + 29);
}

function fitting(pen: Pen, text: string): string {
  let short = text;
  while (short.length > 1 && pen.measureText(short).width > SIGN_WIDTH - 20) short = `${short.slice(0, -2)}…`;
  return short;
}

/** The next place below where a sign covers none of those that are placed. */
function free(x: number, y: number, taken: readonly (readonly [number, number])[]): number {
  const covered = taken.find(([tx, ty]) => Math.abs(tx - x) < SIGN_WIDTH * 0.6 && Math.abs(ty - y) < SIGN_HEIGHT);
  return covered === undefined ? y : free(x, covered[1] + SIGN_HEIGHT, taken);
}
