import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Phone, Project } from './testing/project.ts';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const vitest = fileURLToPath(new URL('../../../node_modules/vitest/vitest.mjs', import.meta.url));

/** A block of the README by the name that it gives to its file. */
function block(file: string): string {
  const [, code] = new RegExp(`\`\`\`ts file=${file}\\n([\\s\\S]+?)\`\`\``).exec(readme) ?? [];
  if (code === undefined) throw new Error(`The README has no ${file}.`);
  return code;
}

describe('the bot of the README', () => {
  let project: Project;
  afterEach(() => project.remove());

  it('has less than 40 lines', () => {
    project = new Project();
    expect(block('parley.config.ts').trim().split('\n').length).toBeLessThan(40);
  });

  it('works when it is pasted, and serves the tea after kill -9', async () => {
    project = new Project({ 'parley.config.ts': block('parley.config.ts') });
    const cli = project.parley(['dev', '--port', '0']);
    const ann = new Phone(await cli.url(), 'cafe');
    await ann.says('hello', 'Welcome to the corner café! COFFEE or TEA?');
    await ann.says('beer', 'We only have COFFEE and TEA. Which one?');
    await ann.says('Tea', 'One tea, coming up.');
    cli.kill('SIGKILL');
    await cli.exited;
    const again = project.parley(['dev', '--port', '0']);
    await new Phone(await again.url(), 'cafe').hears('Your tea is ready!');
  });

  it('passes its own test', async () => {
    project = new Project({
      'parley.config.ts': block('parley.config.ts'),
      'cafe.test.ts': block('cafe.test.ts'),
      'package.json': '{"type":"module"}',
    });
    const { PATH = '', HOME = '' } = process.env;
    const options = { cwd: project.folder, env: { PATH, HOME, NO_COLOR: '1' } };
    const { stdout } = await promisify(execFile)(process.execPath, [vitest, 'run', '--root', project.folder], options);
    expect(stdout).toMatch(/1 passed/);
  });
});
