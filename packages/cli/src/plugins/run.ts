import {
  type CommandContext,
  codeOf,
  nearest,
  type Organization,
  type Plugin,
  type PluginCommand,
  pluginData,
  type Storage,
} from '@parley/core';
import { createLog, createRuntime } from '@parley/server';
import { type Flags, malformed, type PluginLine, quote, unknownCommand } from '../command-line.ts';
import { configuredOrganization, NO_DATA } from '../config/configured.ts';
import type { Output } from '../output.ts';
import { commandHelp, pluginHelp } from './help.ts';

/** `parley <plugin> <command> …`: resolves to the exit code that the command gives. */
export async function runPlugin({ plugin: name, args, help, flags }: PluginLine, output: Output): Promise<number> {
  const [word, ...rest] = args;
  const organization = await organizationOf(name, flags, help || word === undefined ? NO_DATA : undefined);
  const plugin = requirePlugin(organization.plugins, name);
  if (word === undefined) {
    output.write(pluginHelp(plugin));
    return 0;
  }
  const command = requireCommand(plugin, word);
  if (help) {
    output.write(commandHelp(name, word, command));
    return 0;
  }
  return run(command, rest, { organization, plugin: name, output });
}

/** Where there is no configuration at all, the word was a slip. */
async function organizationOf(word: string, flags: Flags, profile: string | undefined): Promise<Organization> {
  try {
    return await configuredOrganization(flags, profile);
  } catch (error) {
    if (flags.config === undefined && codeOf(error) === 'error.platform.config.not-found') unknownCommand(word, []);
    throw error;
  }
}

function requirePlugin(plugins: readonly Plugin[], name: string): Plugin {
  const found = plugins.find((plugin) => plugin.name === name);
  if (found === undefined) {
    return unknownCommand(
      name,
      plugins.filter(({ commands = {} }) => Object.keys(commands).length > 0).map((plugin) => plugin.name),
    );
  }
  return Object.keys(found.commands ?? {}).length > 0 ? found : malformed(`The plugin ${name} has no commands.`);
}

function requireCommand({ name, commands = {} }: Plugin, word: string): PluginCommand {
  const found = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(commands);
  const meant = nearest(word, known);
  return malformed(
    `The plugin ${name} has no command ${quote(word)}.${meant === undefined ? '' : ` Did you mean parley ${name} ${meant}?`} It has ${known.join(', ')}.`,
    `parley ${name} --help`,
  );
}

interface Surroundings extends Pick<CommandContext, 'organization' | 'output'> {
  readonly plugin: string;
}

async function run(
  command: PluginCommand,
  args: readonly string[],
  { organization, plugin, output }: Surroundings,
): Promise<number> {
  const { clock, newId, log } = createRuntime({ log: createLog({ level: 'silent' }) });
  const { storage } = organization;
  let opened: Promise<Storage> | undefined;
  const open = async (): Promise<Storage> => {
    await storage.open({ clock, log });
    return storage;
  };
  try {
    return await command.run(args, {
      organization,
      async data() {
        opened ??= open();
        return pluginData(await opened, plugin);
      },
      clock,
      newId,
      output,
      get input() {
        return process.stdin;
      },
    });
  } finally {
    // One that could not be opened has said so to whoever asked for it.
    await opened?.then(
      () => storage.close(),
      () => {},
    );
  }
}
