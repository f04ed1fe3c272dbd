import type { Readable } from 'node:stream';
import { type Address, type App, isAddress, type News, type Organization, silentLog } from '@parley/core';
import { createLog } from '@parley/server';
import { type Flags, malformed, quote } from '../command-line.ts';
import { configuredOrganization, NO_DATA } from '../config/configured.ts';
import { findBots } from '../find-bots.ts';
import type { Output } from '../output.ts';
import { momentWords } from './moments.ts';
import { Narrator } from './narrator.ts';
import { createPaint, hasColours, type Paint } from './paint.ts';
import { followScript } from './script.ts';
import { Session } from './session.ts';
import { Terminal } from './terminal.ts';
import { World } from './world.ts';

/** Who texts unless somebody else is named. */
const SOMEBODY = '+14155550123';

/** When scripts begin, a Monday at noon in New York, so that they give the same transcript every day. */
const START_OF_SCRIPTS = Date.parse('2026-01-05T17:00:00Z');

/** In a terminal time passes all the while: told every minute. From a script it passes when it is told to. */
const QUIET = { terminal: 60_000, script: 1_000 } as const;

/** `parley chat`: of a terminal 0; of a script 0 when all of it was understood, by bots too, else 1. */
export async function chat(flags: Flags, output: Output): Promise<number> {
  const organization = await configuredOrganization(flags, NO_DATA);
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  // Its engine is tried out, not run: what goes wrong in it is told here anyway.
  const log = flags.verbose ? createLog({ level: 'warn' }) : silentLog;
  const choice = { ...choose(organization, flags), log };
  if (isTerminal) return chatInTerminal(choice);
  return chatByScript(choice, process.stdin, (text) => output.write(text));
}

/**
 * What the command line asks for.
 *
 * @throws `error.platform.command-line.malformed`
 */
export function choose(organization: Organization, flags: Flags): Omit<Choice, 'log'> {
  return { organization, ...chooseApp(organization, flags), person: personOf(flags), ...startOf(flags) };
}

/** What a chat is about. */
export interface Choice {
  readonly organization: Organization;
  readonly app: App;
  readonly bot?: string;
  readonly person: Address;
  readonly start?: number;
  readonly log: typeof silentLog;
}

/** Follows a script, and writes down what comes of it. */
export async function chatByScript(choice: Choice, input: Readable, write: (text: string) => void): Promise<number> {
  const print = (lines: readonly string[]) => {
    if (lines.length > 0) write(`${lines.join('\n')}\n`);
  };
  const paint = createPaint(false);
  const session = await openSession(
    { start: START_OF_SCRIPTS, ...choice },
    { paint, print, zone: 'UTC', quiet: QUIET.script },
  );
  try {
    await session.tell();
    await followScript(session, input, print);
    return session.wentWell ? 0 : 1;
  } finally {
    await session.world.close();
  }
}

async function chatInTerminal(choice: Choice): Promise<number> {
  const { stdin: input, stdout: output } = process;
  const paint = createPaint(hasColours(output, process.env));
  const people = new Set([choice.person, ...choice.organization.actors.map(({ address }) => address)]);
  const terminal = new Terminal({ input, output, paint, people: () => [...people] });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const print = (lines: readonly string[]) => terminal.print(lines);
  const session = await openSession({ start: Date.now(), ...choice }, { paint, print, zone, quiet: QUIET.terminal });
  try {
    print([paint('dim', greeting(choice, session))]);
    await session.tell();
    await terminal.run(session);
    return 0;
  } finally {
    await session.world.close();
  }
}

function greeting({ organization, app, person }: Choice, { world, zone }: Session): string {
  const when = momentWords(world.now, zone);
  return `${organization.name}, ${app.id}, as ${person}. ${when}. Text it; /help says what else there is, /quit leaves.`;
}

interface Stage {
  readonly paint: Paint;
  readonly print: (lines: readonly string[]) => void;
  readonly zone: string;
  readonly quiet: number;
}

async function openSession(choice: Choice & { readonly start: number }, stage: Stage): Promise<Session> {
  const news: News[] = [];
  const world = await World.open({ ...choice, onNews: (one) => news.push(one) });
  const narrator = new Narrator({ app: choice.app, paint: stage.paint, folder: process.cwd() });
  return new Session({ ...stage, world, narrator, takeNews: () => news.splice(0) });
}

/** The app that is texted, and the bot that begins by itself if one is named. */
function chooseApp(organization: Organization, flags: Flags): { readonly app: App; readonly bot?: string } {
  const bots = findBots(organization, flags);
  const apps = [...new Set(bots.map(({ app }) => app))];
  const named = organization.apps.find(({ id }) => id === flags.app);
  const [app = named, ...others] = apps;
  if (app === undefined) return malformed('There is no bot to talk to.');
  if (others.length > 0) {
    return malformed(`Several apps have one: name one of ${apps.map(({ id }) => `--app ${id}`).join(', ')}.`);
  }
  return { app, ...(flags.bot === undefined ? {} : { bot: flags.bot }) };
}

function personOf({ as = SOMEBODY }: Flags): Address {
  return isAddress(as) ? as : malformed(`--as takes a number such as +14155550123, not ${quote(as)}.`);
}

function startOf({ at }: Flags): { readonly start?: number } {
  if (at === undefined) return {};
  const start = Date.parse(at);
  return Number.isNaN(start)
    ? malformed(`--at takes a time such as 2026-01-05T17:00:00Z, not ${quote(at)}.`)
    : { start };
}
