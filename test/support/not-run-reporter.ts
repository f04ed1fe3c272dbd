import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';

/** What the summary says of the tests that did not run. */
interface Tally {
  /** `<file> > <suite> — <reason>`, and how many tests that concerns. */
  readonly notRun: Map<string, number>;
  /** Names of tests that were skipped and do not say why. */
  readonly unexplained: string[];
}

/**
 * Prints at the end which suites did not run and why, as `suiteNeeding` and `context.skip(reason)` say it. A test that is
 * skipped without a reason fails the run: nothing is left out in silence.
 */
export default class NotRunReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const tally: Tally = { notRun: new Map(), unexplained: [] };
    let onlySome = this.#vitest?.config.testNamePattern !== undefined;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        onlySome ||= test.options.mode === 'only';
        if (test.result().state === 'skipped') count(test, tally);
      }
    }
    for (const [what, tests] of tally.notRun) {
      this.#print(`Not run: ${what} (${tests} ${tests === 1 ? 'test' : 'tests'})`);
    }
    // Somebody who asks for a few tests by name knows that the others are not run.
    if (onlySome || tally.unexplained.length === 0) return;
    for (const name of tally.unexplained) this.#print(`Skipped without a reason: ${name}`);
    this.#print('Say why with suiteNeeding of test/support/needs.ts or context.skip(reason), or remove the test.');
    process.exitCode = 1;
  }

  #print(line: string): void {
    this.#vitest?.logger.log(line);
  }
}

function count(test: TestCase, { notRun, unexplained }: Tally): void {
  const [reason, subject] = reasonFor(test);
  if (reason === undefined) {
    unexplained.push(nameOf(test));
    return;
  }
  const line = `${nameOf(subject)} — ${reason}`;
  notRun.set(line, (notRun.get(line) ?? 0) + 1);
}

/** Why a test did not run, and what it is that did not: the outermost suite that says so, else the test. */
function reasonFor(test: TestCase): [reason: string | undefined, subject: TestCase | TestSuite] {
  let found: [string | undefined, TestCase | TestSuite] = [test.meta().notRun ?? noteOf(test), test];
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) {
    const { notRun } = parent.meta();
    if (notRun !== undefined) found = [notRun, parent];
  }
  return found;
}

function noteOf(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}

function nameOf(task: TestCase | TestSuite): string {
  return `${task.module.relativeModuleId} > ${task.fullName}`;
}
