import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Tests import the packages' sources, not what was built of them. Without `import`: node, which gets these as well, would take
// that for its `require` too, and packages of both kinds (pg) then get in each other's way.
const conditions = ['parley-source', 'node'];

// Where to write what happened as JSON besides printing it; .ci/run counts from there.
const report = process.env.PARLEY_TEST_REPORT;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    // Also those of a bot in a folder of its own, as the README has it: `--root my-bot` reads this file too.
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Far beyond what anything takes: a busy machine is no reason to fail.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Much of what takes long here waits for another process or a browser: two at a time, on two cores as well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    reporters: ['default', './test/support/not-run-reporter.ts', ...(report === undefined ? [] : ['json'])],
    ...(report === undefined ? {} : { outputFile: { json: report } }),
  },
});
