import { defineConfig } from 'vitest/config';

// Tests import the packages' sources, not what was built of them.
const conditions = ['parley-source', 'node', 'import', 'default'];

// Where to write what happened as JSON besides printing it; .ci/run counts from there.
const report = process.env.PARLEY_TEST_REPORT;

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: [
      '{packages,plugins,examples}/*/**/*.test.ts',
      'test/**/*.test.ts',
      'docs/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 30_000,
    reporters: ['default', './test/support/not-run-reporter.ts', ...(report === undefined ? [] : ['json'])],
    ...(report === undefined ? {} : { outputFile: { json: report } }),
  },
});
