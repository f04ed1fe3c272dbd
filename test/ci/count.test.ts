import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-count-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Counts a report, and answers with the last line and the exit code. */
function count(report: unknown, testsFailed: boolean): Promise<readonly [line: string, code: number]> {
  const file = join(folder, 'report.json');
  if (report !== undefined) writeFileSync(file, JSON.stringify(report));
  const script = join(import.meta.dirname, '../../.ci/count.js');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, file, testsFailed ? '1' : '0'], (error, stdout) => {
      resolve([stdout.trim().split('\n').at(-1) ?? '', error === null ? 0 : Number(error.code)]);
    });
  });
}

const report = (numPassedTests: number, numFailedTests = 0, numPendingTests = 0, testResults: object[] = []) => ({
  ...{ numPassedTests, numFailedTests, numPendingTests, numTodoTests: 0, testResults },
});

describe('the last line of .ci/run', () => {
  it.each([
    ['all passed', report(7), false, '7 passed, 0 failed', 0],
    ['some were skipped', report(7, 0, 2), false, '7 passed, 0 failed, 2 skipped', 0],
    ['some failed', report(5, 2), true, '5 passed, 2 failed', 1],
    [
      'a file could not be loaded',
      report(5, 1, 0, [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{ status: 'failed' }] },
      ]),
      true,
      '5 passed, 2 failed',
      1,
    ],
    ['the run failed outside of any test', report(7), true, '7 passed, 1 failed', 1],
    ['no test ran', report(0), false, '0 passed, 0 failed', 1],
    ['the runner wrote nothing', undefined, true, '0 passed, 1 failed', 1],
  ])('says so when %s', async (_, given, testsFailed, line, code) => {
    expect(await count(given, testsFailed)).toEqual([line, code]);
  });
});
