/** The three states that every panel must be able to show: loading, problem, nothing. */
import { Component, type ComponentChildren } from 'preact';
import { ApiProblem } from '../api/client.ts';
import { word, type WordKey } from '../words/words.ts';

export function Loading({ text = 'shell.loading' }: { readonly text?: WordKey }) {
  return (
    <div class="state" role="status">
      <span class="state-pulse" aria-hidden="true" />
      <span>{word(text)}</span>
    </div>
  );
}

export function Empty({ children }: { readonly children?: ComponentChildren }) {
  return <div class="state state-empty">{children ?? word('shell.empty')}</div>;
}

/** A problem in the server's words: what, where, what was expected, what to do. */
export function Problem({ problem, retry }: { readonly problem: ApiProblem; readonly retry?: () => void }) {
  const silent = problem.status === 0 && problem.message === '';
  return (
    <div class="state state-problem" role="alert">
      <strong>{silent ? word('shell.no_answer') : problem.message || word('shell.problem')}</strong>
      <dl>
        <Line name="shell.problem_where" text={problem.where} />
        <Line name="shell.problem_expected" text={problem.expected} />
        <Line name="shell.problem_do" text={silent ? word('shell.no_answer_do') : problem.remedy} />
      </dl>
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {word('shell.retry')}
        </button>
      )}
    </div>
  );
}

function Line({ name, text }: { readonly name: WordKey; readonly text: string }) {
  if (text === '') return null;
  return (
    <>
      <dt>{word(name)}</dt>
      <dd>{text}</dd>
    </>
  );
}

interface Caught {
  readonly message: string | null;
}

/** Keeps a panel that fails from taking the others with it. */
export class Guard extends Component<{ readonly children?: ComponentChildren }, Caught> {
  override state: Caught = { message: null };

  static override getDerivedStateFromError(cause: unknown): Caught {
    return { message: cause instanceof Error ? cause.message : String(cause) };
  }

  override render() {
    if (this.state.message === null) return <>{this.props.children}</>;
    const problem = new ApiProblem(-1, { problem: word('shell.problem'), where: this.state.message });
    return <Problem problem={problem} retry={() => this.setState({ message: null })} />;
  }
}
