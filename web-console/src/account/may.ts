/** What the viewer may do; the server decides again whatever is asked. */
import { exercise, me } from '../api/shared.ts';

/**
 * Where the viewer's decisions go: into the journal of the house, into the log of an exercise, or
 * nowhere. Decisions of a partner's cell do not stand in the journal.
 */
export function deciding(): 'journal' | 'exercise' | null {
  if (may('decide')) return 'journal';
  const played = exercise.value.data;
  if (played === null || played.is_over || played.is_director || played.my_cell === null) return null;
  return may('take_part') ? 'exercise' : null;
}

/** Whether the viewer has a permission, as in `decide`; nobody may anything before `GET me` answers. */
export function may(permission: string): boolean {
  const held = me.value.data?.permissions ?? [];
  return held.some((one) => one.replaceAll('-', '_') === permission);
}
