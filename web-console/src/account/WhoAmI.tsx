/** Who looks, in which role, what that shows and allows. */
import { me } from '../api/shared.ts';
import { Failure, PatientLoading } from '../pieces/Shown.tsx';
import { word, type WordKey } from '../words/words.ts';

const ROLES: readonly string[] = [
  'viewer',
  'analyst',
  'decider',
  'exercise_director',
  'administrator',
];

const PERMISSIONS: readonly string[] = [
  'see',
  'ask',
  'download',
  'see_records',
  'measure',
  'take_part',
  'compose',
  'ingest',
  'acknowledge',
  'release',
  'decide',
  'direct_exercises',
  'read_audit',
  'administer',
];

/** A code of the server as a key of our words; codes we have no word for are shown as they are. */
function told(start: 'account.role' | 'account.permission', code: string): string {
  const plain = code.replaceAll('-', '_');
  const known = start === 'account.role' ? ROLES : PERMISSIONS;
  return known.includes(plain) ? word(`${start}.${plain}` as WordKey) : code;
}

export function WhoAmI() {
  const { data, problem } = me.value;
  if (data === null) return problem === null ? <PatientLoading /> : <Failure problem={problem} />;
  const { partner, limit } = data.audience;
  const most = typeof limit === 'string' ? limit : '';
  const sees =
    partner !== null
      ? word('account.sees.partner', { partner, limit: most })
      : most !== ''
        ? word('account.sees.limit', { limit: most })
        : word('account.sees.house');
  return (
    <article class="page">
      <h3>{data.name}</h3>
      <dl class="facts">
        <div>
          <dt>{word('account.role')}</dt>
          <dd>{told('account.role', data.role)}</dd>
        </div>
        <div>
          <dt>{word('account.sees')}</dt>
          <dd>{sees}</dd>
        </div>
      </dl>
      {data.is_local && <p class="soft">{word('account.local')}</p>}
      <h4>{word('account.may')}</h4>
      <ul>
        {data.permissions.map((one) => (
          <li key={one}>{told('account.permission', one)}</li>
        ))}
      </ul>
    </article>
  );
}
