/** Show something from the server once it is there; until then, and where it fails, say so. */
import './pieces.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ApiProblem } from '../api/client.ts';
import type { Resource } from '../api/resource.ts';
import { Loading, Problem } from '../shell/States.tsx';
import { word } from '../words/words.ts';

const LONG_MS = 4_000;

/** Said at once; after some seconds also why it may take a while. */
export function PatientLoading() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Loading text={long ? 'state.loading.long' : 'shell.loading'} />;
}

/** A problem with advice where the server gives none: what a refusal means, what absence means. */
export function Failure({
  problem,
  reload,
}: {
  readonly problem: ApiProblem;
  readonly reload?: (() => void) | undefined;
}) {
  const told = advised(problem);
  return reload === undefined || problem.status === 403 ? (
    <Problem problem={told} />
  ) : (
    <Problem problem={told} retry={reload} />
  );
}

function advised(problem: ApiProblem): ApiProblem {
  const { status, where, expected } = problem;
  const problemText = status === 403 ? word('state.denied') : problem.message;
  const advice =
    status === 403 ? word('state.denied.do') : status === 404 ? word('state.not_found.do') : '';
  if (advice === '') return problem;
  return new ApiProblem(status, { problem: problemText, where, expected, do: advice });
}

/** Nothing to show, and what that means. */
export function Nothing({ told, more }: { readonly told: string; readonly more?: string }) {
  return (
    <div class="nothing">
      <p>{told}</p>
      {more !== undefined && <p class="soft">{more}</p>}
    </div>
  );
}

export function Shown<T>({
  of,
  children,
}: {
  readonly of: Resource<T>;
  readonly children: (data: T) => ComponentChildren;
}) {
  if (of.state === 'loading') return <PatientLoading />;
  if (of.state === 'problem') return <Failure problem={of.problem} reload={of.reload} />;
  return (
    <div class={of.stale ? 'is-stale' : ''} aria-busy={of.stale}>
      {children(of.data)}
    </div>
  );
}
