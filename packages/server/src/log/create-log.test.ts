import { ParleyError } from '@parley/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLog, type LogOptions } from './create-log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void, options: LogOptions = {}) {
  const lines: string[] = [];
  write(createLog({ level: 'debug', ...options, destination: { write: (line) => lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  it('writes one JSON line with level, time, fields and message', () => {
    const line = logged((log) => log.warn({ code: 'error.platform.x', attempt: 2 }, 'Trying again'));
    expect(JSON.parse(line)).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      code: 'error.platform.x',
      attempt: 2,
      msg: 'Trying again',
    });
  });

  it('leaves out what is below its level', () => {
    expect(logged((log) => log.debug({}, 'quiet'), { level: 'info' })).toBe('');
  });

  it.each([
    '+14155550142',
    'whatsapp:+14155550142',
    '%2B14155550142',
    '+1 (415) 555-0142',
    '+1-415-555-0142',
    '415-555-0142',
    '(415) 555-0142',
    '4155550142',
    '14155550142',
    '+44 20 7946 0142',
  ])('masks %s wherever it stands', (number) => {
    const line = logged((log) => {
      log.info({ to: number, nested: { list: [`sent to ${number}.`] }, [`key ${number}`]: 1 }, `Texted ${number}`);
      log.error({ error: new ParleyError('error.platform.app.unknown', { app: number, known: number }) }, 'Failed');
      log.error({ cause: new Error('x', { cause: Object.assign(new Error(number), { code: number }) }) }, 'Failed');
    });
    expect(line).not.toMatch(/4155550|415.{1,4}555|7946 0/);
    expect(line).toContain('0142');
  });

  it('never lets a phone number of any country through', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+[1-9]\d{9,14}$/), fc.string(), fc.string(), (number, before, after) => {
        const line = logged((log) => log.info({ field: `${before} ${number} ${after}` }, number));
        expect(line).not.toContain(number);
      }),
    );
  });

  it('masks a number whatever stands next to it', () => {
    const line = logged((log) => log.info({ field: 'x+14155550142y', conversation: '+14155550100/+14155550142' }, 'm'));
    expect(line).not.toMatch(/415555/);
    expect(JSON.parse(line).conversation).toBe('…0100/…0142');
  });

  it('keeps ids, times and durations readable', () => {
    const fields = {
      message: '01JDCZ9Q2V7M4K8T',
      providerId: 'SM0123456789abcdef0123456789abcdef',
      at: 1763887544000,
      due: '2026-11-23T08:45:44.000Z',
      took: 12.5,
      ok: true,
    };
    expect(JSON.parse(logged((log) => log.info(fields, 'm')))).toMatchObject(fields);
  });

  it('leaves out texts and secrets under whatever depth', () => {
    const secret = 'my knee hurts';
    const line = logged((log) =>
      log.info(
        {
          text: secret,
          message: { text: secret },
          record: { id: 'x', body: secret, raw: { Body: secret } },
          headers: { authorization: secret, 'x-twilio-signature': secret, cookie: secret },
          authToken: secret,
          password: secret,
          apiSecret: secret,
        },
        'm',
      ),
    );
    expect(line).not.toContain(secret);
    expect(line).toContain('[redacted]');
  });

  it('shows where a foreign error was thrown but not what it says, which may quote a text', () => {
    const thrown = (() => {
      try {
        return JSON.parse('my knee hurts');
      } catch (error) {
        return error;
      }
    })();
    const line = logged((log) => log.error({ error: thrown }, 'A bot threw'));
    expect(line).not.toContain('knee');
    expect(JSON.parse(line).error).toMatchObject({ type: 'SyntaxError', frames: expect.any(Array) });
    expect(JSON.parse(line).error.frames[0]).toContain('create-log.test.ts');
    expect(logged((log) => log.error({ error: thrown }, 'A bot threw'), { errorMessages: true })).toContain(
      'not valid JSON',
    );
  });

  it('shows what Parley and the operating system say', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), {
      code: 'ECONNREFUSED',
      errno: -111,
      syscall: 'connect',
    });
    const line = logged((log) =>
      log.error({ error: new ParleyError('error.platform.storage.failed', {}, { cause: refused }) }, 'm'),
    );
    expect(JSON.parse(line).error).toMatchObject({
      code: 'error.platform.storage.failed',
      message: expect.stringContaining('nothing was written'),
      cause: { code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:5432' },
    });
  });

  it('survives fields that are circular, huge or odd', () => {
    const circular: Record<string, unknown> = { name: 'a' };
    circular.self = circular;
    const line = logged((log) =>
      log.info(
        {
          circular,
          big: 10n,
          when: new Date(0),
          bad: new Date(Number.NaN),
          list: Array(1e4).fill(1),
          f() {},
          long: 'x y '.repeat(1e4),
        },
        'm',
      ),
    );
    expect(line.length).toBeLessThan(3_000);
    expect(JSON.parse(line)).toMatchObject({ big: '10', when: '1970-01-01T00:00:00.000Z', bad: 'invalid date' });
  });
});
