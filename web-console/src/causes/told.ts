/** What the server tells of candidate causes, as far as the page reads it; and what is asked. */

export type CauseStanding = 'unusual' | 'present' | 'absent' | 'not_judged';

export interface CauseLine {
  kind: string;
  standing: CauseStanding;
  standing_text: string;
  cause: string;
  what: string;
  chance: string;
  span: string;
  p_value: number | null;
  objects: number[];
}

export interface CauseObject {
  object: string;
  cause: string;
  range: string;
  speed: string;
  angle: string;
  at: string;
}

export interface CausesTold {
  norad_id: number;
  name: string;
  at_utc: string;
  as_of_utc: string;
  banner: string;
  reality_meaning: string;
  where: string;
  summary: string;
  rarest: string;
  note: string;
  not_looked_at: string;
  assumptions: string;
  lines: CauseLine[];
  objects: CauseObject[];
}

/** A part of the page for each standing, in the order of the lines; empty ones are left out. */
export function parted(lines: readonly CauseLine[]): ReadonlyMap<CauseStanding, CauseLine[]> {
  const parts = new Map<CauseStanding, CauseLine[]>();
  for (const line of lines) parts.set(line.standing, [...(parts.get(line.standing) ?? []), line]);
  return parts;
}

/** A moment as it is typed (UTC, `2026-11-27 05:58`) for the address; empty where it is none. */
export function momentOfField(field: string): string {
  const typed = field.trim().replace(/\s+/, 'T').replace(/Z$/i, '');
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(typed)) return '';
  const ms = Date.parse(`${typed}Z`);
  return Number.isNaN(ms) ? '' : `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** A moment as people type it: UTC, to the minute. */
export function fieldOfMoment(iso: string): string {
  const ms = Date.parse(iso);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

/** A place as it is typed for the address: `35.7,139.7`; as it stands where it is none. */
export function placeOfField(field: string): string {
  return field.trim().replaceAll('，', ',').replaceAll('、', ',').replace(/\s*,\s*|\s+/, ',');
}
