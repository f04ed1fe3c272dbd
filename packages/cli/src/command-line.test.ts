import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';
import { helpText } from './help.ts';
import { options } from './options.ts';
import { checkFlags, resolveSettings } from './settings.ts';
import { Project } from './testing/project.ts';

describe('the command line', () => {
  it('understands every option, in both ways of writing it', () => {
    const flags = {
      cwd: 'x',
      config: 'c.ts',
      port: '80',
      host: '::',
      publicUrl: 'https://a.b',
      profile: 'staging',
      emulate: true,
      texts: false,
      codeOnly: false,
      strict: false,
      json: false,
      verbose: true,
    };
    const long = ['--cwd', 'x', '--config=c.ts', '--port=80', '--host', '::', '--public-url', 'https://a.b'];
    expect(parseCommandLine(['dev', ...long, '--profile', 'staging', '--emulate', '--verbose'])).toEqual({
      kind: 'run',
      command: 'dev',
      flags,
    });
    expect(parseCommandLine(['storage', 'copy', '--from', 'config', '--to=sqlite:a.db', '--json'])).toMatchObject({
      command: 'storage copy',
      flags: { from: 'config', to: 'sqlite:a.db', json: true },
    });
    expect(parseCommandLine(['-p', '80', 'start', '-c', 'c.ts'])).toMatchObject({
      command: 'start',
      flags: { port: '80' },
    });
  });

  it.each([
    [['start', '--prot', '80'], /no option --prot\. Did you mean --port\?/],
    [['start', '--frobnicate'], /no option --frobnicate\. See/],
    [['start', '-x'], /no option -x/],
    [['start', '--port'], /--port needs a value: --port <number>/],
    [['start', '--port', '--emulate'], /--port needs a value/],
    [['start', '--port='], /--port needs a value/],
    [['start', '--emulate=yes'], /--emulate takes no value/],
    [['start', 'examples/clinic'], /“examples\/clinic”\. Did you mean --cwd examples\/clinic\?/],
    [['help', 'start', '--prot'], /no option --prot/],
    [['--port', '80', 'tcpa', 'check'], /--port is for no plugin: what is for tcpa comes after it/],
    [['tcpa', 'check', '--cwd'], /--cwd needs a value/],
    [['storage'], /The command is parley storage backup or parley storage copy\./],
    [['storage', 'copy', '--from', 'config'], /parley storage copy needs --to <storage>/],
    [['start', '--json'], /parley start has no option --json/],
    [['check', '--port', '80'], /parley check has no option --port/],
  ])('refuses %j', (args, sentence) => {
    expect(() => parseCommandLine(args)).toThrow(sentence);
    expect(() => parseCommandLine(args)).toThrow(/\[error\.platform\.command-line\.malformed\]$/);
  });

  it('leaves what is not for every command to the plugin, as it was typed', () => {
    const args = [
      '--cwd',
      'x',
      'tcpa',
      'check',
      '+14155550123',
      '--at',
      '10:00',
      '-c',
      'c.ts',
      '--json',
      '--config=d.ts',
    ];
    expect(parseCommandLine([...args, '-xyz', '--verbose', '--', '--cwd', '-h'])).toMatchObject({
      kind: 'plugin',
      plugin: 'tcpa',
      args: ['check', '+14155550123', '--at', '10:00', '--json', '-xyz', '--', '--cwd', '-h'],
      help: false,
      flags: { cwd: 'x', config: 'd.ts', verbose: true, json: false },
    });
    expect(parseCommandLine(['tcpa', 'check', '--version', '-v'])).toMatchObject({
      args: ['check', '--version', '-v'],
    });
    expect(parseCommandLine(['--version', 'tcpa'])).toEqual({ kind: 'version' });
    for (const line of [
      ['tcpa', 'check', '-h'],
      ['--help', 'tcpa', 'check'],
      ['help', 'tcpa', 'check'],
    ]) {
      expect(parseCommandLine(line)).toMatchObject({ kind: 'plugin', plugin: 'tcpa', args: ['check'], help: true });
    }
  });

  it.each([
    ['port', '70000'],
    ['port', '3e3'],
    ['port', '-1'],
    ['port', 'http'],
    ['publicUrl', 'bots.example.com'],
    ['publicUrl', 'ftp://bots.example.com'],
    ['host', 'a b'],
  ])('refuses %s %s', (name, value) => {
    expect(() => checkFlags({ [name]: value })).toThrow(/has to be/);
  });

  it('takes flags before the environment before the defaults', () => {
    expect(resolveSettings({}, {})).toEqual({ port: 3000, host: '127.0.0.1', logLevel: 'info' });
    const environment = { PORT: '81', HOST: '0.0.0.0', PARLEY_PUBLIC_URL: 'https://a.b/', LOG_LEVEL: 'WARN' };
    expect(resolveSettings({ port: '0' }, environment)).toEqual({
      port: 0,
      host: '0.0.0.0',
      publicUrl: 'https://a.b',
      logLevel: 'warn',
    });
    expect(() => resolveSettings({}, { LOG_LEVEL: 'loud' })).toThrow(/LOG_LEVEL.*debug, info/);
  });

  it('helps with every option', () => {
    for (const name of Object.keys(options)) expect(helpText()).toContain(`--${name}`);
    expect(helpText('dev')).toMatch(/^Usage: parley dev/);
    expect(helpText('dev')).not.toContain('--json');
  });
});

describe('parley', () => {
  it.each([
    [[], 0, /^Usage: parley <command>/],
    [['--help'], 0, /^Usage: parley <command>/],
    [['help', 'start'], 0, /^Usage: parley start/],
    [['help', 'storage', 'copy'], 0, /^Usage: parley storage copy/],
    [['dev', '-h'], 0, /^Usage: parley dev/],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
    [['strat'], 2, /^There is no command “strat”\. Did you mean parley start\? There are start, dev, /],
    [['help', 'strat'], 2, /Did you mean parley start\?/],
    [
      ['fly'],
      2,
      /^There is no command “fly”\. There are start, dev, chat, check, diagram, password, replay, storage backup and storage copy\. See/,
    ],
    [['fly', '--config', 'none.ts'], 1, /config\.not-found/],
    [['start', '--prot', '80'], 2, /^There is no option --prot/],
    [['start', '--port', 'x'], 2, /^The option --port has to be/],
    [['start', '--cwd', 'nowhere'], 2, /^There is no folder nowhere/],
  ])('%j exits with %d', async (args, code, output) => {
    const project = new Project();
    const cli = project.parley(args);
    expect((await cli.exited).code).toBe(code);
    expect(cli.output).toMatch(output);
    await project.remove();
  });
});
