/** Ask for the list of dossiers again for as long as one of them is being composed. */
import { useEffect } from 'preact/hooks';
import type { Resource } from '../api/resource.ts';
import type { DossierTold } from '../pieces/shapes.ts';

const AGAIN_MS = 2_000;

export interface DossierList {
  readonly dossiers: readonly DossierTold[];
}

export function useComposing(list: Resource<DossierList>): void {
  const working =
    list.state === 'there' && list.data.dossiers.some((one) => one.state === 'composing');
  useEffect(() => {
    if (!working) return undefined;
    const timer = setTimeout(list.reload, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [list]);
}
