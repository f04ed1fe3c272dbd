import { systemClock } from '@parley/core';
import { VirtualClock } from '@parley/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { createActor, type PromiseActorLogic, toPromise } from 'xstate';
import * as z from 'zod';
import { type ModelOptions, model, type Question } from '../src/index.ts';
import { answers, breaksOff, ModelEndpoint, says, silence } from './support/endpoint.ts';

const KEY = 'sk-secret-key-1234';
const TEXT = 'two large margheritas, my secret is 4711';
const schema = z.object({ size: z.enum(['small', 'large']), count: z.number().int() });

const endpoint = new ModelEndpoint();
beforeAll(() => endpoint.open());
afterAll(() => endpoint.close());
beforeEach(() => {
  endpoint.received.length = 0;
});

/** Waits take no time, and the time goes on by as much. */
function impatient() {
  const waits: number[] = [];
  let now = 0;
  const clock = {
    now: () => now,
    monotonic: () => now,
    setTimeout(callback: () => void, delay: number) {
      if (delay === 15_000) return systemClock.setTimeout(callback, delay);
      waits.push(delay);
      now += delay;
      return systemClock.setTimeout(callback, 0);
    },
  };
  return { clock, waits };
}

function order(options: Partial<ModelOptions<typeof schema, unknown>> = {}) {
  const { clock } = impatient();
  return model({
    url: endpoint.url,
    model: 'small',
    apiKey: KEY,
    clock,
    instructions: 'Read an order.',
    schema,
    ...options,
  });
}

function ask<Answer>(logic: PromiseActorLogic<Answer, Question>, input: Question = TEXT): Promise<Answer> {
  const actor = createActor(logic, { input });
  actor.subscribe({ error: () => {} });
  return toPromise(actor.start());
}

const code = (reason: string) => expect.objectContaining({ code: `error.platform.model.${reason}` });

describe('a model', () => {
  it('is asked for an answer of the schema, with the text apart from the instructions', async () => {
    endpoint.script = [says({ size: 'large', count: 2 })];
    expect(await ask(order())).toEqual({ size: 'large', count: 2 });
    const [request] = endpoint.received;
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(request?.body).toMatchObject({ model: 'small', temperature: 0, max_tokens: 500 });
    const [system, user] = request?.body.messages ?? [];
    expect(system).toMatchObject({
      role: 'system',
      content: expect.stringMatching(/^Read an order\.[\s\S]*never an instruction/),
    });
    expect(user).toEqual({ role: 'user', content: TEXT });
    expect(request?.body.response_format).toEqual({
      type: 'json_schema',
      json_schema: {
        name: 'answer',
        strict: true,
        schema: {
          type: 'object',
          additionalProperties: false,
          required: ['size', 'count'],
          properties: {
            size: { type: 'string', enum: ['small', 'large'] },
            count: expect.objectContaining({ type: 'integer' }),
          },
        },
      },
    });
  });

  it('is told what is known besides', async () => {
    endpoint.script = [says({ size: 'large', count: 2 })];
    await ask(order(), { text: 'the usual', known: { usual: 'large' } });
    const [system, user] = endpoint.received[0]?.body.messages ?? [];
    expect(system?.content).toContain('What is known: {"usual":"large"}');
    expect(user?.content).toBe('the usual');
  });

  it('is not held to a schema of which something may be missing', async () => {
    endpoint.script = [says({})];
    await ask(order({ schema: z.object({ size: z.string().optional() }) as never }));
    expect(endpoint.received[0]?.body.response_format?.json_schema?.strict).toBe(false);
  });

  it.each(['json_object', 'prompt'] as const)('is told of the schema in words by the format %s', async (format) => {
    endpoint.script = [says('```json\n{"size":"small","count":1}\n```')];
    expect(await ask(order({ format }))).toEqual({ size: 'small', count: 1 });
    const { messages, response_format } = endpoint.received[0]?.body ?? { messages: [] };
    expect(messages[0]?.content).toContain('"enum":["small","large"]');
    expect(response_format?.type).toBe(format === 'prompt' ? undefined : 'json_object');
  });

  it('needs no key', async () => {
    endpoint.script = [says({ size: 'large', count: 2 })];
    await ask(model({ url: endpoint.url, model: 'local', instructions: 'Read.', schema }));
    expect(endpoint.received[0]?.headers.authorization).toBeUndefined();
  });

  it('has its key from the environment', async () => {
    vi.stubEnv('PARLEY_MODEL_KEY', `${KEY}\n`);
    const logic = model({ url: endpoint.url, model: 'local', instructions: 'Read.', schema });
    vi.stubEnv('PARLEY_MODEL_KEY', 'sk secret');
    expect(() => model({ url: endpoint.url, model: 'local', instructions: 'Read.', schema })).toThrow(
      expect.objectContaining({
        code: 'error.platform.config.bad-environment',
        message: expect.not.stringContaining('secret'),
      }),
    );
    vi.unstubAllEnvs();
    endpoint.script = [says({ size: 'large', count: 2 })];
    await ask(logic);
    expect(endpoint.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it('gives what the schema makes of the answer', () => {
    const logic = model({
      url: endpoint.url,
      model: 'm',
      instructions: 'x',
      schema: z.object({ n: z.coerce.number() }),
      fallback: 'none',
    });
    expectTypeOf(logic).toExtend<PromiseActorLogic<{ n: number } | string, Question>>();
    const failing = model({ url: endpoint.url, model: 'm', instructions: 'x', schema });
    expectTypeOf(failing).toExtend<PromiseActorLogic<{ size: 'small' | 'large'; count: number }, Question>>();
  });
});

describe('an answer that does not fit', () => {
  it.each([
    ['no JSON at all', says('Certainly! Here is your order.')],
    ['of another shape', says({ size: 'huge', count: 2 })],
  ])('is returned once with what is wrong: %s', async (_, answer) => {
    endpoint.script = [answer, says({ size: 'large', count: 2 })];
    expect(await ask(order())).toEqual({ size: 'large', count: 2 });
    const roles = endpoint.received[1]?.body.messages.map(({ role }) => role);
    expect(roles).toEqual(['system', 'user', 'assistant', 'user']);
    expect(endpoint.received[1]?.body.messages.at(-1)?.content).toContain('does not fit the schema');
  });

  it('fails the second time, and says where it did not fit and not what was there', async () => {
    endpoint.script = [says({ size: TEXT, count: 2 })];
    await expect(ask(order())).rejects.toEqual(code('unusable-answer'));
    await expect(ask(order())).rejects.toThrow('size: invalid_value');
    await expect(ask(order())).rejects.not.toThrow(TEXT);
    expect(endpoint.received).toHaveLength(6);
  });

  it.each([
    ['cut off', says('{"size":', 'length'), 'it was cut off'],
    ['refused', says(null), 'the model would not answer'],
    ['no answer of a chat', answers(200, {}, '<html>Welcome to our proxy</html>'), 'it is no answer of a chat'],
    ['without choices', answers(200, {}, '{"choices":[]}'), 'it is no answer of a chat'],
    ['huge', says('x'.repeat(300_000)), 'it is larger than 262144 bytes'],
  ])('is given up at once where it is %s', async (_, answer, problem) => {
    endpoint.script = [answer];
    const failure = ask(order());
    await expect(failure).rejects.toEqual(code('unusable-answer'));
    await expect(failure).rejects.toThrow(problem);
    expect(endpoint.received).toHaveLength(1);
  });
});

describe('an endpoint that is busy or down', () => {
  const fine = says({ size: 'large', count: 2 });

  it('is asked again after as long as it says', async () => {
    const { clock, waits } = impatient();
    endpoint.script = [
      answers(429, { 'Retry-After': '7' }),
      answers(503, { 'Retry-After': new Date(10_000).toUTCString() }),
      fine,
    ];
    expect(await ask(order({ clock }))).toEqual({ size: 'large', count: 2 });
    expect(waits).toEqual([7_000, 3_000]);
  });

  it('is asked again after longer and longer, three times in all', async () => {
    const { clock, waits } = impatient();
    endpoint.script = [answers(500)];
    await expect(ask(order({ clock }))).rejects.toEqual(code('unavailable'));
    expect(waits).toEqual([500, 1_000]);
    expect(endpoint.received).toHaveLength(3);
  });

  it('is not waited for longer than the time there is', async () => {
    endpoint.script = [answers(429, { 'Retry-After': '3600' })];
    const failure = ask(order());
    await expect(failure).rejects.toThrow('it answered 429');
    expect(endpoint.received).toHaveLength(1);
  });

  it('is asked again where the connection breaks', async () => {
    endpoint.script = [breaksOff, fine];
    expect(await ask(order())).toEqual({ size: 'large', count: 2 });
  });

  it('may take as long as it is given', async () => {
    endpoint.script = [silence];
    const failure = ask(order({ timeout: 50, clock: systemClock }));
    await expect(failure).rejects.toEqual(code('unavailable'));
    await expect(failure).rejects.toThrow('it took too long');
  });

  it('is left alone for a while after five failures in a row', async () => {
    endpoint.script = [answers(500)];
    const clock = new VirtualClock();
    const logic = order({ clock, attempts: 1 });
    for (let failures = 0; failures < 5; failures++) await expect(ask(logic)).rejects.toThrow('it answered 500');
    await expect(ask(logic)).rejects.toThrow('it has failed several times in a row');
    expect(endpoint.received).toHaveLength(5);
    endpoint.script = [fine];
    await clock.advance(5_000);
    expect(await ask(logic)).toEqual({ size: 'large', count: 2 });
    expect(await ask(logic)).toEqual({ size: 'large', count: 2 });
  });

  it.each([301, 400, 401, 404])('is not asked again where it answers %i, and nobody is shown why', async (status) => {
    endpoint.script = [answers(status, { Location: 'https://elsewhere.example' }, `Incorrect key ${KEY}: ${TEXT}`)];
    const failure = ask(order());
    await expect(failure).rejects.toEqual(code('refused'));
    await expect(failure).rejects.toMatchObject({ details: { status } });
    expect(endpoint.received).toHaveLength(1);
  });

  it('is not waited for once nobody wants the answer', async () => {
    const onFailure = vi.fn();
    endpoint.script = [silence];
    const actor = createActor(order({ onFailure, fallback: 'never' }), { input: TEXT }).start();
    await vi.waitFor(() => expect(endpoint.received).toHaveLength(1));
    actor.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(onFailure).not.toHaveBeenCalled();
    expect(actor.getSnapshot().status).toBe('stopped');
  });
});

describe('where there is no answer', () => {
  it('goes on with a fallback, and tells who wants to know', async () => {
    endpoint.script = [answers(401)];
    const onFailure = vi.fn();
    expect(await ask(order({ fallback: { size: 'small', count: 1 }, onFailure }))).toEqual({ size: 'small', count: 1 });
    expect(onFailure).toHaveBeenCalledWith(code('refused'));
    const made = model({
      ...{ url: endpoint.url, model: 'small', instructions: 'Read.', schema },
      fallback: ({ question, error }) => [question, error.code],
    });
    expect(await ask(made)).toEqual([TEXT, 'error.platform.model.refused']);
  });

  it('sends no text that is too long', async () => {
    const failure = ask(order(), 'x'.repeat(2_001));
    await expect(failure).rejects.toEqual(code('text-too-long'));
    await expect(failure).rejects.toMatchObject({ details: { length: 2_001, limit: 2_000 } });
    expect(endpoint.received).toEqual([]);
  });

  it('has neither the text nor the key in any error', async () => {
    for (const answer of [
      answers(401, {}, KEY + TEXT),
      says({ size: TEXT }),
      says(TEXT),
      breaksOff,
      answers(500, {}, TEXT),
    ]) {
      endpoint.script = [answer];
      const error = await ask(order()).catch((thrown: unknown) => thrown);
      const { message, stack, cause, ...rest } = error as Error;
      expect(`${message} ${stack} ${JSON.stringify(rest)} ${cause}`).not.toMatch(/secret|4711/);
    }
  });
});

describe('options', () => {
  it.each([
    [{ url: 'ftp://x' }, 'url: write https://'],
    [{ url: 'http://models.example/v1' }, 'plainHttp: true'],
    [{ url: 'https://me:secret@models.example' }, 'write the key as apiKey'],
    [{ apiKey: 'sk secret\n' }, 'write the key as it is'],
    [{ instructions: '' }, 'instructions'],
    [{ timeOut: 5 }, 'did you mean timeout?'],
    [{ schema: z.string() }, 'schema: write z.object'],
    [{ schema: z.object({ at: z.date() }) }, 'schema: Date cannot be represented'],
  ])('that make no sense are refused, without the key: %j', (options, problem) => {
    const define = () => order(options as never);
    expect(define).toThrow(expect.objectContaining({ code: 'error.platform.config.malformed' }));
    expect(define).toThrow(problem);
    expect(define).not.toThrow('secret');
  });

  it('let texts go without TLS where somebody wants it', () => {
    expect(order({ url: 'http://ollama:11434/v1', plainHttp: true })).toBeDefined();
  });
});
