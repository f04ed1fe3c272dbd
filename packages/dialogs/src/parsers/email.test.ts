import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { email } from './email.ts';
import { commonDomains } from './email-domains.ts';

const person = { now: Date.UTC(2026, 0, 5, 16), locale: 'en-US', country: 'US', timeZone: 'America/Chicago' };

function read(text: string, suggest = true): unknown {
  const parsed = email({ suggest })(text, person);
  if (parsed.understood) return parsed.value;
  return parsed.problem.code === 'misspelt' ? parsed.problem : parsed.problem.code;
}

describe('email', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    ["it's Ann@Example.COM, thanks", 'Ann@example.com'],
    ['<ann@gmail.com>', 'ann@gmail.com'],
    ['(ann@gmail.com).', 'ann@gmail.com'],
    ['ann @ gmail.com', 'ann@gmail.com'],
    ['ann at gmail dot com', 'ann@gmail.com'],
    ['mailto:ann@gmail.com', 'ann@gmail.com'],
    ["O'Brien+x@sub.example.co.uk", "O'Brien+x@sub.example.co.uk"],
    ['a.b-c_d@x-y.io', 'a.b-c_d@x-y.io'],
    ['jürgen@müller.de', 'jürgen@müller.de'],
    ['ann@gmail.com ann@gmail.com', 'ann@gmail.com'],
    ['ann@me.com', 'ann@me.com'],
  ])('reads %j as %s', (text, address) => expect(read(text)).toBe(address));

  it.each([
    ['ann@gmial.com', 'ann@gmail.com'],
    ['ann@gmail.con', 'ann@gmail.com'],
    ['ann@gmail.co', 'ann@gmail.com'],
    ['ann@hotmial.com', 'ann@hotmail.com'],
    ['ann@yaho.com', 'ann@yahoo.com'],
    ['ann@mycompany.con', 'ann@mycompany.com'],
    ['ann@gmail,com', 'ann@gmail.com'],
    ['ann@outlok.com', 'ann@outlook.com'],
  ])('suggests for %j %s', (text, suggestion) =>
    expect(read(text)).toEqual({ code: 'misspelt', details: { suggestion } }),
  );

  it('takes what people insist on', () => expect(read('ann@gmial.com', false)).toBe('ann@gmial.com'));

  it.each([
    ['no', 'not-an-email'],
    ['', 'not-an-email'],
    ['ann@', 'no-domain'],
    ['ann@home', 'no-domain'],
    ['@ann', 'not-an-email'],
    ['a@b.co c@d.org', 'several'],
    ['meet me at noon', 'not-an-email'],
    [`${'a'.repeat(65)}@example.com`, 'not-an-email'],
  ])('does not understand %j: %s', (text, code) => expect(read(text)).toBe(code));

  it('reads addresses in a sentence, and suggests nothing for common domains', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9_+-]{0,20}[a-z0-9]$/),
        fc.constantFrom(...commonDomains),
        (name, domain) => {
          expect(read(`My email is ${name}@${domain}. Thanks!`)).toBe(`${name}@${domain}`);
        },
      ),
    );
  });
});
