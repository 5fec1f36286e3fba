/** One thing from the server inside a component: loading, problem, or there. */
import { useEffect, useState } from 'preact/hooks';
import { language } from '../words/words.ts';
import { ApiProblem, address, get, type Parameters } from './client.ts';
import { type LiveKind, renewals } from './live.ts';

export type Resource<T> =
  | { readonly state: 'loading'; readonly reload: () => void }
  | { readonly state: 'problem'; readonly problem: ApiProblem; readonly reload: () => void }
  | { readonly state: 'there'; readonly data: T; readonly stale: boolean; readonly reload: () => void };

type Held<T> = { readonly key: string; readonly data?: T; readonly problem?: ApiProblem };

export interface ResourceOptions {
  /** Ask again when live events of these kinds arrive. */
  readonly renewedBy?: readonly LiveKind[];
  /** The answer holds words: send the language and ask again when it changes. */
  readonly inWords?: boolean;
}

/**
 * Get something by its path; a null path asks for nothing and stays loading.
 *
 * While it is asked again the old answer stays, marked `stale`; another path starts from nothing.
 */
export function useResource<T>(
  path: string | null,
  parameters: Parameters = {},
  options: ResourceOptions = {},
): Resource<T> {
  const spoken = options.inWords ? { ...parameters, language: language.value } : parameters;
  const key = path === null ? '' : address(path, spoken);
  const renewal = (options.renewedBy ?? []).reduce((sum, kind) => sum + renewals[kind].value, 0);
  const [again, setAgain] = useState(0);
  const [held, setHeld] = useState<Held<T>>({ key: '' });
  const [asking, setAsking] = useState(false);

  useEffect(() => {
    if (path === null) return undefined;
    const aborter = new AbortController();
    setAsking(true);
    get<T>(path, spoken, aborter.signal).then(
      (data) => {
        setHeld({ key, data });
        setAsking(false);
      },
      (cause: unknown) => {
        if (aborter.signal.aborted) return;
        const problem = cause instanceof ApiProblem ? cause : new ApiProblem(0, { problem: String(cause) });
        setHeld({ key, problem });
        setAsking(false);
      },
    );
    return () => aborter.abort();
    // The key holds path and parameters as text.
  }, [key, renewal, again]);

  const reload = (): void => setAgain(again + 1);
  if (held.key !== key || key === '') return { state: 'loading', reload };
  if (held.problem) return { state: 'problem', problem: held.problem, reload };
  if (held.data === undefined) return { state: 'loading', reload };
  return { state: 'there', data: held.data, stale: asking, reload };
}
