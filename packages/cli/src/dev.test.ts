import { afterEach, describe, expect, it } from 'vitest';
import { counting } from './testing/configs.ts';
import { type Cli, Phone, Project, until } from './testing/project.ts';

const projects: Project[] = [];
afterEach(async () => {
  await Promise.all(projects.splice(0).map((project) => project.remove()));
});

function dev(
  files: Readonly<Record<string, string>> = { 'parley.config.ts': counting() },
  env: Readonly<Record<string, string>> = {},
): { project: Project; cli: Cli } {
  const project = new Project(files);
  projects.push(project);
  return { project, cli: project.parley(['dev', '--port', '0'], env) };
}

/** The process that serves, which the command keeps. */
async function serverOf(cli: Cli): Promise<number> {
  const [, pid] = await cli.sees(/pid=(\d+)/);
  return Number(pid);
}

describe('parley dev', () => {
  it('introduces itself: the phone page, each app, the data', async () => {
    const { project, cli } = dev();
    const url = await cli.url();
    await cli.sees(/no text leaves this computer\n\n/);
    expect(cli.output).toContain('Counters is ready.');
    expect(cli.output).toContain(`Text it     ${url}/phone/`);
    expect(cli.output).toContain(`Look at it  ${url}/console/`);
    expect(cli.output).toContain(`Data        ${project.folder}/data/counters.db`);
    expect(cli.output).toMatch(/counting {3}\+14155550100 {3}preview {3}emulated twilio/);
    expect((await fetch(`${url}/phone/`)).status).toBe(200);
    await new Phone(url, 'counting').says('hi', 'That was 1.');
    await cli.sees(/^\d\d:\d\d:\d\d Text in app=counting with=…0142$/m);
    await cli.sees(/Text out, sent app=counting with=…0142/);
    expect(cli.output).not.toMatch(/5550142|That was/);
  });

  it('tells what to paste at the provider when there are credentials', async () => {
    const { cli } = dev(undefined, {
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 'secret',
      PARLEY_PUBLIC_URL: 'https://bots.example.com',
    });
    await cli.sees(/counting {3}https:\/\/bots\.example\.com\/webhooks\/twilio\/inbound/);
    expect(cli.output).toMatch(/real phones, by twilio/);
    expect(cli.output).not.toMatch(/Text it|secret/);
  });

  it('reloads when a file has changed; conversations go on at the same address', async () => {
    const { project, cli } = dev({
      'parley.config.ts': counting('$'.concat('{words}')).replace(
        'import { assign }',
        "import { words } from './words.ts';\nimport { assign }",
      ),
      'words.ts': "export const words = 'That was';",
    });
    const url = await cli.url();
    const ann = new Phone(url, 'counting');
    await ann.says('hi', 'That was 1.');
    project.write('words.ts', "export const words = 'By now';");
    await cli.sees(/Changed: words\.ts\. Reloading[\s\S]*Listening/);
    await ann.says('hi', 'By now 2.');
    expect(await cli.url()).toBe(url);
    expect(cli.output.match(/is ready/g)).toHaveLength(1);
  });

  it('waits for a change while the configuration is broken, from the start or later', async () => {
    const { project, cli } = dev({ 'parley.config.ts': 'export default {,};' });
    await cli.sees(
      /Expected identifier.*parley\.config\.ts:1:16.*\[error\.platform\.config\.not-loadable\]\n\nWaiting/,
    );
    project.write('parley.config.ts', counting());
    const ann = new Phone(await cli.url(), 'counting');
    await ann.says('hi', 'That was 1.');
    let seen = cli.output.length;
    project.write('parley.config.ts', counting().replace('triggers', 'trigers'));
    await cli.sees(/trigers.*\[error\.platform\.config\.malformed\]\n {2}at parley\.config\.ts:9:17\n\nWaiting/, seen);
    seen = cli.output.length;
    project.write('parley.config.ts', counting('It is'));
    await cli.sees(/Listening/, seen);
    await ann.says('hi', 'It is 2.');
  });

  it('loads a file that was missing once it is there, and .env anew', async () => {
    const { project, cli } = dev({
      'parley.config.ts': counting()
        .replace("name: 'Counters'", 'name')
        .concat("import { name } from './bots/name.ts';"),
    });
    await cli.sees(/'bots\/name\.ts'.*not-loadable/);
    project.write('bots/name.ts', "export const name = process.env.CALLED ?? 'Nobody';");
    await cli.sees(/Nobody is ready/);
    const seen = cli.output.length;
    project.write('.env', 'CALLED=Somebody');
    await cli.sees(/Changed: \.env\. Reloading[\s\S]*Listening/, seen);
    const organization = await (await fetch(`${await cli.url()}/phone/api/organization`)).json();
    expect(organization).toMatchObject({ name: 'Somebody' });
  });

  it('says where a bot has thrown', async () => {
    const { cli } = dev({
      'parley.config.ts': counting()
        .replace('context.count + 1', 'context.count + boom()')
        .concat("import { boom } from './bots/boom.ts';"),
      'bots/boom.ts':
        "interface Unused {}\n\nexport function boom(): number {\n  throw new RangeError('no more');\n}\n",
    });
    await new Phone(await cli.url(), 'counting').text('hi');
    const [line] = await cli.sees(/^.*is parked.*$/m);
    expect(line).toMatch(/ where=bots\/boom\.ts:4:9 reason="RangeError: no more"$/);
  });

  it('does not reload for its own data, tests and hidden files', async () => {
    const { project, cli } = dev();
    const ann = new Phone(await cli.url(), 'counting');
    for (const file of ['.git/index', 'dist/x.js', 'data/other.db-wal', 'words.test.ts', 'npm.log', '.swp']) {
      project.write(file, 'x');
    }
    await ann.says('hi', 'That was 1.');
    const seen = cli.output.length;
    project.write('notes.ts', 'export {};');
    await cli.sees(/Changed: notes\.ts\. Reloading/, seen);
    expect(cli.output.match(/Reloading/g)).toHaveLength(1);
  });

  it('stops both processes at a signal, and frees the port', async () => {
    const { cli } = dev();
    const url = await cli.url();
    cli.kill('SIGINT');
    expect(await cli.exited).toEqual({ code: 0, signal: null });
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    await cli.sees(/Stopped/);
  });

  it('takes the server down with it when it is killed, and goes on when it is started again', async () => {
    const { project, cli } = dev();
    const url = await cli.url();
    await new Phone(url, 'counting').says('hi', 'That was 1.');
    cli.kill('SIGKILL');
    await until(
      () =>
        fetch(`${url}/healthz`).then(
          () => undefined,
          () => true,
        ),
      'the server to be gone',
    );
    const again = project.parley(['dev', '--port', new URL(url).port]);
    await new Phone(await again.url(), 'counting').says('hi', 'That was 2.');
  });

  it('starts the server again when that alone is killed', async () => {
    const { cli } = dev({
      'parley.config.ts': `${counting()}\nsetInterval(() => process.stdout.write(\`pid=\${process.pid}\\n\`), 1_200);`,
    });
    const ann = new Phone(await cli.url(), 'counting');
    await ann.says('hi', 'That was 1.');
    const server = await serverOf(cli);
    const seen = cli.output.length;
    process.kill(server, 'SIGKILL');
    await cli.sees(/The server is gone\. Starting it again[\s\S]*Listening/, seen);
    await ann.says('hi', 'That was 2.');
  });

  it('ends when nothing but another port would help', async () => {
    const { project, cli } = dev();
    const { port } = new URL(await cli.url());
    const second = project.parley(['dev', '--port', port]);
    expect((await second.exited).code).toBe(1);
    expect(second.errors).toContain('[error.platform.server.port-taken]');
  });
});
