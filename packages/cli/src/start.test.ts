import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { counting } from './testing/configs.ts';
import { Phone, Project, until } from './testing/project.ts';

const projects: Project[] = [];
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()));
});

function project(files: Readonly<Record<string, string>> = { 'parley.config.ts': counting() }): Project {
  const made = new Project(files);
  projects.push(made);
  return made;
}

/** A port that is free, or says who has it. */
async function listen(port = 0): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as { port: number };
  return { port: taken, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

describe('parley start', () => {
  it('serves the configuration and stops when asked to', async () => {
    const cli = project().parley(['start', '--emulate', '--port', '0']);
    const ann = new Phone(await cli.url(), 'counting');
    await ann.says('hi', 'That was 1.');
    cli.kill('SIGTERM');
    expect(await cli.exited).toEqual({ code: 0, signal: null });
    for (const line of cli.output.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ level: 'info' });
    expect(cli.output).toMatch(/"signal":"SIGTERM","msg":"Stopping".*\n.*"msg":"Stopped"/);
    expect(cli.output).not.toContain('5550142');
  });

  it('goes on with every conversation after kill -9', async () => {
    const counters = project();
    for (const count of [1, 2, 3]) {
      const cli = counters.parley(['start', '--emulate', '--port', '0']);
      await new Phone(await cli.url(), 'counting').says('hi', `That was ${count}.`);
      cli.kill('SIGKILL');
      expect((await cli.exited).signal).toBe('SIGKILL');
    }
  });

  it('takes its settings from the environment and from .env, flags first', async () => {
    const { port, close } = await listen();
    await close();
    const counters = project({ 'parley.config.ts': counting(), '.env': 'PORT=1\nLOG_LEVEL=debug\n' });
    const cli = counters.parley(['start', '--emulate'], { PORT: String(port), LOG_LEVEL: 'info' });
    expect(await cli.url()).toBe(`http://127.0.0.1:${port}`);
    const other = project({ 'parley.config.ts': counting(), '.env': 'PORT=1\nLOG_LEVEL=debug\n' });
    const second = other.parley(['start', '--emulate', '--port', '0']);
    await second.url();
    expect((await fetch(`${await second.url()}/healthz`)).status).toBe(200);
    await second.sees(/"level":"debug"/);
  });

  it('finds the project by --cwd and the configuration by --config', async () => {
    const counters = project({ 'app/conf/main.ts': counting() });
    const cli = counters.parley(['start', '--cwd', 'app', '--config=conf/main.ts', '--emulate', '-p', '0']);
    await cli.url();
    expect(counters.has('app/data/counters.db')).toBe(true);
  });

  it('takes TypeScript for modules whatever package.json says', async () => {
    const counters = project({ 'parley.config.ts': counting(), 'package.json': '{"type":"commonjs"}' });
    const cli = counters.parley(['start', '--emulate', '-p', '0']);
    const response = await fetch(`${await cli.url()}/webhooks/twilio/inbound`, { method: 'POST', body: 'x' });
    expect(response.status).toBe(403);
  });

  it('signs webhooks against --public-url, even if the configuration says another', async () => {
    const configured = counting().replace(
      "name: 'Counters',",
      "name: 'Counters', publicUrl: 'https://one.example.com',",
    );
    const cli = project({ 'parley.config.ts': configured }).parley(
      ['start', '-p', '0', '--public-url', 'https://two.example.com/'],
      { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'secret' },
    );
    const response = await fetch(`${await cli.url()}/webhooks/twilio/inbound`, {
      method: 'POST',
      headers: { 'x-twilio-signature': 'x', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Body=x',
    });
    expect(await response.text()).toContain('https://two.example.com/webhooks/twilio/inbound');
    expect((await fetch(`${await cli.url()}/phone/`)).status).toBe(404);
  });

  it('exits at once at a second signal', async () => {
    const slow = `${counting()}\nprocess.stdout.write('loading');\nawait new Promise((resolve) => setTimeout(resolve, 60_000));`;
    const cli = project({ 'parley.config.ts': slow }).parley(['start', '--emulate', '-p', '0']);
    await cli.sees(/loading/);
    cli.kill('SIGINT');
    // Signals of one kind that come together are one.
    const repeat = setInterval(() => cli.kill('SIGTERM'), 50);
    expect((await cli.exited).code).toBe(143);
    clearInterval(repeat);
  });

  it('ends with a code in the log when something is thrown that nobody handles', async () => {
    const thrower = `${counting()}\nsetTimeout(() => { throw new RangeError('of +14155550142'); }, 500);`;
    const cli = project({ 'parley.config.ts': thrower }).parley(['start', '--emulate', '-p', '0']);
    expect((await cli.exited).code).toBe(1);
    expect(cli.output).toMatch(/"code":"RangeError".*"msg":"Crashed"/);
    expect(cli.output).not.toContain('5550142');
    const rejecter = `${counting()}\nsetTimeout(() => Promise.reject(new TypeError('x')), 500);`;
    const other = project({ 'parley.config.ts': rejecter }).parley(['start', '--emulate', '-p', '0']);
    expect((await other.exited).code).toBe(1);
    expect(other.output).toMatch(/"kind":"unhandledRejection","code":"TypeError"/);
  });
});

describe('a configuration that is not right', () => {
  const app = "defineApp({ id: 'counting', number: '+14155550100', bots: [counter] })";
  const twin = "defineApp({ id: 'twin', number: '+14155550100' })";

  it.each([
    [
      'a typo',
      counting().replace('triggers:', 'trigers:'),
      'config.malformed',
      /trigers.*\n {2}at parley\.config\.ts:9:17/,
    ],
    [
      'a number claimed twice',
      counting().replace(app, `${app}, ${twin}`),
      'config.number-taken',
      /…0100.*counting.*twin/,
    ],
    [
      'two apps of one id',
      counting().replace(app, `${app}, ${app}`),
      'config.duplicate-id',
      /two apps called counting/,
    ],
    [
      'an unknown transport',
      counting().replace('bots:', "transport: 'tin-can', bots:"),
      'config.unknown-transport',
      /tin-can/,
    ],
    ['no credentials', counting(), 'transport.no-credentials', /TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN/],
    ['nothing exported', 'export const x = 1;', 'config.no-organization', /parley\.config\.ts/],
    ['something else exported', 'export default { name: "x" };', 'config.no-organization', /export default/],
    ['bad syntax', 'const x = 1;\n\nexport default {,};', 'config.not-loadable', /parley\.config\.ts:3:16/],
    [
      'a package that is missing',
      "import 'no-such-package';",
      'config.not-loadable',
      /no-such-package.*parley\.config\.ts/,
    ],
    [
      'a file that is missing',
      "import './bots/none.ts';",
      'config.not-loadable',
      /'bots\/none\.ts'.*parley\.config\.ts/,
    ],
    [
      'a TypeError',
      'interface X {}\n\nconst x = undefined as any;\nexport default x.y;',
      'config.not-loadable',
      /TypeError.*parley\.config\.ts:4:18/,
    ],
    [
      'a callback in a bot',
      counting()
        .replace('context: { count: 0 },', 'context: { count: 0 }, invoke: { src: fromCallback(() => {}) },')
        .replace('{ assign }', '{ assign, fromCallback }'),
      'bot.not-durable',
      /fromPromise/,
    ],
  ])('%s: exits with 1 and a sentence, and leaves nothing behind', async (_, config, code, sentence) => {
    const broken = project({ 'parley.config.ts': config });
    const { port, close } = await listen();
    await close();
    const cli = broken.parley(['start', '--port', String(port)]);
    expect(await cli.exited).toEqual({ code: 1, signal: null });
    expect(cli.errors).toContain(`[error.platform.${code}]`);
    expect(cli.errors).toMatch(sentence);
    expect(cli.errors).not.toMatch(/node:internal|\n {4}at /);
    expect(broken.files()).toEqual(['parley.config.ts']);
    await (await listen(port)).close();
  });

  it('names the file that the configuration imports, whatever package.json says', async () => {
    const bot = "import { defineBot } from '@parley/core';\n\nexport const bot = defineBot({ id: 'Bot' } as never);\n";
    const cli = project({
      'parley.config.ts': counting().concat("import './bots/bot.ts';"),
      'bots/bot.ts': bot,
      'package.json': '{"type":"commonjs"}',
    }).parley(['start', '--port', '0']);
    expect((await cli.exited).code).toBe(1);
    expect(cli.errors).toMatch(/\[error\.platform\.config\.malformed\]\n {2}at bots\/bot\.ts:3:20/);
  });

  it('names the missing file when there is none', async () => {
    const empty = project({});
    const cli = empty.parley(['start']);
    expect((await cli.exited).code).toBe(1);
    expect(cli.errors).toMatch(/There is no parley\.config\.ts.*--config.*\[error\.platform\.config\.not-found\]/);
  });

  it('shows where an error came from with --verbose', async () => {
    const cli = project({ 'parley.config.ts': 'export default undefined.x;' }).parley(['start', '--verbose']);
    expect((await cli.exited).code).toBe(1);
    expect(cli.errors).toMatch(/config\.not-loadable.*\n {4}at [\s\S]*Caused by TypeError/);
  });

  it('refuses a port that is taken, and a variable that is none', async () => {
    const { port, close } = await listen();
    const taken = project();
    const cli = taken.parley(['start', '--emulate', '--port', String(port)]);
    expect((await cli.exited).code).toBe(1);
    expect(cli.errors).toMatch(/Port \d+ is taken.*\[error\.platform\.server\.port-taken\]/);
    expect(taken.has('data')).toBe(false);
    await close();
    const other = project().parley(['start', '--emulate'], { PORT: 'http' });
    expect((await other.exited).code).toBe(1);
    expect(other.errors).toMatch(/PORT.*whole number from 0 to 65535.*\[error\.platform\.config\.bad-environment\]/);
  });

  it('says so when another process has the database', async () => {
    const counters = project();
    const first = counters.parley(['start', '--emulate', '-p', '0']);
    await first.url();
    const second = counters.parley(['start', '--emulate', '-p', '0']);
    expect((await second.exited).code).toBe(1);
    expect(second.errors).toContain('[error.platform.storage.in-use]');
    await until(async () => ((await fetch(`${await first.url()}/readyz`)).status === 200 ? true : undefined), 'ready');
  });
});
