/** The globe; its drawing code comes later than the frame, so that the board is there at once. */
import { Loading } from '../shell/States.tsx';

export function Globe() {
  return <Loading text="globe.loading" />;
}
