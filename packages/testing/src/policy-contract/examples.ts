import { expect, it } from 'vitest';
import type { PolicyExample, PolicyUnderTest } from './setting.ts';
import { begin, type Story } from './story.ts';

export function examplesContract(underTest: PolicyUnderTest): void {
  it.each(underTest.examples.map((example) => [example.what, example] as const))('%s', async (_, example) => {
    const story = await begin(underTest, {}, example.start);
    await story.go(example.steps);
    await expectEnd(story, example);
    expect(story.watched.faults).toEqual([]);
    await story.end();
  });
}

async function expectEnd(story: Story, { ends, code, as }: PolicyExample): Promise<void> {
  const message = await story.last();
  const verdict = message?.history.findLast(({ verdicts }) => verdicts !== undefined)?.verdicts?.at(-1);
  switch (ends) {
    case 'sent':
      expect(message?.status).toBe('delivered');
      // The log keeps what was said; the phone gets what plugins have made of it.
      if (as !== undefined) expect(story.received).toContain(as);
      if (code !== undefined) expect(verdict).toMatchObject({ kind: 'allow', code });
      return;
    case 'deferred':
      expect(message?.status).toBe('pending');
      expect(verdict).toMatchObject({ kind: 'defer', code: code ?? expect.any(String) });
      return;
    case 'denied':
      expect(message?.status).toBe('failed');
      expect(message?.error?.code).toBe(code ?? verdict?.code);
      expect(verdict?.kind).toBe('deny');
  }
}
