import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { toMermaid, toSvg } from '@parley/analysis';
import type { App, Bot, Organization } from '@parley/core';
import { type Flags, malformed } from '../command-line.ts';
import { configuredOrganization, NO_DATA } from '../config/configured.ts';
import { type BotOfApp, findBots } from '../find-bots.ts';
import type { Output } from '../output.ts';

type Format = 'mermaid' | 'svg';

/** Which ending of a file says which format. */
const ENDINGS: Readonly<Record<string, Format>> = { '.mmd': 'mermaid', '.mermaid': 'mermaid', '.svg': 'svg' };

/** `parley diagram`: draws a bot, or all of them as Mermaid. */
export async function diagram(flags: Flags, output: Output): Promise<number> {
  await drawTo(await configuredOrganization(flags, NO_DATA), flags, (text) => output.write(text));
  return 0;
}

/** Draws what was asked for into the file that was named, or prints it. */
export async function drawTo(organization: Organization, flags: Flags, print: (text: string) => void): Promise<void> {
  const bots = findBots(organization, flags);
  const drawn = formatOf(flags) === 'svg' ? await svgOf(bots, flags) : mermaidOf(bots, flags);
  if (flags.out === undefined) print(drawn);
  else await write(flags.out, drawn);
}

function mermaidOf(bots: readonly BotOfApp[], { texts }: Flags): string {
  const diagrams = bots.map(({ app, bot }) =>
    toMermaid(bot.machine, { title: titleOf(app, bot), name: bot.id, texts }),
  );
  // Several are for a page of Markdown: a file of Mermaid has one.
  return diagrams.length === 1 ? diagrams.join('') : diagrams.map((one) => `\`\`\`mermaid\n${one}\`\`\`\n`).join('\n');
}

async function svgOf(bots: readonly BotOfApp[], { texts }: Flags): Promise<string> {
  const [one, ...others] = bots;
  if (one === undefined) return malformed('There is no bot to draw.');
  if (others.length > 0) {
    const names = bots.map(({ app, bot }) => `${app.id}/${bot.id}`).join(', ');
    return malformed(`An SVG is of one bot, and there are several: ${names}. Name one, and its --app.`);
  }
  return toSvg(one.bot.machine, { title: titleOf(one.app, one.bot), name: one.bot.id, texts });
}

function titleOf(app: App, { id, version }: Bot): string {
  return `${app.id}/${id}, version ${version}`;
}

function formatOf({ format, out = '' }: Flags): Format {
  if (format === undefined) return ENDINGS[extname(out).toLowerCase()] ?? 'mermaid';
  if (format === 'mermaid' || format === 'svg') return format;
  return malformed(`The format is mermaid or svg, not ${format}.`);
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    malformed(`Nothing can be written to ${file} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
