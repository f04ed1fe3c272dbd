import { describe, expect, it } from 'vitest';
import { ownExplanation } from './own-explanation.ts';

describe('what a code of ours means', () => {
  it('is the first sentence of the registry, and what to do the rest', () => {
    expect(ownExplanation('error.platform.send.daily-cap')).toEqual({
      meaning: 'The app … has sent its … messages of today (UTC); this one was not sent.',
      advice: 'Raise pace.perDay of the app, or send tomorrow.',
    });
    expect(ownExplanation('error.platform.send.cancelled')).toEqual({
      meaning: 'The message was cancelled before it was sent.',
      advice: '',
    });
  });

  it('is not told where all that it says is in its gaps', () => {
    expect(ownExplanation('error.platform.tcpa.quiet-hours')).toBeUndefined();
  });

  it('is not known of codes of others', () => {
    expect(ownExplanation('30003')).toBeUndefined();
    expect(ownExplanation('toString')).toBeUndefined();
  });
});
