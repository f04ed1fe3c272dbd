import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Phone, Project } from '../testing/project.ts';

/** An organization with a plugin that keeps a list of words while its server runs, and on the command line. */
const config = (options = '') => `
import { anyText, defineApp, defineBot, defineOrganization, ParleyError, say, setupBot } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';

const words = {
  name: 'words',
  async setup({ keyv, claim }) {
    await keyv.set('served', 'by the server');
    await claim('door', 'the server', 60_000_000);
  },
  commands: {
    add: {
      usage: '<word> … [--loudly]',
      summary: 'Keeps words',
      async run(args, { data }) {
        const { keyv } = await data();
        for (const word of args.filter((arg) => !arg.startsWith('-'))) await keyv.set(word, args.join(' '));
        return 0;
      },
    },
    has: {
      usage: '<word>',
      summary: 'Says what is known of a word',
      async run([word], { data, output, organization }) {
        if (word === undefined) {
          throw new ParleyError('error.platform.command-line.malformed', { problem: 'A word is missing.', help: 'parley words has --help' });
        }
        const [{ keyv, claim }] = await Promise.all([data(), data()]);
        const known = await keyv.get(word);
        output.write(organization.name + ': ' + (known ?? 'nothing') + ', door: ' + (await claim('door', 'me', 1)) + '\\n');
        return known === undefined ? 1 : 0;
      },
    },
    count: {
      usage: '',
      summary: 'Counts what is piped in',
      async run(args, { input, output, clock, newId }) {
        let bytes = 0;
        for await (const chunk of input) bytes += chunk.length;
        output.write(bytes + ' bytes ' + (clock.now() > 0) + ' ' + typeof newId() + ' ' + JSON.stringify(args) + '\\n');
        return 0;
      },
    },
    flood: {
      usage: '',
      summary: 'Never ends by itself',
      async run(_, { data, output }) {
        await data();
        for (;;) {
          output.write('word\\n'.repeat(1000));
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
    },
    break: { usage: '', summary: 'Throws', async run() { throw new RangeError('no such +14155550142'); } },
  },
};
const machine = setupBot({}).createMachine({ on: { 'message.received': { actions: say('yes') } } });
const bot = defineBot({ id: 'bot', machine, triggers: [anyText()], firstText: 'event' });

export default defineOrganization({
  name: 'Words',
  apps: [defineApp({ id: 'app', number: '+14155550100', bots: [bot] })],
  transports: { twilio: twilio() },
  storage: sqlite({ file: 'data/words.db' }),
  plugins: [words, { name: 'silent' }],
  ${options}
});
`;

let project: Project;
beforeEach(() => {
  project = new Project({ 'parley.config.ts': config() });
});
afterEach(() => project.remove());

async function parley(args: readonly string[], input?: string) {
  const cli = project.parley(args, {}, input);
  const { code } = await cli.exited;
  return { code, output: cli.output };
}

describe('parley <plugin> <command>', () => {
  it('gives the command its arguments and its data, and ends with its exit code', async () => {
    expect(await parley(['words', 'has', 'tea'])).toEqual({ code: 1, output: 'Words: nothing, door: me\n' });
    expect(await parley(['words', 'add', 'tea', '--loudly', '--cwd', '.', 'milk'])).toEqual({ code: 0, output: '' });
    expect(await parley(['words', 'has', 'milk'])).toMatchObject({
      code: 0,
      output: expect.stringContaining('Words: tea --loudly milk, door: '),
    });
  });

  it('works on what the plugin has kept while a server ran, and not beside one that has the file', async () => {
    const dev = project.parley(['dev', '--port', '0']);
    await new Phone(await dev.url(), 'app').says('hi', 'yes');
    const beside = await parley(['words', 'has', 'served']);
    expect(beside.code).toBe(1);
    expect(beside.output).toMatch(/data\/words\.db.*\[error\.platform\.storage\.in-use\]/);
    expect((await parley(['words', 'count'])).code).toBe(0);
    dev.kill('SIGTERM');
    await dev.exited;
    const after = await parley(['words', 'has', 'served']);
    expect(after).toEqual({ code: 0, output: 'Words: by the server, door: the server\n' });
  }, 90_000);

  it('opens no storage for a command that asks for none, and takes what is piped in', async () => {
    expect(await parley(['words', 'count', '--', '--cwd'], 'x'.repeat(200_000))).toEqual({
      code: 0,
      output: '200000 bytes true string ["--","--cwd"]\n',
    });
    expect(project.files()).toEqual(['parley.config.ts']);
  });

  it('takes --cwd and --config on either side', async () => {
    project.write('there/conf/main.ts', config().replace("'Words'", "'Others'"));
    for (const args of [
      ['--cwd', 'there', '-c', 'conf/main.ts', 'words', 'has', 'x'],
      ['words', '--cwd=there', 'has', 'x', '--config', 'conf/main.ts'],
    ]) {
      expect((await parley(args)).output).toMatch(/^Others: nothing/);
    }
  });

  it('ends in order when nobody reads on', async () => {
    const cli = project.parley(['words', 'flood']);
    await cli.sees(/word/);
    cli.hangUp();
    expect(await cli.exited).toEqual({ code: 141, signal: null });
    expect(cli.errors).toBe('');
    // SQLite leaves these beside a file that was not closed.
    expect(project.has('data/words.db')).toBe(true);
    expect(project.has('data/words.db-wal')).toBe(false);
  });

  it.each([
    [['wrds', 'add'], 2, /no command “wrds”\. Did you mean parley words\? There are start, .* and of plugins words\./],
    [
      ['words', 'ad'],
      2,
      /The plugin words has no command “ad”\. Did you mean parley words add\? It has add, has, count/,
    ],
    [['words', 'constructor'], 2, /no command “constructor”\. It has add/],
    [['silent', 'add'], 2, /The plugin silent has no commands/],
    [
      ['words', 'has'],
      2,
      /^A word is missing\. See parley words has --help\. \[error\.platform\.command-line\.malformed\]\n$/,
    ],
    [['words', 'break'], 1, /^RangeError: no such …0142\n {4}at .*parley\.config\.ts/],
  ])('%j exits with %d', async (args, code, sentence) => {
    const { code: exit, output } = await parley(args);
    expect(output).toMatch(sentence);
    expect(exit).toBe(code);
  });
});

describe('help', () => {
  it.each([
    [[], /Commands of the plugins\n {2}words add {4}Keeps words\n {2}words has {4}Says what/],
    [['help'], /words flood {2}Never ends by itself\n {2}words break {2}Throws\n\nOptions/],
    [['words'], /^Usage: parley words <command>\n\n {2}add <word> … \[--loudly\] {2}Keeps words\n/],
    [['words', '--help'], /^Usage: parley words <command>/],
    [['help', 'words'], /^Usage: parley words <command>/],
    [['words', 'has', '--help'], /^Usage: parley words has <word>\n\nSays what is known of a word\.\n$/],
    [['help', 'words', 'count'], /^Usage: parley words count\n\nCounts/],
  ])('%j tells of what plugins can do', async (args, text) => {
    const { code, output } = await parley(args);
    expect(output).toMatch(text);
    expect(code).toBe(0);
    expect(project.files()).toEqual(['parley.config.ts']);
  });

  it('is there when the configuration can not be loaded, and says so', async () => {
    project.write('parley.config.ts', 'export default {,};');
    const { code, output } = await parley(['--help']);
    expect(code).toBe(0);
    expect(output).toMatch(/^Usage: parley <command>/);
    expect(output).toMatch(/can not be listed\. .*not-loadable\]\n\nOptions/);
  });
});
