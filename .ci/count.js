// Prints `N passed, N failed` from vitest's JSON report: `node .ci/count.js <report> <1 if the tests failed>`.
import { readFileSync } from 'node:fs';

const [file, testsFailed] = process.argv.slice(2);

/** What the report says; `undefined` when the runner ended before it could write one. */
function readReport() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Test files that could not even be loaded hold no test that could have failed. */
function brokenFiles({ testResults }) {
  return testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
}

const report = readReport();
if (report === undefined) {
  console.log('The test runner ended without a report, which counts as one failure.');
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const passed = report.numPassedTests;
const skipped = report.numPendingTests + report.numTodoTests;
let failed = report.numFailedTests + brokenFiles(report);
if (failed === 0 && testsFailed === '1') {
  console.log('No test failed, and yet the run did (see above), which counts as one failure.');
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
