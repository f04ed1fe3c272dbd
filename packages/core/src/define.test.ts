import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import type { Access } from './access.ts';
import { defineApp } from './app.ts';
import { type BotOptions, defineBot } from './bot.ts';
import { ParleyError } from './errors.ts';
import { defineOrganization, type OrganizationOptions } from './organization.ts';

const machine = createMachine({});
const transport = { send() {}, webhooks: {} } as never;
const storage = { conversations: {}, messages: {} } as never;

function organization(options: Partial<OrganizationOptions> = {}) {
  const apps = [defineApp({ id: 'app', number: '+14155550100' })];
  return defineOrganization({ name: 'Test', apps, transports: { sms: transport }, storage, ...options });
}

function openIdOf(issuer: string) {
  return { issuer, clientId: 'parley', clientSecret: 'secret', roles: { '@clinic.example': 'viewer' } };
}

function errorOf(work: () => unknown): ParleyError {
  try {
    work();
  } catch (error) {
    if (error instanceof ParleyError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('defineBot', () => {
  it('has defaults', () => {
    expect(defineBot({ id: 'echo', machine })).toMatchObject({
      version: '1',
      triggers: [],
      firstText: 'input',
      expiresAfter: 30 * 86_400_000,
    });
  });

  it.each([
    [{ id: 'Echo', machine }, /lower-case/],
    [{ id: 'echo', machine: {} }, /createMachine/],
    [{ id: 'echo', machine, expiresAfter: 91 * 86_400_000 }, /90 days/],
    [{ id: 'echo', machine, trigger: [] }, /trigger is no option \(did you mean triggers\?\)/],
    [{ id: 'echo', machine, first_text: 'event' }, /did you mean firstText\?/],
    [{ id: 'echo', machine, zzz: 1 }, /zzz is no option \(there are id, version, /],
  ])('refuses %o', (options, problem) => {
    const error = errorOf(() => defineBot(options as BotOptions));
    expect(error.code).toBe('error.platform.config.malformed');
    expect(error.message).toMatch(problem);
    expect(error.message).toContain('defineBot');
  });
});

describe('defineApp', () => {
  it('wants one of number and messagingService', () => {
    expect(errorOf(() => defineApp({ id: 'app' })).message).toMatch(/either number or messagingService/);
    const messagingService = `MG${'a'.repeat(32)}`;
    expect(errorOf(() => defineApp({ id: 'app', number: '+14155550100', messagingService })).code).toBe(
      'error.platform.config.malformed',
    );
    expect(defineApp({ id: 'app', messagingService }).address).toBe(messagingService);
  });

  it.each([
    [{ debounce: { windw: 1 } }, /debounce\.windw is no option \(did you mean window\?\)/],
    [{ pace: { perMinute: 1 } }, /pace\.perMinute is no option \(there are perSecond, perDay\)/],
    [{ loopGuard: { replis: 3, gap: 5 } }, /loopGuard\.replis is no option \(did you mean replies\?\)/],
    [{ loopGuard: { replies: 'three', gap: 5 } }, /: loopGuard\.replies: expected number, received string\./],
    [{ loopGuard: 'never' }, /loopGuard: expected false, or expected object, received string/],
    [{ debounce: { window: 5, atMost: 1 } }, /debounce: atMost is no shorter than window/],
    [{ onlyTo: ['Ann'] }, /onlyTo\.0: write an address as E\.164/],
  ])('names what is wrong with %o', (options, problem) => {
    expect(errorOf(() => defineApp({ id: 'app', number: '+14155550100', ...(options as object) })).message).toMatch(
      problem,
    );
  });

  it('takes several versions of a bot, but not the same one twice', () => {
    const one = defineBot({ id: 'echo', machine });
    const two = defineBot({ id: 'echo', version: '2', machine });
    expect(defineApp({ id: 'app', number: '+14155550100', bots: [two, one] }).bots).toHaveLength(2);
    expect(errorOf(() => defineApp({ id: 'app', number: '+14155550100', bots: [one, one] }))).toMatchObject({
      code: 'error.platform.config.duplicate-id',
      details: { kind: 'bot', id: 'echo@1' },
    });
  });
});

describe('defineOrganization', () => {
  it('gives every app its transport, and takes slashes off the public URL', () => {
    const made = organization({ publicUrl: 'https://bots.example.com//' });
    expect(made.apps[0]?.transport).toBe('sms');
    expect(made.publicUrl).toBe('https://bots.example.com');
  });

  it('refuses a number that two apps claim, and does not repeat it whole', () => {
    const apps = ['one', 'two'].map((id) => defineApp({ id, number: '+14155550100' }));
    const error = errorOf(() => organization({ apps }));
    expect(error).toMatchObject({
      code: 'error.platform.config.number-taken',
      details: { number: '…0100', first: 'one', second: 'two' },
    });
  });

  it('refuses a transport that is not there, and asks which one where there are several', () => {
    const app = defineApp({ id: 'app', number: '+14155550100', transport: 'twillio' });
    expect(errorOf(() => organization({ apps: [app] })).details).toMatchObject({ transport: 'twillio', known: 'sms' });
    const transports = { sms: transport, whatsapp: transport };
    expect(errorOf(() => organization({ transports })).code).toBe('error.platform.config.unknown-transport');
  });

  it.each(['https://accounts.example', 'http://localhost:8080', 'http://127.0.0.1:8080/realm', 'http://[::1]:8080'])(
    'lets people sign in with a provider at %s',
    (issuer) => {
      const access = { openId: openIdOf(issuer) } as Access;
      expect(organization({ access }).access.openId).toEqual(access.openId);
    },
  );

  it('refuses two people or two programs of one name: the audit log could not tell them apart', () => {
    const token = { name: 'reports', role: 'viewer', token: 'x'.repeat(32) } as const;
    const user = { name: 'ann', role: 'viewer', passwordHash: 'scrypt$1$1$1$salt$hash' } as const;
    for (const access of [{ tokens: [token, token] }, { users: [user, user] }]) {
      expect(errorOf(() => organization({ access })).code).toBe('error.platform.config.duplicate-id');
    }
  });

  it.each([
    [{ plugin: [] }, /did you mean plugins\?/],
    [{ publicUrl: 'bots.example.com' }, /publicUrl/],
    [{ actors: [{ address: '+14155550123', timeZone: 'Mars/Base' }] }, /IANA/],
    [{ actors: [{ address: '555' }, { address: 'x' }] }, /E\.164/],
    [{ apps: [] }, /at least one app/],
    [{ access: { tokens: [{ name: 'reports', role: 'viewer', token: 'short' }] } }, /32 characters/],
    [
      { access: { users: [{ name: 'ann', role: 'admin', passwordHash: 'secret' }] } },
      /users\.0\.role.*parley password/,
    ],
    [{ access: { openId: openIdOf('http://accounts.example') } }, /openId\.issuer: an issuer begins with https/],
    [{ access: { openId: openIdOf('http://127.0.0.1.example') } }, /openId\.issuer: an issuer begins with https/],
    [{ access: { openId: openIdOf('accounts.example') } }, /openId\.issuer/],
    [
      { actors: [{ address: '+14155550123', timezone: 'UTC' }] },
      /actors\.0\.timezone is no option \(did you mean timeZone\?\)/,
    ],
    [{ retention: { messages: { aftr: 1 } } }, /retention\.messages\.aftr is no option \(did you mean after\?\)/],
  ])('refuses %o', (options, problem) => {
    expect(errorOf(() => organization(options as never)).message).toMatch(problem);
  });
});
