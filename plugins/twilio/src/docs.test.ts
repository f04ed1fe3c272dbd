import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { magicRecipients, magicSenders } from './emulator/magic.ts';
import { emulatorOptionsSchema } from './emulator/settings.ts';
import { optionsSchema } from './options.ts';
import { providerErrors } from './provider-errors.ts';
import { twilioStatuses } from './statuses.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const reference = readFileSync(new URL('../../../docs/reference/twilio.md', import.meta.url), 'utf8');

/** The cells of each row of every table in a page. */
function rows(page: string): readonly (readonly string[])[] {
  return page.split('\n').flatMap((line) =>
    line.startsWith('| ')
      ? [
          line
            .slice(1, -1)
            .split('|')
            .map((cell) => cell.trim()),
        ]
      : [],
  );
}

describe('the reference', () => {
  it('lists every error of the table with the same advice on trying again, and no other', () => {
    const listed = rows(reference)
      .filter(([code]) => /^\d{5}$/.test(code ?? ''))
      .map(([code, , retry]) => [code, retry]);
    expect(listed).toEqual(Object.entries(providerErrors).map(([code, { retry }]) => [code, retry]));
  });

  it('lists every status with what Parley makes of it', () => {
    const known = Object.keys(twilioStatuses);
    const listed = rows(reference).flatMap(([words = '', , status]) =>
      [...words.matchAll(/`(\w+)`/g)]
        .filter(([, word]) => known.includes(word ?? ''))
        .map(([, word]) => [word, status]),
    );
    expect(Object.fromEntries(listed)).toEqual(twilioStatuses);
  });

  it.each([
    ['reference', reference],
    ['README', readme],
  ])('lists the magic numbers: %s', (_, page) => {
    const listed = rows(page).filter(([number]) => /^`\+1500555000\d`$/.test(number ?? ''));
    const column = (index: number) =>
      Object.fromEntries(
        listed.flatMap((row) => {
          const code = /^\d{5}/.exec(row[index] ?? '')?.[0];
          return code === undefined ? [] : [[row[0]?.replaceAll('`', ''), Number(code)]];
        }),
      );
    expect(column(1)).toEqual(magicSenders);
    expect(column(2)).toEqual(magicRecipients);
  });
});

describe('the README', () => {
  it.each([...Object.keys(optionsSchema.shape), ...Object.keys(emulatorOptionsSchema.shape)])(
    'has the option %s',
    (option) => {
      expect(rows(readme).some(([names]) => names?.includes(`\`${option}\``))).toBe(true);
    },
  );
});
