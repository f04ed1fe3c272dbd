import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandContext, defineApp, defineOrganization } from '@parley/core';
import { memoryStorage } from '@parley/plugin-keyv';
import { SimulatedCarrier } from '@parley/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consent } from '../src/consent.ts';
import { ANN, BOB, buildEntry, openWorld, type World } from './support/ledger.ts';

const { commands = {} } = consent();
const organization = defineOrganization({
  name: 'Test',
  apps: [defineApp({ id: 'clinic', number: '+14155550100' })],
  transports: { sms: new SimulatedCarrier() },
  storage: memoryStorage(),
});

let world: World;
let folder: string;

beforeEach(async () => {
  world = await openWorld();
  folder = await mkdtemp(join(tmpdir(), 'parley-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(name: string, args: readonly string[] = [], input = '', { context, clock }: World = world) {
  let output = '';
  const command: CommandContext = {
    organization,
    data: () => Promise.resolve(context),
    clock,
    newId: context.newId,
    output: {
      write: (text) => {
        output += text;
      },
    },
    input: (async function* () {
      yield Buffer.from(input);
    })(),
  };
  const code = await commands[name]!.run(args, command);
  return { code, output };
}

async function file(text: string): Promise<string> {
  const path = join(folder, 'import.csv');
  await writeFile(path, text);
  return path;
}

const GOOD = `person,kind,app,categories,at,words
${ANN},given,clinic,marketing informational,2024-05-01,"Yes, ""please"""
${BOB},revoked,,,2025-01-31T09:30:00-05:00,STOP
`;

describe('import', () => {
  it('records consents and opt-outs, once however often the file is imported', async () => {
    const path = await file(GOOD);
    expect(await run('import', [path])).toEqual({
      code: 0,
      output: '2 entries were recorded, 0 were there before, 0 lines were skipped.\n',
    });
    expect((await run('import', [path])).output).toMatch(/^0 entries were recorded, 2 were there before/);
    expect(await world.ledger.of(ANN)).toMatchObject([
      {
        ...{ kind: 'given', app: 'clinic', categories: ['marketing', 'informational'], how: 'import' },
        ...{ at: Date.UTC(2024, 4, 1), evidence: { words: 'Yes, "please"' } },
      },
    ]);
    expect(await world.ledger.of(BOB)).toMatchObject([{ kind: 'revoked', at: Date.UTC(2025, 0, 31, 14, 30) }]);
  });

  it('takes nothing of a file with bad lines, and says which and why, but never who', async () => {
    const path = await file(
      `${GOOD}+1415,given,,,2024-05-01,\n${ANN},maybe,,,2024-05-01,\n${ANN},given,,,yesterday,\n${ANN},given,clinik,,2024-05-01,\n${ANN},given\n${ANN},given,,,2199-01-01,\n${ANN},given,,,2024-02-30,\n"${ANN}`,
    );
    const { code, output } = await run('import', [path]);
    expect(code).toBe(1);
    expect(output.match(/^line \d+/gm)).toEqual([4, 5, 6, 7, 8, 9, 10, 11].map((line) => `line ${line}`));
    expect(output).toMatch(/Nothing was imported/);
    expect(output).not.toContain(ANN);
    expect((await world.kept()).size).toBe(0);
    const skipping = await run('import', [path, '--skip-bad']);
    expect(skipping.code).toBe(0);
    expect(skipping.output).toMatch(/2 entries were recorded, 0 were there before, 8 lines were skipped/);
  });

  it('reads what is piped in', async () => {
    expect((await run('import', ['-'], GOOD)).output).toMatch(/^2 entries were recorded/);
    expect((await run('import', ['-'], `${GOOD}x`)).code).toBe(1);
  });

  it.each([
    ['', /line 1: the file is empty/],
    ['person,kind\n', /line 1: the header lacks at/],
    ['person,kind,at,wrods\n', /line 1: the header names a column that there is not/],
    ['person,kind,at,at\n', /line 1: the header names a column twice/],
  ])('refuses the header of %j', async (text, problem) => {
    const { code, output } = await run('import', [await file(text)]);
    expect(code).toBe(1);
    expect(output).toMatch(problem);
  });

  it('says where in a file what is no UTF-8 begins', async () => {
    const path = await file('');
    await writeFile(path, Buffer.concat([Buffer.from(GOOD), Buffer.from([0xff])]));
    expect((await run('import', [path])).output).toMatch(/no UTF-8/);
    expect((await world.kept()).size).toBe(0);
  });
});

describe('export', () => {
  it('writes CSV that another ledger takes, with every formula made harmless', async () => {
    await world.ledger.append(buildEntry({ app: 'clinic', evidence: { words: '=HYPERLINK("x"),\n' } }));
    await world.ledger.append(buildEntry({ person: BOB, kind: 'revoked', categories: ['marketing'] }));
    const { output } = await run('export');
    expect(output.split('\r\n')[0]).toMatch(/^"person","kind",/);
    expect(output).toContain(`"'=HYPERLINK(""x""),\n"`);
    expect(output).not.toMatch(/(^|,)"?[=+\-@]/m);
    const other = await openWorld();
    expect((await run('import', ['-'], output, other)).output).toMatch(/^2 entries were recorded/);
    for (const person of [ANN, BOB]) {
      const plain = async ({ ledger }: World) =>
        (await ledger.of(person)).map(({ hash: _, recordedAt: __, keptUntil: ___, ...entry }) => entry);
      expect(await plain(other)).toEqual(await plain(world));
    }
  });

  it('writes JSON from which anybody can check a chain', async () => {
    await world.ledger.append(buildEntry());
    await world.ledger.append(buildEntry({ kind: 'revoked' }));
    await world.ledger.append(buildEntry({ person: BOB }));
    const { output } = await run('export', ['--format', 'json', '--person', ANN]);
    const { createHash } = await import('node:crypto');
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const rows = JSON.parse(output) as {
      readonly link: string;
      readonly hash: string;
      readonly previous: string;
      readonly sealed: { readonly evidence: { readonly salt: string; readonly json: string } };
    }[];
    expect(rows).toHaveLength(2);
    for (const [index, { link, hash, previous, sealed }] of rows.entries()) {
      expect(sha256(link)).toBe(hash);
      expect((JSON.parse(link) as { previous: string }).previous).toBe(previous);
      expect((JSON.parse(link) as { evidence: string }).evidence).toBe(
        sha256(sealed.evidence.salt + sealed.evidence.json),
      );
      if (index > 0) expect(previous).toBe(rows[index - 1]?.hash);
    }
    expect((await run('export', ['--format', 'json', '--person', `${ANN}9`])).output).toBe('[]\n');
  });
});

describe('verify', () => {
  it('prints a root that proves later that nothing was dropped', async () => {
    await run('import', ['-'], GOOD);
    await world.clock.advance(60_000);
    const { code, output } = await run('verify');
    expect(code).toBe(0);
    expect(output).toMatch(/^2 entries of 2 people: every chain is whole\.\n/);
    const [, root = ''] = /^root: (\S+)$/m.exec(output) ?? [];
    await world.ledger.append(buildEntry());
    expect((await run('verify', ['--root', root])).code).toBe(0);
    for (const key of (await world.kept()).keys()) if (key.includes(BOB)) await world.context.keyv.delete(key);
    const later = await run('verify', ['--root', root]);
    expect(later.code).toBe(1);
    expect(later.output).toMatch(/does not match the root/);
  });

  it('names what was changed', async () => {
    await world.ledger.append(buildEntry());
    const [key] = [...(await world.kept()).keys()].filter((one) => one.startsWith('link'));
    await world.context.keyv.delete(key!);
    const { code, output } = await run('verify');
    expect(code).toBe(1);
    expect(output).toContain(`${ANN} #1: is missing or was changed`);
  });
});

describe('of', () => {
  it('shows what a person has said', async () => {
    await world.ledger.append(buildEntry({ app: 'clinic', categories: ['marketing'] }));
    const { code, output } = await run('of', [ANN]);
    expect(code).toBe(0);
    expect(output).toMatch(
      /^#1 2026-01-01T00:00:00\.000Z given: marketing of clinic; web "Yes, text me offers" \(form 3\) sha256:[0-9a-f]{16}\n$/,
    );
    expect(await run('of', [BOB])).toEqual({ code: 1, output: 'Nothing is recorded of this person.\n' });
  });
});

describe('a command line that makes no sense', () => {
  it.each([
    ['verify', ['--root', 'x']],
    ['verify', ['extra']],
    ['export', ['--format', 'xml']],
    ['export', ['--person', 'Ann']],
    ['import', []],
    ['import', ['no-such-file.csv']],
    ['import', ['-', '--skip']],
    ['of', ['Ann']],
    ['of', []],
  ])('%s %j is refused', async (name, args) => {
    await expect(run(name, args)).rejects.toMatchObject({ code: 'error.platform.command-line.malformed' });
  });
});
