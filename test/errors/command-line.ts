import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Provocation } from './world.ts';

const parley = join(import.meta.dirname, '../../packages/cli/bin/parley.js');

interface Project {
  readonly args?: readonly string[];
  readonly config?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs `parley` in a folder with this configuration, and answers with the code that it printed. */
function running({ args = ['start'], config, environment = {} }: Project): Provocation {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-errors-'));
    if (config !== undefined) writeFileSync(join(folder, 'parley.config.ts'), config);
    try {
      const output = await new Promise<string>((resolve) => {
        const options = { cwd: folder, env: { ...process.env, ...environment }, timeout: 20_000 };
        execFile(process.execPath, [parley, ...args], options, (_, stdout, stderr) => resolve(stdout + stderr));
      });
      return /error\.platform\.[a-z.-]+[a-z]/.exec(output)?.[0] ?? output;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

/** These run what was built, as a user does. */
export const commandLine: Readonly<Record<string, Provocation>> = {
  'error.platform.command-line.malformed': running({ args: ['strat'] }),
  'error.platform.storage.unknown-url': running({ args: ['storage', 'copy', '--from', 'nowhere', '--to', 'nowhere'] }),
  'error.platform.storage.missing': running({
    args: ['storage', 'backup', '--to', 'copy.db'],
    config: `
      export default {
        name: 'Test', apps: [], transports: {}, plugins: [], actors: [],
        storage: { name: 'sqlite', location: 'none.db', backup() {}, requestBackup() {} },
      };
    `,
  }),
  'error.platform.storage.no-backup': running({
    args: ['storage', 'backup', '--to', 'copy.db'],
    config: `
      export default {
        name: 'Test', apps: [], transports: {}, plugins: [], actors: [],
        storage: { name: 'other' },
      };
    `,
  }),
  // The folder has no packages of its own.
  'error.platform.storage.no-plugin': running({
    args: ['storage', 'copy', '--from', 'sqlite:a.db', '--to', 'sqlite:b.db'],
  }),
  'error.platform.config.not-found': running({}),
  'error.platform.config.no-organization': running({ config: 'export default {};' }),
  'error.platform.config.not-loadable': running({ config: 'export default {' }),
  'error.platform.config.bad-environment': running({ config: 'export default {};', environment: { PORT: 'many' } }),
};
