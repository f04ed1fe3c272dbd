import { type CircuitBreaker, ParleyError } from '@parley/core';
import * as z from 'zod';
import type { Endpoint } from './options.ts';
import { readUpTo, TooLarge } from './read-up-to.ts';
import type { TimeLeft } from './time-left.ts';

/** One message of a chat, as the endpoint wants it. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What is sent besides the messages. */
export type Format = Readonly<Record<string, unknown>>;

/** The largest answer that is read, in bytes. */
const LARGEST_ANSWER = 256 * 1024;

/** The wait after the first failure, in milliseconds, unless the endpoint names one; twice as long after each further one. */
const FIRST_WAIT = 500;

/** What came of one request. */
type Outcome =
  | { readonly kind: 'said'; readonly content: string }
  | { readonly kind: 'failed'; readonly error: ParleyError; readonly after: number | undefined }
  | { readonly kind: 'final'; readonly error: ParleyError };

/**
 * Asks the endpoint, again where it is busy or fails, as long as there is time.
 *
 * @throws `error.platform.model.unavailable`, `error.platform.model.refused`, `error.platform.model.unusable-answer`
 */
export async function chat(
  endpoint: Endpoint,
  breaker: CircuitBreaker,
  messages: readonly ChatMessage[],
  format: Format,
  time: TimeLeft,
): Promise<string> {
  for (let failures = 1; ; failures++) {
    if (breaker.wait() !== undefined) throw unavailable('it has failed several times in a row');
    const outcome = await request(endpoint, breaker, { ...format, messages }, time);
    if (outcome.kind === 'said') return outcome.content;
    if (outcome.kind === 'final') throw outcome.error;
    const wait = outcome.after ?? FIRST_WAIT * 2 ** (failures - 1);
    if (failures >= endpoint.attempts || !time.fits(wait)) throw outcome.error;
    await time.sleep(wait);
    if (time.signal.aborted) throw outcome.error;
  }
}

async function request(endpoint: Endpoint, breaker: CircuitBreaker, body: object, time: TimeLeft): Promise<Outcome> {
  try {
    const { model, maxTokens: max_tokens, apiKey } = endpoint;
    const response = await fetch(endpoint.url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({ model, temperature: 0, max_tokens, ...body }),
      // The key and the text would go wherever it is told to.
      redirect: 'manual',
      signal: time.signal,
    });
    const outcome = await outcomeOf(response, endpoint.clock.now());
    if (response.status >= 500) breaker.failed();
    else breaker.answered();
    return outcome;
  } catch (error) {
    if (error instanceof TooLarge) {
      breaker.answered();
      return { kind: 'final', error: unusable(`it is larger than ${LARGEST_ANSWER} bytes`) };
    }
    if (time.signal.aborted && !time.isUp) {
      // Nobody wants to know any more, which says nothing of the endpoint.
      breaker.pause(0);
      throw error;
    }
    breaker.failed();
    return { kind: 'failed', error: unavailable(time.isUp ? 'it took too long' : reasonOf(error)), after: undefined };
  }
}

async function outcomeOf(response: Response, now: number): Promise<Outcome> {
  const { status } = response;
  if (status === 200) {
    const content = contentOf(await readUpTo(response, LARGEST_ANSWER));
    return content instanceof ParleyError ? { kind: 'final', error: content } : { kind: 'said', content };
  }
  // What it says of the refusal may hold the text, or a part of the key.
  await response.body?.cancel();
  if (status === 408 || status === 429 || status >= 500) {
    const after = millisecondsAfter(response.headers.get('retry-after'), now);
    return { kind: 'failed', error: unavailable(`it answered ${status}`), after };
  }
  return { kind: 'final', error: new ParleyError('error.platform.model.refused', { status }) };
}

const answerSchema = z.object({
  choices: z
    .array(z.object({ finish_reason: z.string().nullish(), message: z.object({ content: z.string().nullish() }) }))
    .min(1),
});

function contentOf(body: string): string | ParleyError {
  const parsed = answerSchema.safeParse(parseJson(body));
  const [choice] = parsed.data?.choices ?? [];
  if (choice === undefined) return unusable('it is no answer of a chat');
  if (choice.finish_reason === 'length') return unusable('it was cut off: raise maxTokens');
  return choice.message.content ?? unusable('the model would not answer');
}

/** `undefined` where it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After`, in seconds or as a date (RFC 9110, 10.2.3), as milliseconds from now. */
function millisecondsAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const after = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(after) ? undefined : Math.max(0, after);
}

function unavailable(reason: string): ParleyError {
  return new ParleyError('error.platform.model.unavailable', { reason });
}

export function unusable(problem: string): ParleyError {
  return new ParleyError('error.platform.model.unusable-answer', { problem });
}

/** The code of what went wrong on the network, such as `ECONNREFUSED`. Its words may hold what was sent. */
function reasonOf(error: unknown): string {
  const { code } = ((error as { readonly cause?: unknown }).cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'the connection failed';
}
