import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Phone, Project } from '../testing/project.ts';

/** A bot of a version, whose only state is called as told. */
const config = (version: string, state: string, migrate = '') => `
import { anyText, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';

const machine = setupBot({}).createMachine({
  initial: '${state}',
  states: {
    ${state}: {
      entry: say('Which day?'),
      on: { 'message.received': { actions: say('Noted.') } },
      after: { 3600000: { actions: say('Still there?') } },
    },
  },
});
export default defineOrganization({
  name: 'Test',
  apps: [defineApp({
    id: 'app',
    number: '+14155550100',
    bots: [defineBot({ id: 'bot', version: '${version}', machine, triggers: [anyText()], ${migrate} })],
  })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: 'data.db' }),
});
`;

describe('parley check', () => {
  let project: Project;

  beforeEach(async () => {
    project = new Project({ 'parley.config.ts': config('1', 'asking') });
    const dev = project.parley(['dev', '--port', '0']);
    await new Phone(await dev.url(), 'app').says('hello', 'Which day?');
    dev.kill('SIGTERM');
    await dev.exited;
  });
  afterEach(() => project.remove());

  async function check(...args: readonly string[]) {
    const cli = project.parley(['check', ...args]);
    const { code } = await cli.exited;
    return { code, output: cli.output };
  }

  it('is content with the same code', async () => {
    expect(await check()).toEqual({
      code: 0,
      output: 'app/bot, version 1: 1 goes on\nAll running journeys can go on: 1.\n',
    });
  });

  it('names what a new version without migrate would leave behind, and masks numbers', async () => {
    project.write('parley.config.ts', config('2', 'askingDay'));
    const { code, output } = await check();
    expect(code).toBe(1);
    expect(output).toContain('app/bot, version 1: 1 can not go on');
    expect(output).toContain('error.platform.bot.unknown-version');
    expect(output).toMatch(/Of 1 running journeys 1 can not go on\.\n$/);
    expect(output).not.toMatch(/\+1\d{10}/);
  });

  it('tries the migration', async () => {
    project.write(
      'parley.config.ts',
      config('2', 'askingDay', "migrate: (snapshot) => ({ ...snapshot, value: 'askingDay' })"),
    );
    expect((await check()).output).toContain('app/bot, version 1: 1 migrates to version 2');
    project.write('parley.config.ts', config('2', 'askingDay', 'migrate: (snapshot) => snapshot'));
    expect(await check()).toMatchObject({
      code: 1,
      output: expect.stringContaining('error.platform.bot.migration-failed'),
    });
  });

  it('sees that a state of the same version is gone, also for programs', async () => {
    project.write('parley.config.ts', config('1', 'askingDay'));
    const { code, output } = await check('--json');
    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      journeys: 1,
      failures: 1,
      groups: [{ bot: 'bot', count: 1, outcome: { kind: 'fails', code: 'error.platform.bot.not-restorable' } }],
    });
  });

  it('refuses while a server has the file', async () => {
    const dev = project.parley(['dev', '--port', '0']);
    await dev.url();
    expect(await check()).toMatchObject({
      code: 1,
      output: expect.stringContaining('error.platform.storage.in-use'),
    });
  });
});
