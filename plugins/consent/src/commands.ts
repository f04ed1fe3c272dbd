import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { type Address, type CommandContext, isAddress, ParleyError, type PluginCommand, silentLog } from '@parley/core';
import { exported, FORMATS, type Format } from './export.ts';
import { type Imported, importCsv } from './import.ts';
import { Ledger, type RecordedConsent } from './ledger.ts';
import { readRoot, type Verification, verify, writeRoot } from './verify.ts';

/**
 * How far the root stays behind the present, in milliseconds: what other processes record right now, by clocks of their own, is not in
 * it, or it could never be compared again.
 */
const ROOT_DELAY = 60_000;

/** So many findings are written out. */
const MOST_FINDINGS = 100;

/** What `parley consent` can do. */
export function createCommands(keepFor: number): Readonly<Record<string, PluginCommand>> {
  const ledgerOf = async ({ data, clock, newId }: CommandContext) =>
    new Ledger({ ...(await data()), clock, newId, log: silentLog }, keepFor);

  return {
    verify: {
      usage: '[--root <root>]',
      summary: 'Looks for entries that were changed, dropped or reordered; with a root, also since that was printed.',
      async run(args, context) {
        const { values } = parse(args, { root: { type: 'string' } }, 0);
        const root = values.root === undefined ? undefined : readRoot(values.root);
        if (values.root !== undefined && root === undefined)
          malformed('A root is what parley consent verify has printed.');
        const now = context.clock.now();
        const { chains } = await ledgerOf(context);
        const found = await verify(chains, { asOf: root?.asOf ?? now - ROOT_DELAY, now });
        const isSame = root === undefined || (root.hash === found.root.hash && root.entries === found.root.entries);
        context.output.write(reportOf(found, root === undefined ? undefined : isSame));
        return found.findings.length === 0 && isSame ? 0 : 1;
      },
    },

    export: {
      usage: '[--format csv|json] [--person <number>]',
      summary: 'Writes all entries, or those of one person, as CSV (default) or JSON.',
      async run(args, context) {
        const { values } = parse(args, { format: { type: 'string' }, person: { type: 'string' } }, 0);
        const format = (values.format ?? 'csv') as Format;
        if (!FORMATS.includes(format)) malformed(`There is no such format. Formats are ${FORMATS.join(' and ')}.`);
        const person = values.person === undefined ? undefined : personFrom(values.person);
        const { chains } = await ledgerOf(context);
        for await (const text of exported(chains, { format, person })) context.output.write(text);
        return 0;
      },
    },

    import: {
      usage: '<file>|- [--skip-bad]',
      summary:
        'Records the consents and opt-outs of a CSV file; nothing of one with bad lines, unless they are to be skipped.',
      async run(args, context) {
        const { values, positionals } = parse(args, { 'skip-bad': { type: 'boolean' } }, 1);
        const [file = ''] = positionals;
        return withFile(file, context, async (path) => {
          const options = { apps: context.organization.apps.map(({ id }) => id), now: context.clock.now() };
          const skipBad = values['skip-bad'] === true;
          const looked = skipBad ? undefined : await importCsv(createReadStream(path), options);
          if (looked !== undefined && looked.bad > 0) {
            context.output.write(
              `${problemsOf(looked)}Nothing was imported. Correct these lines, or skip them with --skip-bad.\n`,
            );
            return 1;
          }
          const ledger = await ledgerOf(context);
          const done = await importCsv(createReadStream(path), { ...options, append: (entry) => ledger.append(entry) });
          context.output.write(`${problemsOf(done)}${plural(done.recorded, 'entry was', 'entries were')} recorded, `);
          context.output.write(
            `${plural(done.known, 'was', 'were')} there before, ${plural(done.bad, 'line was', 'lines were')} skipped.\n`,
          );
          return done.bad === 0 || skipBad ? 0 : 1;
        });
      },
    },

    of: {
      usage: '<number>',
      summary: 'Shows what a person has agreed to and taken back.',
      async run(args, context) {
        const { positionals } = parse(args, {}, 1);
        const person = personFrom(positionals[0] ?? '');
        const entries = await (await ledgerOf(context)).of(person);
        if (entries.length === 0) context.output.write('Nothing is recorded of this person.\n');
        for (const entry of entries) context.output.write(`${lineOf(entry)}\n`);
        return entries.length === 0 ? 1 : 0;
      },
    },
  };
}

type Options = NonNullable<Parameters<typeof parseArgs>[0]>['options'] & object;

function parse<const Known extends Options>(args: readonly string[], options: Known, words: number) {
  try {
    const parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
    if (parsed.positionals.length === words) return parsed;
  } catch (cause) {
    return malformed(`${(cause as Error).message.replace(/\.?$/, '.')}`);
  }
  return malformed(words === 0 ? 'It takes options only.' : 'Name one, and nothing else.');
}

/** @throws `error.platform.command-line.malformed` */
function malformed(problem: string): never {
  throw new ParleyError('error.platform.command-line.malformed', { problem, help: 'parley consent --help' });
}

function personFrom(text: string): Address {
  if (isAddress(text)) return text;
  return malformed('A person is named by a phone number in E.164: a plus sign, the country code, the rest.');
}

/** Runs something with a file; what is piped in becomes one for as long as that takes, since it is read twice. */
async function withFile<Result>(
  name: string,
  { input }: CommandContext,
  work: (path: string) => Promise<Result>,
): Promise<Result> {
  if (name !== '-') {
    const isFile = await stat(name).then(
      (found) => found.isFile(),
      () => false,
    );
    return isFile ? work(name) : malformed('There is no such file.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'parley-consent-'));
  try {
    const path = join(folder, 'import.csv');
    await pipeline(input, createWriteStream(path, { mode: 0o600 }));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function problemsOf({ problems, bad }: Imported): string {
  const lines = problems.map(({ line, problem }) => `line ${line}: ${problem}\n`);
  return lines.join('') + (bad > problems.length ? `and ${bad - problems.length} more\n` : '');
}

function reportOf(
  { people, entries, erased, findings, root, comparableUntil }: Verification,
  isSame?: boolean,
): string {
  const lines = findings
    .slice(0, MOST_FINDINGS)
    .map(({ person, sequence, problem }) => `${person}${sequence === undefined ? '' : ` #${sequence}`}: ${problem}`);
  if (findings.length > lines.length) lines.push(`and ${findings.length - lines.length} more`);
  lines.push(
    `${plural(entries, 'entry', 'entries')} of ${plural(people, 'person', 'people')}: ${verdictOn(findings.length)}.`,
  );
  if (erased > 0)
    lines.push(`${plural(erased, 'entry has', 'entries have')} lost details that were erased; that is on record.`);
  if (isSame === true) lines.push('Nothing of what the root covers was changed or dropped.');
  if (isSame === false)
    lines.push('It does not match the root: something was changed or dropped since that was printed.');
  lines.push(`root: ${writeRoot(root)}`);
  if (isSame === undefined) {
    lines.push('Keep the root somewhere else; verify --root compares with it later.');
    if (comparableUntil !== undefined)
      lines.push(`That holds until ${day(comparableUntil)}, when the first entries run out.`);
  }
  return `${lines.join('\n')}\n`;
}

function verdictOn(findings: number): string {
  return findings === 0 ? 'every chain is whole' : plural(findings, 'thing is amiss', 'things are amiss');
}

function lineOf({ sequence, at, kind, app, categories, how, evidence, hash }: RecordedConsent): string {
  const about = `${categories?.join(', ') ?? 'everything but emergencies'} of ${app ?? 'every app'}`;
  const words = evidence?.words === undefined ? '' : ` ${JSON.stringify(evidence.words)}`;
  const source = evidence?.source === undefined ? '' : ` (${evidence.source})`;
  return `#${sequence} ${new Date(at).toISOString()} ${kind}: ${about}; ${how}${words}${source} sha256:${hash.slice(0, 16)}`;
}

function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function day(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
