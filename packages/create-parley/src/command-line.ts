import { parseArgs } from 'node:util';
import { type Choices, problemWith, type StorageName } from './choices.ts';
import { Refusal } from './refusal.ts';

/** What was typed after `create-parley`. */
export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'create'; readonly given: Partial<Choices>; readonly yes: boolean };

/** @throws {@link Refusal} with exit code 2 when it is not understood. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parse(args);
  if (values.help === true) return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [folder, ...more] = positionals;
  if (more.length > 0) throw new Refusal(`One folder at a time: ${more.join(' ')} is too much. Try --help.`, 2);
  const typed = { folder, name: values.name, number: values.number, storage: values.storage };
  for (const [choice, value] of Object.entries(typed)) {
    const problem = value === undefined ? undefined : problemWith[choice as keyof typeof typed](value);
    if (problem !== undefined) throw new Refusal(problem, 2);
  }
  const { install, git } = values;
  const given = { ...typed, storage: typed.storage as StorageName | undefined, install, git };
  return { kind: 'create', given: withoutUndefined(given), yes: values.yes === true };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      allowNegative: true,
      options: {
        name: { type: 'string' },
        number: { type: 'string' },
        storage: { type: 'string' },
        install: { type: 'boolean' },
        git: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    throw new Refusal(`${(error as Error).message.split('. ', 1)[0]}. Try --help.`, 2);
  }
}

type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

function withoutUndefined<Values extends object>(values: Values): Defined<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<Values>;
}

/** What `--help` prints. */
export const help = `Makes a project of Parley: a bot, its test, and what it takes to deploy it.

  npm create parley [folder] [-- options]

  --name <name>         Who texts: "Corner Café". Default: from the folder
  --number <number>     What is texted: +14155550100
  --storage <storage>   sqlite (default) or postgres
  --no-install          Fetch no packages
  --no-git              Make no repository
  --yes, -y             Ask nothing: take the defaults
  --help, -h            Show this
  --version, -v         Show the version

Without a terminal nothing is asked either. Nothing that is there is changed or deleted.
`;
