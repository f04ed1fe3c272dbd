import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandContext, type Organization, pluginData, type Storage, silentLog } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { VirtualClock } from '@parley/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { importOptOuts, optOut } from '../src/index.ts';
import { createRecords } from '../src/records.ts';
import { createReviews } from '../src/reviews.ts';
import { ANN, BEN, ledger, organization } from './support.ts';

let clock: VirtualClock;
let storage: Storage;
let whole: Organization;
let ids = 0;

beforeEach(async () => {
  clock = new VirtualClock();
  storage = memoryStorage();
  whole = organization({}, storage);
  await storage.open({ clock, log: silentLog });
});

/** What `parley opt-out …` prints, and its exit code. */
async function run(args: readonly string[], { input = '', plugin = optOut() } = {}) {
  const [command = '', ...rest] = args;
  let printed = '';
  const context: CommandContext = {
    organization: whole,
    data: async () => pluginData(storage, 'opt-out'),
    clock,
    newId: () => `id-${++ids}`,
    output: {
      write(text) {
        printed += text;
      },
    },
    input: (async function* () {
      yield Buffer.from(input);
    })(),
  };
  const code = await plugin.commands![command]!.run(rest, context);
  return { code, printed };
}

const keyv = () => pluginData(storage, 'opt-out').keyv;

async function isOut(person: string, app = 'clinic'): Promise<boolean> {
  const found = whole.apps.find(({ id }) => id === app)!;
  return (await createRecords({ keyv: keyv() }).standing(person, found)).optOut !== undefined;
}

describe('parley opt-out', () => {
  it('opts out of everything or of an app, and says so', async () => {
    expect(await run(['status', ANN])).toEqual({
      code: 0,
      printed: `${ANN}\n  clinic: not opted out\n  shop: not opted out\n  chat: not opted out\n`,
    });
    await run(['opt-out', ANN, '--note', 'on the phone']);
    const { code, printed } = await run(['status', `whatsapp:${ANN}`]);
    expect(code).toBe(1);
    expect(printed).toContain(
      'shop: opted out since 2026-01-05T17:00:00.000Z (operator, covers the organization)  "on the phone"',
    );
    await run(['opt-out', BEN, '--app', 'shop']);
    expect([await isOut(BEN, 'clinic'), await isOut(BEN, 'shop')]).toEqual([false, true]);
  });

  it('takes nobody’s opt-out back without a reason', async () => {
    await run(['opt-out', ANN]);
    await expect(run(['opt-in', ANN])).rejects.toMatchObject({ code: 'error.platform.opt-out.needs-reason' });
    expect(await isOut(ANN)).toBe(true);
    await run(['opt-in', ANN, '--app', 'shop', '--because', 'called and asked for offers']);
    expect([await isOut(ANN, 'clinic'), await isOut(ANN, 'shop')]).toEqual([true, false]);
    await run(['opt-in', ANN, '--because', 'called again']);
    expect(await isOut(ANN)).toBe(false);
  });

  it('lists what is to be decided, and has it decided', async () => {
    expect((await run(['reviews'])).printed).toBe('Nothing is to be decided.\n');
    const text = { text: 'stop by\nat 5', at: clock.now(), providerId: 'SM1' };
    await createReviews({ keyv: keyv() }).add(ANN, { id: 'clinic' }, text, undefined);
    const { printed } = await run(['reviews']);
    expect(printed).toContain(`${ANN}, clinic, not asked\n  2026-01-05T17:00:00.000Z  "stop by\\nat 5"\n`);
    expect(JSON.parse((await run(['reviews', '--json'])).printed)).toMatchObject([{ person: ANN, texts: [text] }]);
    expect((await run(['status', ANN])).printed).toContain('To be decided:');
    await run(['opt-in', ANN]);
    expect((await run(['reviews'])).printed).toBe('Nothing is to be decided.\n');
  });

  it.each([
    [['status']],
    [['status', ANN, BEN]],
    [['status', ANN, '--colour']],
    [['reviews', ANN]],
    [['import', '/nowhere/at-all.csv']],
  ])('refuses %j', async (args) => {
    await expect(run(args)).rejects.toMatchObject({ code: 'error.platform.command-line.malformed' });
  });

  it('refuses numbers and apps that are none', async () => {
    await expect(run(['status', '415-555-0123'])).rejects.toMatchObject({ code: 'error.platform.address.malformed' });
    await expect(run(['opt-out', ANN, '--app', 'none'])).rejects.toMatchObject({ code: 'error.platform.app.unknown' });
  });

  it('keeps what is for the ledger until a server opens it', async () => {
    const book = ledger();
    const plugin = optOut({ ledger: book });
    await run(['opt-out', ANN, '--note', 'by letter'], { plugin });
    await run(['import', '-'], { plugin, input: `${BEN}\n` });
    expect(book.entries).toEqual([]);
    await plugin.setup?.({ ...pluginData(storage, 'opt-out'), organization: whole, clock, log: silentLog } as never);
    await clock.advance(2_000);
    expect(book.entries).toMatchObject([
      { kind: 'revoked', person: ANN, how: 'operator', evidence: { words: 'by letter' } },
      { kind: 'revoked', person: BEN, how: 'import' },
    ]);
    await clock.advance(7_200_000);
    expect(book.entries).toHaveLength(2);
    plugin.close?.();
  });
});

describe('an import', () => {
  const list = [
    '\ufeffPhone Number;Opted Out At;Source',
    '"+1 (415) 555-0123";2025-03-01T10:00:00Z;"old system; ""STOP"""',
    '',
    '+14155550124;;',
  ].join('\r\n');

  it('takes in a list with columns, once', async () => {
    expect((await run(['import', '-'], { input: list })).printed).toBe('2 added, 0 known already.\n');
    expect(await isOut(ANN, 'shop')).toBe(true);
    expect(await isOut(BEN, 'shop')).toBe(true);
    const { printed } = await run(['status', ANN]);
    expect(printed).toContain(
      'since 2025-03-01T10:00:00.000Z (import, covers the organization)  "old system; \\"STOP\\""',
    );
    expect((await run(['import', '-'], { input: list })).printed).toBe('0 added, 2 known already.\n');
  });

  it('takes in a file of numbers alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-opt-out-'));
    const file = join(folder, 'list.csv');
    await writeFile(file, `${ANN}\n${BEN}\n`);
    expect((await run(['import', file])).printed).toBe('2 added, 0 known already.\n');
    await rm(folder, { recursive: true });
  });

  it('leaves those opted in who have said so since', async () => {
    await run(['opt-out', ANN]);
    await run(['opt-in', ANN, '--because', 'called']);
    await run(['import', '-'], { input: `number,at\n${ANN},2025-03-01` });
    expect(await isOut(ANN)).toBe(false);
  });

  it.each([
    ['a number that is none', `${ANN}\n555-0123\n`, 'Line 2'],
    ['a moment that is none', `number,at\n${ANN},yesterday\n`, 'Line 2'],
    ['a column of names', 'Ann\n', 'Line 1'],
  ])('of %s writes nothing, and says which line without what is in it', async (_, input, line) => {
    const failure = await run(['import', '-'], { input }).catch((error: Error) => error);
    expect(failure).toMatchObject({ code: 'error.platform.opt-out.import-malformed' });
    expect((failure as Error).message).toContain(line);
    expect((failure as Error).message).not.toContain('555-0123');
    expect(await isOut(ANN)).toBe(false);
  });

  it('writes into a ledger, and is healed by another when it was cut short', async () => {
    const book = ledger();
    const options = { keyv: keyv(), apps: whole.apps, now: clock.now(), newId: () => `id-${++ids}` };
    await importOptOuts(list, options);
    expect(await importOptOuts(list, { ...options, ledger: book })).toEqual({ added: 0, known: 2 });
    expect(book.entries).toMatchObject([{ person: ANN, at: Date.parse('2025-03-01T10:00:00Z'), how: 'import' }]);
    await importOptOuts(list, { ...options, ledger: book });
    expect(book.entries).toHaveLength(1);
  });
});
