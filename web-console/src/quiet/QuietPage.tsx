/** What could have been seen and what could not: what makes silence mean something. */
import { board as sharedBoard } from '../api/shared.ts';
import { address } from '../api/client.ts';
import { figure, minuteText } from '../pieces/moments.ts';
import { Failure, PatientLoading } from '../pieces/Shown.tsx';
import type { Board } from '../pieces/shapes.ts';
import { linkTo, route } from '../shell/router.ts';
import { reviewed } from '../words/tables.ts';
import { language, word, type WordKey } from '../words/words.ts';
import './quiet.css';

export function QuietPage() {
  const { data, problem } = sharedBoard.value;
  if (data === null) return problem === null ? <PatientLoading /> : <Failure problem={problem} />;
  return <QuietReport board={data as unknown as Board} />;
}

/** The report on one board. */
export function QuietReport({ board }: { readonly board: Board }) {
  const { coverage } = board;
  const page = address('quiet', { language: language.value, as_known_at: route.value.asKnownAt });
  return (
    <article class="page quiet-page">
      <header>
        <p class="quiet-lead">{board.summary[0]}</p>
        <p>
          {board.summary.slice(1).join(' ')} {word('quiet.lead')}
        </p>
        <p class="soft">
          {word('board.as_of', { moment: minuteText(board.as_of_utc) })} ·{' '}
          <a href={page} target="_blank" rel="noopener">
            {word('quiet.page')}
          </a>
        </p>
        {board.failures.map((line) => (
          <p key={line} class="warning" role="alert">
            {line}
          </p>
        ))}
      </header>
      <section>
        <h3>{word('quiet.blind_spots')}</h3>
        <ul>
          {board.blind_spots.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{word('quiet.coverage')}</h3>
        <dl class="facts">
          <Number name="quiet.objects" value={coverage.objects} />
          <Number name="quiet.left_out" value={coverage.left_out} />
          <Number name="quiet.not_propagated" value={coverage.not_propagated} />
          <Number name="quiet.old" value={coverage.older_than_five_days} />
          <Number name="quiet.element_sets" value={coverage.element_sets} />
          <Days name="quiet.median" value={coverage.element_age_days_median} />
          <Days name="quiet.p90" value={coverage.element_age_days_p90} />
        </dl>
        <Ages histogram={coverage.element_age_histogram} />
      </section>
      <Assets board={board} />
      <Rates board={board} />
      <Detectors board={board} />
    </article>
  );
}

function Number({ name, value }: { readonly name: WordKey; readonly value: number }) {
  return (
    <div>
      <dt>{word(name)}</dt>
      <dd>{value.toLocaleString('en-GB')}</dd>
    </div>
  );
}

function Days({ name, value }: { readonly name: WordKey; readonly value: number | null }) {
  return (
    <div>
      <dt>{word(name)}</dt>
      <dd>{value === null ? '–' : word('object.age_days', { number: figure(value, 2) })}</dd>
    </div>
  );
}

/** How old elements are: a bar for each bin, also as text. */
function Ages({ histogram }: { readonly histogram: readonly [number, number, number][] }) {
  const most = Math.max(...histogram.map(([, , count]) => count), 1);
  return (
    <figure class="ages">
      <figcaption>{word('quiet.ages')}</figcaption>
      <ul>
        {histogram.map(([low, high, count]) => (
          <li key={low}>
            <span class="hidden">
              {word('quiet.ages.spoken', { number: count, low, high: figure(high, 2) })}
            </span>
            <span class="ages-count" aria-hidden="true">
              {count === 0 ? '' : count.toLocaleString('en-GB')}
            </span>
            <span class="ages-bar" aria-hidden="true" style={{ height: `${(count / most) * 100}%` }} />
            <span class="ages-low" aria-hidden="true">
              {low}
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** Whether an asset is seen badly or not at all: five days is what coverage counts as old. */
function isOld(ageDays: number | null): boolean {
  return ageDays === null || ageDays > 5;
}

function Assets({ board }: { readonly board: Board }) {
  return (
    <section>
      <h3>{word('quiet.assets')}</h3>
      <div class="scroll" tabIndex={0} role="region" aria-label={word('quiet.assets')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{word('quiet.asset')}</th>
              <th scope="col">{word('quiet.age')}</th>
              <th scope="col">{word('quiet.sigma')}</th>
            </tr>
          </thead>
          <tbody>
            {board.coverage.assets.map((asset) => (
              <tr key={asset.norad_id}>
                <th scope="row">
                  <a href={linkTo('object', String(asset.norad_id))}>
                    {board.names[String(asset.norad_id)] || asset.norad_id}
                  </a>
                </th>
                <td class={isOld(asset.element_age_days) ? 'warning' : undefined}>
                  {asset.element_age_days === null
                    ? word('quiet.no_elements')
                    : word('object.age_days', { number: figure(asset.element_age_days, 2) })}
                </td>
                <td>
                  {asset.along_track_sigma_km !== null &&
                    `${figure(asset.along_track_sigma_km, 2)} km`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Rates({ board }: { readonly board: Board }) {
  return (
    <section>
      <h3>{word('quiet.rates')}</h3>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{word('quiet.attention')}</th>
              <th scope="col">{word('quiet.incidents')}</th>
              <th scope="col">{word('quiet.rate')}</th>
            </tr>
          </thead>
          <tbody>
            {[...board.rates].reverse().map((rate) => (
              <tr key={rate.attention}>
                <th scope="row">
                  {reviewed(`attention.${rate.attention === 'look_now' ? 'look' : rate.attention}`)}
                </th>
                <td>{rate.incidents}</td>
                <td>
                  {word('quiet.rate.interval', {
                    low: figure(rate.per_asset_month.low, 2),
                    high: figure(rate.per_asset_month.high, 2),
                  })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Detectors({ board }: { readonly board: Board }) {
  return (
    <section>
      <h3>{word('quiet.detectors')}</h3>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{word('quiet.detector')}</th>
              <th scope="col">{word('quiet.findings')}</th>
              <th scope="col">{word('incident.state')}</th>
            </tr>
          </thead>
          <tbody>
            {board.runs.map((run) => (
              <tr key={run.detector}>
                <th scope="row">{run.detector}</th>
                <td>{run.findings}</td>
                <td class={run.problem === '' ? 'soft' : 'warning'}>
                  {run.problem === ''
                    ? word('quiet.worked')
                    : word(run.is_asked ? 'quiet.failed' : 'quiet.not_asked', {
                        problem: run.problem,
                      })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
