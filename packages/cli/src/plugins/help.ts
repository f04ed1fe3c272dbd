import type { Plugin, PluginCommand } from '@parley/core';
import { table } from '../help.ts';

/** The commands of all plugins, for the help of `parley`; nothing when there are none. */
export function listCommands(plugins: readonly Plugin[]): string {
  const rows = plugins.flatMap(({ name, commands = {} }) =>
    Object.entries(commands).map(([command, { summary }]) => [`${name} ${command}`, summary] as const),
  );
  return rows.length === 0 ? '' : ['Commands of the plugins', ...table(rows), ''].join('\n');
}

/** What `parley <plugin>` prints. */
export function pluginHelp({ name, commands = {} }: Plugin): string {
  const rows = Object.entries(commands).map(([command, { usage, summary }]) => {
    return [[command, usage].join(' ').trim(), summary] as const;
  });
  return [`Usage: parley ${name} <command>`, '', ...table(rows), ''].join('\n');
}

/** What `parley <plugin> <command> --help` prints. */
export function commandHelp(plugin: string, command: string, { usage, summary }: PluginCommand): string {
  return `Usage: ${['parley', plugin, command, usage].join(' ').trim()}\n\n${summary.replace(/\.?$/, '.')}\n`;
}
