/** What the viewer may do; the server decides again whatever is asked. */
import { me } from '../api/shared.ts';

/** Whether the viewer has a permission, as in `decide`; nobody may anything before `GET me` answers. */
export function may(permission: string): boolean {
  const held = me.value.data?.permissions ?? [];
  return held.some((one) => one.replaceAll('-', '_') === permission);
}
