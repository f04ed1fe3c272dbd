import { type Clock, isLoopback, ParleyError, parseOptions, systemClock } from '@parley/core';
import * as z from 'zod';

/** What a model is asked about: a text, or a text and what is known besides, as plain JSON. */
export type Question = string | { readonly text: string; readonly known?: Readonly<Record<string, unknown>> };

/** Where a model is, and how it is asked. All times in milliseconds. */
export interface EndpointOptions {
  /** What is before `/chat/completions`: `https://api.example.com/v1`. Without TLS only on this computer, unless `plainHttp`. */
  readonly url: string;
  /** The model, as the endpoint names it. */
  readonly model: string;
  /** Default: the environment variable `PARLEY_MODEL_KEY`; without one no key is sent. */
  readonly apiKey?: string;
  /** Lets texts go over a network without TLS. Default `false`. */
  readonly plainHttp?: boolean;
  /** How long an answer may take, further attempts included. Default 15,000. */
  readonly timeout?: number;
  /** How often to ask, at most, where the endpoint is busy or fails. Default 3. */
  readonly attempts?: number;
  /** How many are asked at the same time by one process. Default 10. */
  readonly atOnce?: number;
  /** The longest text that is sent, in characters. Default 2,000: more than a text message has. */
  readonly longestText?: number;
  /** The longest answer, in tokens. Default 500. */
  readonly maxTokens?: number;
  /**
   * How the endpoint is told of the schema. `json_schema` (default): as its format; `json_object`: in words, with JSON as the format;
   * `prompt`: in words only.
   */
  readonly format?: 'json_schema' | 'json_object' | 'prompt';
  /** Called with what went wrong, also where a fallback answers: to count, to log by its code. It never holds a text or the key. */
  readonly onFailure?: (error: ParleyError) => void;
  /** What time is measured by. Default: the computer's. */
  readonly clock?: Clock;
}

/** The same with the defaults, checked. */
export type Endpoint = Required<Omit<EndpointOptions, 'apiKey' | 'onFailure' | 'plainHttp'>> &
  Pick<EndpointOptions, 'apiKey' | 'onFailure'>;

/** Nothing that would break a header, whose error would show it. */
const KEY = /^[\x21-\x7e]+$/;

const fields = {
  url: z.string(),
  model: z.string().min(1),
  apiKey: z.string().regex(KEY, 'write the key as it is, without blanks').optional(),
  plainHttp: z.boolean().default(false),
  timeout: z.number().positive().default(15_000),
  attempts: z.number().int().positive().default(3),
  atOnce: z.number().int().positive().default(10),
  longestText: z.number().int().positive().default(2_000),
  maxTokens: z.number().int().positive().default(500),
  format: z.enum(['json_schema', 'json_object', 'prompt']).default('json_schema'),
  onFailure: z.custom<EndpointOptions['onFailure']>((value) => typeof value === 'function').optional(),
  clock: z.custom<Clock>((value) => typeof value === 'object' && value !== null).default(systemClock),
};

/** The names of the options of an endpoint, for what takes them among others. */
export const endpointSchema: z.ZodObject<typeof fields> = z.strictObject(fields);

/** @throws `error.platform.config.malformed`, which never shows the key */
export function endpointOf(options: EndpointOptions, where: string): Endpoint {
  const { plainHttp, apiKey, onFailure, ...endpoint } = parseOptions(endpointSchema, options, where);
  const problem = problemOfUrl(endpoint.url, plainHttp);
  if (problem !== undefined) throw new ParleyError('error.platform.config.malformed', { problem, where });
  const key = apiKey ?? keyOfEnvironment();
  return {
    ...endpoint,
    url: `${endpoint.url.replace(/\/+$/, '')}/chat/completions`,
    ...(key === undefined ? {} : { apiKey: key }),
    ...(onFailure === undefined ? {} : { onFailure }),
  };
}

function problemOfUrl(text: string, plainHttp: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) return 'url: write https://…';
  if (url.username !== '' || url.password !== '') return 'url: write the key as apiKey';
  if (url.protocol === 'http:' && !plainHttp && !isLoopback(url.hostname)) {
    return 'url: people’s texts would go over the network for all to read; write https://, or plainHttp: true';
  }
  return undefined;
}

function keyOfEnvironment(): string | undefined {
  const key = process.env.PARLEY_MODEL_KEY?.trim();
  if (key === undefined || key === '') return undefined;
  if (KEY.test(key)) return key;
  const problem = 'there are blanks in it';
  throw new ParleyError('error.platform.config.bad-environment', { variable: 'PARLEY_MODEL_KEY', problem });
}
