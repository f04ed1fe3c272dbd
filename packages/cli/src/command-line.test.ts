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
      emulate: true,
      json: false,
      verbose: true,
    };
    const long = ['--cwd', 'x', '--config=c.ts', '--port=80', '--host', '::', '--public-url', 'https://a.b'];
    expect(parseCommandLine(['dev', ...long, '--emulate', '--verbose'])).toEqual({
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
    [['strat'], /no command “strat”\. Did you mean parley start\?/],
    [['fly'], /no command “fly”\. There are start, dev, check, storage backup and storage copy\./],
    [['start', '--prot', '80'], /no option --prot\. Did you mean --port\?/],
    [['start', '--frobnicate'], /no option --frobnicate\. See/],
    [['start', '-x'], /no option -x/],
    [['start', '--port'], /--port needs a value: --port <number>/],
    [['start', '--port', '--emulate'], /--port needs a value/],
    [['start', '--port='], /--port needs a value/],
    [['start', '--emulate=yes'], /--emulate takes no value/],
    [['start', 'examples/clinic'], /“examples\/clinic”\. Did you mean --cwd examples\/clinic\?/],
    [['help', 'strat'], /Did you mean parley start/],
    [['storage'], /The command is parley storage backup or parley storage copy\./],
    [['storage', 'copy', '--from', 'config'], /parley storage copy needs --to <storage>/],
    [['start', '--json'], /parley start has no option --json/],
    [['check', '--port', '80'], /parley check has no option --port/],
  ])('refuses %j', (args, sentence) => {
    expect(() => parseCommandLine(args)).toThrow(sentence);
    expect(() => parseCommandLine(args)).toThrow(/\[error\.platform\.command-line\.malformed\]$/);
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
    expect(() => checkFlags({ emulate: false, json: false, verbose: false, [name]: value })).toThrow(/has to be/);
  });

  it('takes flags before the environment before the defaults', () => {
    const none = { emulate: false, json: false, verbose: false };
    expect(resolveSettings(none, {})).toEqual({ port: 3000, host: '127.0.0.1', logLevel: 'info' });
    const environment = { PORT: '81', HOST: '0.0.0.0', PARLEY_PUBLIC_URL: 'https://a.b/', LOG_LEVEL: 'WARN' };
    expect(resolveSettings({ ...none, port: '0' }, environment)).toEqual({
      port: 0,
      host: '0.0.0.0',
      publicUrl: 'https://a.b',
      logLevel: 'warn',
    });
    expect(() => resolveSettings(none, { LOG_LEVEL: 'loud' })).toThrow(/LOG_LEVEL.*debug, info/);
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
    [['strat'], 2, /^There is no command “strat”/],
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
