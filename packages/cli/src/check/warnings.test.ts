import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from '../testing/project.ts';

/** A plugin that has something against texts with exclamation marks, which its bots say in two states. */
const config = (meta = '') => `
import { anyText, defineApp, defineBot, defineOrganization, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';

const calm = {
  name: 'calm',
  lint(app) {
    const [bot] = app.bots;
    return [
      ...['shouting', 'asking', 'asking'].map((state, index) => ({
        rule: index === 2 ? 'too-long' : 'loud', bot, state: 'bot.' + state, message: 'This is ' + (index === 2 ? 'long' : 'loud') + '.',
      })),
      { rule: 'quiet-hours', message: 'The app has no quiet hours.' },
    ];
  },
};
const machine = setupBot({}).createMachine({
  id: 'bot',
  initial: 'asking',
  meta: { parleyIgnore: ['dead-end', 'unreachable'] },
  states: { asking: { entry: say('Which day?') }, shouting: { entry: say('Now!'), ${meta} } },
});
export default defineOrganization({
  name: 'Test',
  apps: [defineApp({ id: 'app', number: '+14155550100', bots: [defineBot({ id: 'bot', machine, triggers: [anyText()] })] })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: 'data.db' }),
  plugins: [calm, { name: 'content', lint: () => [] }],
});
`;

let project: Project;
beforeEach(() => {
  project = new Project({ 'parley.config.ts': config() });
});
afterEach(() => project.remove());

async function check(...args: readonly string[]) {
  const cli = project.parley(['check', ...args]);
  const { code } = await cli.exited;
  return { code, output: cli.output };
}

const WARNINGS = `app
  The app has no quiet hours. [calm: quiet-hours]
app/bot, version 1
  bot.asking
    This is loud. [calm: loud]
    This is long. [calm: too-long]
  bot.shouting
    This is loud. [calm: loud]
4 warnings.

`;

describe('what plugins warn of', () => {
  it('is told by app, bot and state, and is no failure unless --strict', async () => {
    expect(await check('--code-only')).toEqual({ code: 0, output: WARNINGS });
    expect(await check('--code-only', '--strict')).toEqual({ code: 1, output: WARNINGS });
    expect(project.files()).toEqual(['parley.config.ts']);
  });

  it('comes with what Parley itself warns of', async () => {
    project.write('parley.config.ts', config().replace("'dead-end', ", ''));
    const { output } = await check('--code-only');
    expect(output).toContain('Nobody ever leaves this state');
    expect(output).toContain('[parley: dead-end]\n      after “Hello”\n    This is loud. [calm: loud]');
    expect(output).toContain('5 warnings.');
  });

  it('comes ahead of what is wrong with the data', async () => {
    const { code, output } = await check();
    expect(code).toBe(1);
    expect(output.startsWith(WARNINGS)).toBe(true);
    expect(output).toContain('error.platform.storage.missing');
  });

  it('can be silenced by a state', async () => {
    project.write('parley.config.ts', config("meta: { parleyIgnore: ['loud'] }"));
    const { output } = await check('--code-only');
    expect(output).not.toContain('bot.shouting');
    expect(output).toContain('3 warnings.');
  });

  it('is there for programs, with journeys of any storage', async () => {
    const dev = project.parley(['dev', '--port', '0']);
    await dev.url();
    dev.kill('SIGTERM');
    await dev.exited;
    project.write('parley.config.ts', config().replace('data.db', 'elsewhere.db'));
    const { code, output } = await check('--from', 'sqlite:data.db', '--json');
    expect(code).toBe(0);
    const { warnings, walks, ...journeys } = JSON.parse(output);
    expect(journeys).toEqual({ journeys: 0, failures: 0, groups: [] });
    expect(warnings).toHaveLength(4);
    expect(warnings[1]).toEqual({
      app: 'app',
      plugin: 'calm',
      rule: 'loud',
      bot: { id: 'bot', version: '1' },
      state: 'bot.asking',
      message: 'This is loud.',
    });
    expect(JSON.parse((await check('--code-only', '--json', '--strict')).output)).toEqual({ warnings, walks });
  });
});
