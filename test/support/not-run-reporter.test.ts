import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Runs vitest on one fixture. */
function run(fixture: string, ...more: string[]): Promise<{ code: number; output: string }> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = join(import.meta.dirname, 'fixtures/vitest.config.ts');
  // Without the marks of the vitest that runs this test.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$)/.test(name)));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [vitest, 'run', '--config', config, fixture, ...more],
      { env: { ...env, NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
      },
    );
  });
}

describe('the summary of what did not run', () => {
  it('names each suite and test with its reason, and lets the run pass', async () => {
    const { code, output } = await run('explained');
    expect(output).toContain(
      'Not run: explained.fixture.ts > tides — needs the Moon: it is not up (wait for the night) (2 tests)',
    );
    expect(output).toContain(
      'Not run: explained.fixture.ts > nights > are bright — needs the Moon: it is not up (wait for the night) (1 test)',
    );
    expect(output).toContain('Not run: explained.fixture.ts > nights > are long in winter — it is summer (1 test)');
    expect(output).not.toContain('without a reason');
    expect(output).toMatch(/Tests +2 passed \| 4 skipped/);
    expect(code).toBe(0);
  });

  it('fails the run when a test is skipped without a reason', async () => {
    const { code, output } = await run('silent');
    expect(output).toContain('Skipped without a reason: silent.fixture.ts > silence > is kept');
    expect(output).toContain('Skipped without a reason: silent.fixture.ts > nobody has written this');
    expect(code).toBe(1);
  });

  it('asks for no reasons when somebody runs tests by name', async () => {
    const { code, output } = await run('silent', '--testNamePattern', 'runs');
    expect(output).not.toContain('without a reason');
    expect(code).toBe(0);
  });
});
