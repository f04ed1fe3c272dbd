import type { BodyOf, ParamsOf, Problem, QueryOf, ResponseOf, RouteName } from '@parley/api';
import { withoutCode } from './without-code.ts';

/** What a route takes; what it does not take is not there. */
export type Asked<Name extends RouteName> = Given<'params', ParamsOf<Name>> &
  Given<'query', QueryOf<Name>> &
  Given<'body', BodyOf<Name>>;

type Given<Part extends string, Value> = Value extends undefined
  ? { readonly [Key in Part]?: undefined }
  : Record<string, never> extends Value
    ? { readonly [Key in Part]?: Value }
    : { readonly [Key in Part]: Value };

/** What the API answers with when something went wrong. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** One of docs/errors.md. */
  readonly code: string;

  constructor(status: number, { error: { code, message } }: Problem) {
    super(withoutCode(message));
    this.status = status;
    this.code = code;
  }
}

const UNREACHABLE: Problem = {
  error: { code: 'unreachable', message: 'The server does not answer. Is it running, and are you online?' },
};

/** Where the API is: beside the console, whatever both are under. */
const root = new URL('../api/v1/', document.baseURI);

/** The address of a route, for links and event streams. */
export function urlOf<Name extends RouteName>(name: Name, { params, query }: Asked<Name>): string {
  const [, path = ''] = name.split(' ');
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) =>
    encodeURIComponent(String((params as Readonly<Record<string, unknown>> | undefined)?.[key])),
  );
  const url = new URL(`.${filled}`, root);
  for (const [key, value] of Object.entries((query ?? {}) as Readonly<Record<string, unknown>>)) {
    if (value !== undefined && value !== '') url.searchParams.set(key, String(value));
  }
  return url.href;
}

/** Asks the API. Throws an {@link ApiError} when it does not answer with what was asked for. */
export async function call<Name extends RouteName>(
  name: Name,
  asked: Asked<Name>,
  signal?: AbortSignal,
): Promise<ResponseOf<Name>> {
  const [method = 'GET'] = name.split(' ');
  const response = await fetch(urlOf(name, asked), {
    method,
    // Says that the request comes from our own page: forms of other sites can not set it.
    headers: { 'x-parley': 'console', ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError(0, UNREACHABLE);
  });
  if (response.ok) return response.json() as Promise<ResponseOf<Name>>;
  throw new ApiError(response.status, await problemOf(response));
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return { error: { code: String(response.status), message: `The server answered with ${response.status}.` } };
  }
}
