import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from './world.ts';

let api: Api;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.server.close({ grace: 100 }));

const START = 'What the engine was asked for is not right:';

describe('a request that is not as it should be', () => {
  it.each([
    ['one thing', 'GET /messages?direction=up', [/in the query, direction: Invalid option: [^;]+\.$/]],
    [
      'several things, one after the other',
      'GET /messages?direction=up&status=lost',
      [/direction: Invalid option/, /; status: Invalid option/],
    ],
  ])('is told in a line what is wrong with %s', async (_, asked, expected) => {
    const { status, body } = await api.ask(asked, { as: 'operator' });
    expect([status, body.error.code]).toEqual([400, 'error.platform.request.malformed']);
    const said = body.error.message.replace(/ \[error\.platform\.request\.malformed\]$/, '');
    expect(said.startsWith(START)).toBe(true);
    for (const words of expected) expect(said).toMatch(words);
    expect(said).not.toMatch(/[✖→\n]/);
  });
});
