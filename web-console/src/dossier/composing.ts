/** Ask for the list of dossiers again for as long as one of them is being composed. */
import { useEffect } from 'preact/hooks';
import type { Resource } from '../api/resource.ts';
import type { DossierTold } from '../pieces/shapes.ts';

const AGAIN_MS = 1_500;

export function isWorking(dossiers: readonly DossierTold[]): boolean {
  return dossiers.some((one) => one.state === 'waiting' || one.state === 'composing');
}

export function useComposing(list: Resource<{ dossiers: DossierTold[] }>): void {
  const working = list.state === 'there' && isWorking(list.data.dossiers);
  useEffect(() => {
    if (!working) return undefined;
    const timer = setTimeout(list.reload, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [list]);
}
