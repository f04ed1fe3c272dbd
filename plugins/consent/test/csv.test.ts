import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRecord, readCsv } from '../src/csv-reader.ts';
import { asGiven, csvRecord, harmless } from '../src/csv-writer.ts';

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function read(text: string | Uint8Array, size = 3): Promise<readonly CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of readCsv(chunks(Buffer.from(text as string), size))) records.push(record);
  return records;
}

/** The fields of each record, or its problem. */
async function cells(text: string): Promise<unknown> {
  return (await read(text)).map((record) => (record.kind === 'fields' ? record.fields : record.problem));
}

describe('reading CSV', () => {
  it('takes plain and quoted fields, empty ones, and either line end', async () => {
    expect(await cells('a,b\r\n1,"2, ""two""\nlines"\n,\n"",x')).toEqual([
      ['a', 'b'],
      ['1', '2, "two"\nlines'],
      ['', ''],
      ['', 'x'],
    ]);
  });

  it('passes over a byte order mark and empty lines, and says on which line a record begins', async () => {
    const records = await read('\uFEFFa\n\n"b\nb"\r\n\r\nc\n');
    expect(records.map(({ line }) => line)).toEqual([1, 3, 6]);
    expect(records[0]).toMatchObject({ fields: ['a'] });
  });

  it('tells what is malformed by its line, and goes on with the next', async () => {
    expect(await read('a"b\n"a"b\na\rb\nfine\n"open')).toEqual([
      { kind: 'problem', line: 1, problem: expect.stringMatching(/quote within/) as string },
      { kind: 'problem', line: 2, problem: expect.stringMatching(/closing quote/) as string },
      { kind: 'problem', line: 3, problem: expect.stringMatching(/carriage return/) as string },
      { kind: 'fields', line: 4, fields: ['fine'] },
      { kind: 'problem', line: 5, problem: expect.stringMatching(/not closed/) as string },
    ]);
  });

  it('does not hold a file in memory whose quote is never closed', async () => {
    const [first] = await read(`"${'x'.repeat(70_000)}\nnext`);
    expect(first).toMatchObject({ kind: 'problem', line: 1, problem: expect.stringMatching(/65536/) as string });
  });

  it('rejects what is no UTF-8', async () => {
    await expect(read(Uint8Array.of(0x61, 0xff))).rejects.toThrow(TypeError);
  });

  it('reads what was written, whatever it is and however it comes in pieces', async () => {
    const field = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', "'", '=') }),
    );
    const records = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(records, fc.integer({ min: 1, max: 40 }), async (given, size) => {
        const found = await read(given.map(csvRecord).join(''), size);
        const fields = found.map((record) => (record.kind === 'fields' ? record.fields.map(asGiven) : record));
        expect(fields).toEqual(given);
      }),
    );
  });
});

describe('a cell that a spreadsheet would compute', () => {
  it.each(['=1+1', '+14155550123', '-2', '@SUM(A1)', '\t=1', '\r=1', '＝1', "'=1"])('%j is made harmless', (cell) => {
    expect(harmless(cell)).toBe(`'${cell}`);
    expect(asGiven(harmless(cell))).toBe(cell);
  });

  it('is told from others', () => {
    for (const cell of ['', 'a=1', "it's", "'quoted'", ' =1']) expect(harmless(cell)).toBe(cell);
  });
});
