import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { defineApp } from './app.ts';
import { profile } from './profile.ts';

const settings = {
  dev: { mode: 'preview', file: 'dev.db' },
  staging: { mode: 'preview', file: 'staging.db', onlyTo: ['+14155550123'] },
  production: { mode: 'published', file: 'data.db' },
} as const;

describe('profile', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('gives the settings of the profile that the environment names', () => {
    for (const name of ['dev', 'staging', 'production'] as const) {
      vi.stubEnv('PARLEY_PROFILE', name);
      expect(profile(settings)).toBe(settings[name]);
    }
    expect(profile({ dev: 1, production: 2 }, 'dev')).toBe(1);
  });

  it.each([
    ['prodution', /The profile prodution .* dev, staging, production\. Did you mean production\?/],
    ['qa7', /The profile qa7 .* dev, staging, production\. Name one with --profile/],
    ['', /The profile \(unset\)/],
    ['constructor', /The profile constructor/],
    [undefined, /The profile \(unset\)/],
  ])('refuses the profile %s, and guesses none', (name, problem) => {
    vi.stubEnv('PARLEY_PROFILE', name);
    expect(() => profile(settings)).toThrow(problem);
    expect(() => profile(settings)).toThrow(/\[error\.platform\.config\.unknown-profile\]$/);
  });

  it('refuses names that nobody would type, and no profiles at all', () => {
    expect(() => profile({ 'My Profile': 1 }, 'My Profile')).toThrow(/lower-case letters, digits and dashes/);
    expect(() => profile({}, 'dev')).toThrow(/at least one profile/);
  });

  it('has the type that all profiles have in common', () => {
    const chosen = profile(
      {
        dev: { mode: 'preview', perDay: 5 },
        production: { mode: 'published', onlyTo: ['+14155550123'] },
      },
      'production',
    );
    expectTypeOf(chosen.mode).toEqualTypeOf<'preview' | 'published'>();
    expectTypeOf(chosen.perDay).toEqualTypeOf<5 | undefined>();
    expectTypeOf(profile({ dev: 'a', production: 'b' }, 'dev')).toExtend<string>();
    const { mode, onlyTo } = chosen;
    expect(defineApp({ id: 'app', number: '+14155550100', mode, onlyTo })).toMatchObject({
      mode: 'published',
      onlyTo: ['+14155550123'],
    });
    // @ts-expect-error no profile has it
    expect(chosen.nothing).toBeUndefined();
  });
});
