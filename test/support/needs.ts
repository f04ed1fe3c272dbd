import { describe, it } from 'vitest';

/** Something outside of this repository that a test cannot do without. */
export interface Need {
  /** `Chromium`, `PostgreSQL`, `a network card`. */
  readonly what: string;
  /** Why it is not to be had here; `undefined` when it is. */
  readonly missing: string | undefined;
  /** How to get it: `apt-get install chromium`. */
  readonly hint?: string;
}

declare module 'vitest' {
  interface TaskMeta {
    /** Why it does not run here; the summary prints it. */
    notRun?: string;
  }
}

/**
 * A suite that runs where it finds what it needs. Elsewhere it is skipped, and the summary says so by name and reason.
 *
 * ```ts
 * const chromium = findChromium();
 * suiteNeeding({ what: 'Chromium', missing: chromium.reason, hint: 'apt-get install chromium' }, 'the phone page', () => {
 *   it('shows a text as soon as it is sent', …);
 * });
 * ```
 */
export function suiteNeeding(need: Need, name: string, define: () => void): void {
  describe(name, optionsFor(need), define);
}

/** One test that runs where it finds what it needs: see {@link suiteNeeding}. */
export function testNeeding(need: Need, name: string, run: () => unknown): void {
  it(name, optionsFor(need), async () => {
    await run();
  });
}

function optionsFor({ what, missing, hint }: Need) {
  if (missing === undefined) return {};
  const reason = `needs ${what}: ${missing}${hint === undefined ? '' : ` (${hint})`}`;
  return { skip: true, meta: { notRun: reason } };
}
