import { describe, expect, it } from 'vitest';
import { rootOf } from './root.ts';

describe('where everything is', () => {
  it.each([
    ['/console/', '/console/', '', ''],
    ['/bots/console/?a=/console/', '/console/', '', '/bots'],
    ['/shop/bots/console/', '/bots/console/', '/bots', '/shop/bots'],
  ])('%s, seen as %s with the prefix "%s", is below "%s"', (originalUrl, path, prefix, root) => {
    expect(rootOf({ originalUrl, path }, prefix)).toBe(root);
  });

  it.each([
    ['another path than was asked for', '/elsewhere'],
    ['one that would be another server', '//evil.example/console/'],
    ['one that would end the attribute', '/"><script>/console/'],
    ['a whole URL', 'http://evil.example/console/'],
  ])('is its prefix for %s', (_, originalUrl) => {
    expect(rootOf({ originalUrl, path: '/console/' }, '/bots')).toBe('/bots');
  });
});
