import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SimulatedActor, type Simulation, simulate } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailer, type Mail } from './mail.ts';
import { library } from './parley.config.ts';

describe('signing in with a code that is mailed', () => {
  const mails: Mail[] = [];
  let sim: Simulation;
  let ann: SimulatedActor;
  beforeEach(async () => {
    mails.length = 0;
    sim = await simulate(
      library(async (mail) => {
        mails.push(mail);
      }),
    );
    ann = sim.actor('+14155550123');
    await ann.text('hi');
    expect(await ann.text('ann@example.com')).toEqual([expect.stringContaining('code is in your mail')]);
  });
  afterEach(() => sim.close());

  const codeIn = (mail: Mail | undefined) => /\d{6}/.exec(mail?.text ?? '')?.[0] ?? '';

  it('shows what was borrowed to whoever has the code', async () => {
    expect(mails.map(({ to }) => to)).toEqual(['ann@example.com']);
    expect(await ann.text(codeIn(mails[0]))).toEqual([expect.stringContaining('The Left Hand of Darkness')]);
  });

  it('remembers them', async () => {
    await ann.text(codeIn(mails[0]));
    expect(await ann.text('what do I have?')).toEqual([expect.stringContaining('The Left Hand of Darkness')]);
    expect(mails).toHaveLength(1);
  });

  it('shows nothing to whoever guesses', async () => {
    const wrong = codeIn(mails[0]) === '123456' ? '654321' : '123456';
    for (let guess = 0; guess < 4; guess++) expect((await ann.text(wrong)).join()).not.toContain('You have');
    expect(await ann.text(wrong)).toEqual(['That did not work. Please ask at the desk.']);
  });

  it('takes no code that is too old, and no text of the mail into the log', async () => {
    await sim.advance({ minutes: 11 });
    expect((await ann.text(codeIn(mails[0]))).join()).not.toContain('You have');
    expect(JSON.stringify(await ann.conversation())).not.toContain(codeIn(mails[0]));
  });

  it('sends another, and takes only that', async () => {
    await ann.text('NEW');
    expect(mails).toHaveLength(2);
    const [first, second] = mails.map(codeIn);
    if (first !== second) expect((await ann.text(first ?? '')).join()).not.toContain('You have');
    expect(await ann.text(second ?? '')).toEqual([expect.stringContaining('You have')]);
  });
});

it('posts mails to a provider, and says when one is refused', async () => {
  const posted: { readonly key: unknown; readonly body: unknown }[] = [];
  const provider = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      posted.push({ key: request.headers['idempotency-key'], body: JSON.parse(`${Buffer.concat(chunks)}`) });
      response.writeHead(posted.length === 1 ? 202 : 503).end();
    });
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const mailer = createMailer(`http://127.0.0.1:${(provider.address() as AddressInfo).port}/`, 'Bearer key');
  const mail = { to: 'ann@example.com', subject: 'Your code', text: '123456' };
  const options = { idempotencyKey: 'one', signal: AbortSignal.timeout(5_000) };
  await mailer(mail, options);
  expect(posted).toEqual([{ key: 'one', body: mail }]);
  await expect(mailer(mail, options)).rejects.toMatchObject({ code: 'mail.503' });
  provider.close();
});
