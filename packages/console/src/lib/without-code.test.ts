import { describe, expect, it } from 'vitest';
import { withoutCode } from './without-code.ts';

describe('what an error says to people', () => {
  it.each([
    ['Sign in first. [error.platform.access.sign-in-required]', 'Sign in first.'],
    ['The server does not answer.', 'The server does not answer.'],
    ['It said [no].', 'It said [no].'],
    ['See [error.platform.send.in-doubt] in the list.', 'See [error.platform.send.in-doubt] in the list.'],
  ])('of %j is %j', (message, said) => {
    expect(withoutCode(message)).toBe(said);
  });
});
