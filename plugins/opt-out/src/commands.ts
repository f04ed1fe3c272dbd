import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type CommandContext, ParleyError, type PluginCommand } from '@parley/core';
import { createChanges } from './changes.ts';
import { importOptOuts } from './import.ts';
import { createOperator, type Operator, type PersonStatus } from './operator.ts';
import type { Settings } from './options.ts';
import { createPendingLedger } from './pending-ledger.ts';
import { createRecords } from './records.ts';
import { createReviews, type Review } from './reviews.ts';
import { NAME } from './sending.ts';

/** What `parley opt-out <command>` does. */
export function createCommands({ ledger }: Settings): Readonly<Record<string, PluginCommand>> {
  /** Gives a command what an operator may do, and keeps what is for the ledger until a server opens it. */
  async function withOperator<Result>(
    context: CommandContext,
    work: (operator: Operator) => Promise<Result>,
  ): Promise<Result> {
    const { keyv } = await context.data();
    const { apps } = context.organization;
    const [records, reviews] = [createRecords({ keyv }), createReviews({ keyv })];
    const pending = ledger && createPendingLedger({ keyv }, context.newId);
    const changes = createChanges({ apps, records, reviews, ledger: pending, newId: context.newId });
    const result = await work(createOperator({ apps, records, reviews, changes, clock: context.clock }));
    await pending?.flush();
    return result;
  }

  return {
    reviews: {
      usage: '[--json]',
      summary: 'Lists the people whose texts may have been opt-outs, oldest first',
      async run(args, context) {
        const { json } = take(args, 0, { json: { type: 'boolean' } }).values;
        const reviews = await withOperator(context, (operator) => operator.reviews());
        context.output.write(json ? `${JSON.stringify(reviews)}\n` : describeReviews(reviews));
        return 0;
      },
    },

    status: {
      usage: '<number> [--json]',
      summary: 'Says whether a person has opted out, and of what; 1 if so',
      async run(args, context) {
        const { values, positionals } = take(args, 1, { json: { type: 'boolean' } });
        const status = await withOperator(context, (operator) => operator.status(positionals[0] ?? ''));
        context.output.write(values.json ? `${JSON.stringify(status)}\n` : describe(status));
        return status.apps.some(({ optedOut }) => optedOut) ? 1 : 0;
      },
    },

    'opt-out': {
      usage: '<number> [--app <id>] [--note <words>]',
      summary: 'Opts a person out, of one app or of everything',
      async run(args, context) {
        const { values, positionals } = take(args, 1, { app: { type: 'string' }, note: { type: 'string' } });
        const status = await withOperator(context, (operator) => operator.optOut(positionals[0] ?? '', values));
        context.output.write(describe(status));
        return 0;
      },
    },

    'opt-in': {
      usage: '<number> [--app <id>] [--because <words>]',
      summary: 'Says that a person wants texts; of one who has opted out, say how they asked for them',
      async run(args, context) {
        const { values, positionals } = take(args, 1, { app: { type: 'string' }, because: { type: 'string' } });
        const status = await withOperator(context, (operator) => operator.optIn(positionals[0] ?? '', values));
        context.output.write(describe(status));
        return 0;
      },
    },

    import: {
      usage: '<file.csv|->',
      summary: 'Takes in opt-outs that are kept elsewhere, a number a line',
      async run(args, context) {
        const [file = ''] = take(args, 1, {}).positionals;
        const csv = file === '-' ? await textOf(context.input) : await contentOf(file);
        const { keyv } = await context.data();
        const { apps } = context.organization;
        const pending = ledger && createPendingLedger({ keyv }, context.newId);
        const done = await importOptOuts(csv, {
          ...{ keyv, apps, now: context.clock.now(), newId: context.newId },
          ...(pending === undefined ? {} : { ledger: pending }),
        });
        await pending?.flush();
        context.output.write(`${done.added} added, ${done.known} known already.\n`);
        return 0;
      },
    },
  };
}

type Flags = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

function take<const Known extends Flags>(args: readonly string[], count: number, options: Known) {
  const parse = () => parseArgs({ args: [...args], options, allowPositionals: true });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse();
  } catch (cause) {
    throw malformed(`${(cause as Error).message.split('.')[0]}.`);
  }
  if (parsed.positionals.length !== count) {
    throw malformed(count === 0 ? 'This takes no arguments.' : 'This takes one argument.');
  }
  return parsed;
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw malformed(`The file ${file} can not be read (${(cause as { code?: string }).code ?? 'unknown'}).`);
  }
}

async function textOf(input: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of input) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function malformed(problem: string): ParleyError {
  return new ParleyError('error.platform.command-line.malformed', { problem, help: `parley ${NAME} --help` });
}

function describe({ person, apps, review }: PersonStatus): string {
  const lines = apps.map(({ app, optedOut, since = 0, how, scope, words }) =>
    optedOut
      ? `${app}: opted out since ${new Date(since).toISOString()} (${how}, covers the ${scope})${quoted(words)}`
      : `${app}: not opted out`,
  );
  const pending = review === undefined ? [] : ['To be decided:', ...describeTexts(review)];
  return `${[person, ...[...lines, ...pending].map((line) => `  ${line}`)].join('\n')}\n`;
}

function describeReviews(reviews: readonly Review[]): string {
  if (reviews.length === 0) return 'Nothing is to be decided.\n';
  const entries = reviews.flatMap((review) => {
    const asked = review.asked === undefined ? 'not asked' : `asked ${new Date(review.asked.at).toISOString()}`;
    return [`${review.person}, ${review.app}, ${asked}`, ...describeTexts(review)];
  });
  const advice = `Decide with: parley ${NAME} opt-out <number>, or parley ${NAME} opt-in <number>`;
  return `${[...entries, advice].join('\n')}\n`;
}

function describeTexts({ texts }: Review): readonly string[] {
  return texts.map(({ at, text }) => `  ${new Date(at).toISOString()}${quoted(text)}`);
}

/** On one line, without what would move the cursor of a terminal. */
function quoted(words: string | undefined): string {
  return words === undefined ? '' : `  ${JSON.stringify(words)}`;
}
