import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from './testing/project.ts';

const config = `
import { defineApp, defineOrganization, profile } from '@parley/core';
import { sqlite } from '@parley/plugin-sqlite';
import { twilio } from '@parley/plugin-twilio';

const settings = profile({
  dev: { mode: 'preview' },
  staging: { mode: 'published', onlyTo: ['+14155550123'] },
  production: { mode: 'published' },
});
export default defineOrganization({
  name: 'In ' + settings.mode,
  apps: [
    defineApp({ id: 'app', number: '+14155550100', ...settings }),
    defineApp({ id: 'trial', number: '+14155550101' }),
  ],
  transports: { twilio: twilio() },
  storage: sqlite({ file: 'data/' + process.env.PARLEY_PROFILE + '.db' }),
  plugins: [{ name: 'tell', commands: { mode: { usage: '', summary: 'Tells', async run(_, { output, organization }) {
    output.write(organization.name + '\\n');
    return 0;
  } } } }],
});
`;
const CREDENTIALS = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'secret' };

let project: Project;
beforeEach(() => {
  project = new Project({ 'parley.config.ts': config });
});
afterEach(() => project.remove());

describe('profiles', () => {
  it('are dev for dev and production for start, which say so with the apps that are preview and published', async () => {
    const dev = project.parley(['dev', '--port', '0']);
    await dev.sees(/In preview is ready[\s\S]*Profile {5}dev\n[\s\S]*app {5}\+14155550100 {3}preview/);
    const start = project.parley(['start', '--port', '0', '--emulate']);
    const [line] = await start.sees(/^.*"msg":"Serving".*$/m);
    expect(JSON.parse(line)).toMatchObject({ profile: 'production', preview: ['trial'], published: ['app'] });
    expect(project.has('data/dev.db') && project.has('data/production.db')).toBe(true);
  });

  it('are chosen by --profile before the environment before .env', async () => {
    project.write('.env', 'PARLEY_PROFILE=production');
    const profileOf = async (args: string[], env = {}) => {
      const dev = project.parley(['dev', '--port', '0', ...args], env);
      const [, name] = await dev.sees(/Profile {5}(\w+)/);
      dev.kill('SIGTERM');
      await dev.exited;
      return name;
    };
    expect(await profileOf([])).toBe('production');
    expect(await profileOf([], { PARLEY_PROFILE: 'staging' })).toBe('staging');
    expect(await profileOf(['--profile', 'dev'], { PARLEY_PROFILE: 'staging' })).toBe('dev');
  });

  it.each([
    [['start', '--profile', 'prod'], /The profile prod is none .* dev, staging, production\./],
    [['start', '--profile', 'stagin'], /Did you mean staging\?/],
    // Which data would it look at?
    [['check'], /The profile \(unset\) .* Name one with --profile or PARLEY_PROFILE/],
    [['tell', 'mode'], /The profile \(unset\)/],
  ])('%j is refused, and nothing opened', async (args, sentence) => {
    const cli = project.parley(args);
    expect((await cli.exited).code).toBe(1);
    expect(cli.errors).toMatch(sentence);
    expect(cli.errors).toContain('[error.platform.config.unknown-profile]');
    expect(project.has('data')).toBe(false);
  });

  it('are for commands of plugins, too', async () => {
    const cli = project.parley(['tell', 'mode', '--profile', 'staging']);
    expect((await cli.exited).code).toBe(0);
    expect(cli.output).toBe('In published\n');
  });
});

describe('an app that texts real people from parley dev', () => {
  const dev = async (args: readonly string[], env = {}) => {
    const cli = project.parley(['dev', '--port', '0', ...args], env);
    await cli.sees(/is ready[\s\S]*app {5}\+14155550100[\s\S]*\n\n/);
    cli.kill('SIGTERM');
    await cli.exited;
    return cli.errors;
  };

  it('is warned of loudly', async () => {
    const errors = await dev(['--profile', 'production'], CREDENTIALS);
    expect(errors).toMatch(/WARNING {2}app \(\+14155550100\) is published and texts real phones, by twilio\./);
    expect(errors).not.toContain('trial (');
  });

  it.each([
    ['emulated', ['--profile', 'production', '--emulate'], CREDENTIALS],
    ['emulated for want of credentials', ['--profile', 'production'], {}],
    ['a preview', ['--profile', 'dev'], CREDENTIALS],
    ['limited to some', ['--profile', 'staging'], CREDENTIALS],
  ])('is no matter when it is %s', async (_, args, env) => {
    expect(await dev(args, env)).toBe('');
  });
});
