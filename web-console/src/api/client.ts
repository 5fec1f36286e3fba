/** Talking to the server under `/api/v1`: JSON in, JSON out, problems as `ApiProblem`. */

export const API = '/api/v1';

/** One mistake in something that was written, by its line. */
export interface Mistake {
  readonly line: number;
  readonly field: string;
  readonly problem: string;
}

/** What a refusal says. */
interface Said {
  readonly problem?: string;
  readonly where?: string;
  readonly expected?: string;
  readonly do?: string;
  readonly mistakes?: readonly Mistake[];
}

/** Why a call failed, in the words of the server; `status` 0 means that nothing answered. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly where: string;
  readonly expected: string;
  readonly remedy: string;
  /** What is wrong in something that was written; empty where nothing was. */
  readonly mistakes: readonly Mistake[];

  constructor(status: number, said: Said) {
    super(said.problem ?? '');
    this.name = 'ApiProblem';
    this.status = status;
    this.where = said.where ?? '';
    this.expected = said.expected ?? '';
    this.remedy = said.do ?? '';
    this.mistakes = said.mistakes ?? [];
  }
}

export type Parameters = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The address of a call; parameters without a value are left out. */
export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return `${API}/${path.replace(/^\//, '')}${text === '' ? '' : `?${text}`}`;
}

let csrfToken: string | null = null;

/** What `GET me` said; it goes with every call that changes something. */
export function useCsrfToken(token: string | null): void {
  csrfToken = token;
}

/** Read the body of a refusal; a server that speaks no JSON is quoted by its status alone. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const said: unknown = await response.json();
    if (typeof said === 'object' && said !== null) return new ApiProblem(response.status, said);
  } catch {
    // Not JSON: a proxy answered, or nothing did.
  }
  return new ApiProblem(response.status, { problem: `${response.status} ${response.statusText}` });
}

async function call(path: string, parameters: Parameters, options: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address(path, parameters), { credentials: 'same-origin', ...options });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiProblem(0, {});
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** GET something as JSON; what is still being made is asked for again until it is there. Throws `ApiProblem`. */
export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  const options: RequestInit = { headers: { Accept: 'application/json' } };
  for (;;) {
    const response = await call(path, parameters, signal ? { ...options, signal } : options);
    const said: unknown = await response.json();
    if (response.status !== 202) return said as T;
    await pause(retryMs(said), signal);
  }
}

/** How long to wait before what is still being made is asked for again, in ms. */
export function retryMs(said: unknown): number {
  const { retry_after_s: seconds } = said as { retry_after_s?: unknown };
  return Math.min(Math.max(typeof seconds === 'number' ? seconds : 2, 0.5), 15) * 1000;
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('', 'AbortError'));
    });
  });
}

/** POST or DELETE with a JSON body; null where the server answers without one. Throws `ApiProblem`. */
export async function send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T | null> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (csrfToken !== null) headers['X-CSRF-Token'] = csrfToken;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const options: RequestInit = { method, headers };
  if (body !== undefined) options.body = JSON.stringify(body);
  const response = await call(path, {}, options);
  const text = await response.text();
  return text === '' ? null : (JSON.parse(text) as T);
}
