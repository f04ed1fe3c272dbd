import { describe, expect, it } from 'vitest';
import { minutes, otp } from '../src/index.ts';
import { conversationWith } from './support.ts';

const codeIn = (text: string) => /\d{4,}/.exec(text)?.[0] ?? '';
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a one-time code', () => {
  it('is texted, and right', async () => {
    const ann = await conversationWith(otp());
    const [text = ''] = await ann.says('hi');
    expect(text).toMatch(/^\d{6} is your code. It is valid for 10 minutes.$/);
    const code = codeIn(text);
    await ann.says(`It is ${code.slice(0, 3)} ${code.slice(3)}`);
    expect(ann.outcomes).toEqual([{ kind: 'answered', value: true, text: '', at: expect.any(Number) }]);
  });

  it('is another one each time', async () => {
    const codes = await Promise.all(
      Array.from({ length: 5 }, async () =>
        codeIn((await (await conversationWith(otp({ digits: 10 }))).says('hi'))[0] ?? ''),
      ),
    );
    expect(new Set(codes).size).toBe(5);
  });

  it('is kept as a hash, which is another one for the same code', async () => {
    const ann = await conversationWith(otp());
    const code = codeIn((await ann.says('hi'))[0] ?? '');
    const document = await ann.conversation();
    expect(JSON.stringify(document)).not.toContain(code);
    expect(JSON.stringify(document)).toContain('hash');
  });

  it('is given up after so many wrong ones, and says how many are left', async () => {
    const ann = await conversationWith(otp({ attempts: 3 }));
    const code = codeIn((await ann.says('hi'))[0] ?? '');
    expect(await ann.says(wrong(code))).toEqual([
      'That is not the code. Please try again (2 left), or text NEW for another code.',
    ]);
    expect(await ann.says('what?')).toEqual([expect.stringMatching(/1 left/)]);
    expect(await ann.says(wrong(code))).toEqual([]);
    expect(ann.outcomes).toMatchObject([{ kind: 'gave-up', because: 'attempts', problem: { code: 'wrong-code' } }]);
  });

  it('is not good after its time, however often they text meanwhile', async () => {
    const ann = await conversationWith(otp({ validFor: minutes(5) }));
    const code = codeIn((await ann.says('hi'))[0] ?? '');
    await ann.advance({ minutes: 4 });
    await ann.says(wrong(code));
    await ann.advance({ minutes: 1 });
    expect(await ann.says(code)).toEqual(['The code is too old. Text NEW for another one.']);
    const next = codeIn((await ann.says('new'))[0] ?? '');
    expect(next).not.toBe(code);
    await ann.says(next);
    expect(ann.outcomes).toMatchObject([{ kind: 'answered' }]);
  });

  it('is sent again, but not for ever, and only the last is good', async () => {
    const ann = await conversationWith(otp({ resends: 1 }));
    const first = codeIn((await ann.says('hi'))[0] ?? '');
    const second = codeIn((await ann.says('NEW'))[0] ?? '');
    expect(await ann.says(first)).toEqual([expect.stringMatching(/^That is not the code/)]);
    expect(await ann.says('resend')).toEqual([expect.stringMatching(/last one/)]);
    await ann.says(second);
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: true }]);
  });

  it('is not waited for much longer than it is good', async () => {
    const ann = await conversationWith(otp());
    await ann.says('hi');
    await ann.advance({ minutes: 30 });
    expect(ann.outcomes).toEqual([{ kind: 'no-answer' }]);
  });

  it('is undeliverable when its text is', async () => {
    const ann = await conversationWith(otp());
    ann.carrier({ kind: 'lose', code: '30003' });
    await ann.says('hi');
    expect(ann.outcomes).toEqual([{ kind: 'gave-up', because: 'undeliverable', code: '30003' }]);
  });
});

describe('a code that goes another way', () => {
  it('is sent by a task, and in no text and no document', async () => {
    const sent: string[] = [];
    const dialog = otp({
      secret: 'pepper',
      prompt: 'We have sent you an e-mail. What is the code?',
      send: async ({ code, actor }) => void sent.push(`${actor?.email} ${code}`),
    });
    const ann = await conversationWith(dialog, { ann: { email: 'ann@example.com' } });
    expect(await ann.says('hi')).toEqual(['We have sent you an e-mail. What is the code?']);
    expect(sent).toEqual([expect.stringMatching(/^ann@example.com \d{6}$/)]);
    expect(JSON.stringify([await ann.conversation(), await ann.simulation.messages()])).not.toContain(
      codeIn(sent[0] ?? ''),
    );
    expect(await ann.says('new')).toEqual(['There is a new code. We have sent you an e-mail. What is the code?']);
    await ann.says(codeIn(sent[1] ?? ''));
    expect(ann.outcomes).toMatchObject([{ kind: 'answered', value: true }]);
  });

  it('answers who texts while it is being sent', async () => {
    let sent = () => {};
    const dialog = otp({ prompt: 'The code?', send: () => new Promise<void>((resolve) => (sent = resolve)) });
    const ann = await conversationWith(dialog);
    expect(await ann.says('hi')).toEqual([]);
    expect(await ann.says('hello?')).toEqual(['One moment, the code is on its way.']);
    sent();
    await ann.advance({ seconds: 1 });
    expect(ann.lastText).toBe('The code?');
  });

  it('is tried again, and undeliverable when that is of no use', async () => {
    let tries = 0;
    const dialog = otp({
      prompt: 'The code?',
      send: async () => {
        tries += 1;
        throw new TypeError('no network');
      },
    });
    const ann = await conversationWith(dialog);
    await ann.says('hi');
    await ann.advance({ minutes: 1 });
    expect(tries).toBe(3);
    expect(ann.outcomes).toEqual([{ kind: 'gave-up', because: 'undeliverable', code: 'TypeError' }]);
  });
});
