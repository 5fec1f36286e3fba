/** Signing in, shown where the server asks who is there. */
import { useEffect, useState } from 'preact/hooks';
import { API, ApiProblem, get, send } from '../api/client.ts';
import { askedAgain } from '../api/shared.ts';
import { word } from '../words/words.ts';

export function SignIn() {
  const [refused, setRefused] = useState('');
  const [ways, setWays] = useState<readonly string[]>([]);
  useEffect(() => {
    get<{ ways: readonly string[] }>('session').then((said) => setWays(said.ways), () => undefined);
  }, []);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    try {
      await send('POST', 'session', { name: form.get('name'), password: form.get('password') });
      setRefused('');
      askedAgain.value += 1;
    } catch (cause) {
      const said = cause instanceof ApiProblem ? cause.message : String(cause);
      setRefused(said || word('shell.no_answer'));
    }
  };
  return (
    <main class="signin">
      <form onSubmit={(event) => void submit(event)}>
        <h1>{word('shell.name')}</h1>
        <label>
          <span>{word('signin.name')}</span>
          <input name="name" autocomplete="username" required />
        </label>
        <label>
          <span>{word('signin.password')}</span>
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        {refused !== '' && <p role="alert">{refused}</p>}
        <button class="button button-chief">{word('signin.go')}</button>
        {ways.includes('oidc') && <a href={`${API}/session/oidc`}>{word('signin.oidc')}</a>}
      </form>
    </main>
  );
}
