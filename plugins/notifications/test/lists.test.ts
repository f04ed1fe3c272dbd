import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readCsv, readNdjson } from '../src/broadcast/lines.ts';
import { readTable } from '../src/broadcast/table.ts';
import { defineNotification } from '../src/definition/notification.ts';

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Bytes in pieces of so many. */
async function* pieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('NDJSON', () => {
  it('is read a line at a time, with the numbers of lines', async () => {
    expect(await all(readNdjson(pieces('{"to":"é"}\r\n\n"+1"\n{no\n[1]')))).toEqual([
      { line: 1, value: { to: 'é' } },
      { line: 3, value: '+1' },
      { line: 4, problem: 'it is no JSON' },
      { line: 5, value: [1] },
    ]);
  });

  it('with a line that never ends takes no memory, and goes on behind it', async () => {
    const long = 'x'.repeat(200_000);
    const lines = await all(readNdjson(pieces(`1\n${long}\n2\n${long}`, 1000)));
    expect(lines).toMatchObject(
      [{ value: 1 }, { problem: /longer/ }, { value: 2 }, { problem: /longer/ }].map(({ problem, value }) =>
        problem ? { problem: expect.stringMatching(problem) } : { value },
      ),
    );
  });

  it('is read the same however it comes in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 50 }), async (values, size) => {
        const text = values.map((value) => `${JSON.stringify(value)}\n`).join('');
        const lines = await all(readNdjson(pieces(text, size)));
        expect(JSON.stringify(lines.map(({ value }) => value))).toBe(JSON.stringify(values));
      }),
    );
  });
});

describe('CSV', () => {
  it('may have quotes, breaks of lines in quotes, and empty lines', async () => {
    const text = 'to,name\r\n\r\n+1,"Ann ""A"", B\r\nC"\n+2,\n';
    expect(await all(readCsv(pieces(text, 3)))).toEqual([
      { line: 1, cells: ['to', 'name'] },
      { line: 3, cells: ['+1', 'Ann "A", B\nC'] },
      { line: 5, cells: ['+2', ''] },
    ]);
  });

  it.each([',', ';', '\t'])('is taken apart by what its first line has: %j', async (separator) => {
    const text = `\ufeffto${separator}name\n+1${separator}Ann`;
    expect((await all(readCsv(pieces(text)))).map(({ cells }) => cells)).toEqual([
      ['to', 'name'],
      ['+1', 'Ann'],
    ]);
  });

  it('gives back what was written, however it comes in pieces', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', 'é', ' ', '\t') });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 20 }), async (rows, size) => {
        const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const text = [['a', 'b'], ...rows].map((row) => row.map(quoted).join(',')).join('\r\n');
        const records = await all(readCsv(pieces(text, size)));
        expect(records.slice(1).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });
});

describe('a table of recipients', () => {
  const { shape } = defineNotification({
    name: 'test',
    text: '{{ name }}{{ count }}{{ vip }}',
    data: z.object({ name: z.string().optional(), count: z.number().optional(), vip: z.boolean().optional() }),
  });
  const table = (text: string) => all(readTable({ shape }, pieces(text)));

  it('gives cells as what is declared, and leaves empty ones out', async () => {
    expect(await table('count,to,vip,name\n3,+1,yes,007\n,+2,,\nmany,+3,maybe,x\n4,+4\n')).toEqual([
      { line: 2, value: { to: '+1', data: { count: 3, vip: true, name: '007' } } },
      { line: 3, value: { to: '+2' } },
      { line: 4, value: { to: '+3', data: { count: 'many', vip: 'maybe', name: 'x' } } },
      { line: 5, problem: 'it has 2 cells where the first line has 4' },
    ]);
  });

  it.each([
    ['name\nAnn', /no column “to”/],
    ['to,nam\n+1,Ann', /did you mean name/],
    ['to,name,name\n+1,a,b', /one name/],
  ])('with columns that make no sense is refused: %j', async (text, problem) => {
    await expect(table(text)).rejects.toThrow(problem);
  });
});
