import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';
import { playHosted } from './support/hosted.ts';
import { playLive } from './support/live.ts';

describe('a hosted machine differs from a live one in', () => {
  it.each(Object.entries(differences))('%s', async (_, { scenario, shows, expected }) => {
    expect({
      live: shows(await playLive(scenario, false)),
      hosted: shows(playHosted(scenario)),
    }).toEqual(expected);
  });
});
