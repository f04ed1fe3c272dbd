import { isAddress, type Media } from '@parley/core';
import { momentWords, parseMoment, parseSpan } from './moments.ts';
import type { Session } from './session.ts';
import { stateRows } from './state-words.ts';

/** Whether there is more to come. */
export type Outcome = 'goes on' | 'over';

/** Something that is asked for with a slash. */
export interface ChatCommand {
  readonly usage: string;
  readonly help: string;
  /** What may follow, for completing it. */
  readonly suggestions?: readonly string[];
  run(argument: string, session: Session): Promise<Outcome | undefined>;
}

/** Every command, by its name. */
export const commands = {
  advance: {
    usage: '/advance [2h | 1d 3h | until tomorrow 9am]',
    help: 'Let time pass; without more, until the next thing is due',
    suggestions: ['10m', '1h', '1d', 'until tomorrow 9am'],
    async run(argument, session) {
      const moment = await momentFor(argument, session);
      if (moment === undefined) return;
      await session.world.advanceTo(moment);
      await session.tell();
      session.tellTime();
    },
  },
  state: {
    usage: '/state',
    help: 'Where the conversation is: state, context, timers, tasks, what is known of the person',
    async run(_, session) {
      const { world, zone } = session;
      const [conversation, { profile, plugins }] = await Promise.all([world.conversation(), world.describePerson()]);
      session.table(stateRows({ conversation, profile, facts: plugins, now: world.now, zone }));
    },
  },
  undo: {
    usage: '/undo',
    help: 'Go back to before the last thing that was done, time included; again and again',
    async run(_, session) {
      const undone = await session.world.undo();
      if (undone === undefined) return session.note('There is nothing to undo.') as undefined;
      await session.beginAgain();
      session.note(`back to before ${undone}: ${momentWords(session.world.now, session.zone)}`);
    },
  },
  restart: {
    usage: '/restart',
    help: 'Begin anew, with nobody known and nothing said',
    async run(_, session) {
      await session.world.restart();
      await session.beginAgain();
      session.note(`a new beginning: ${momentWords(session.world.now, session.zone)}`);
      await session.tell();
    },
  },
  media: {
    usage: '/media <url> [text]',
    help: 'Send a picture',
    async run(argument, session) {
      const [, url = '', text = ''] = /^(https?:\/\/\S+)\s*(.*)$/s.exec(argument) ?? [];
      if (!URL.canParse(url))
        return session.complain('A picture has an address: /media https://example.com/a.png') as undefined;
      await session.world.text(text, [mediaAt(url)]);
      await session.tell();
    },
  },
  fail: {
    usage: '/fail [code]',
    help: 'Have the carrier fail with the next text: 30003 unless another code is named',
    suggestions: ['30003', '30005', '30007', '30008', '21610', '21211'],
    async run(argument, session) {
      const code = argument === '' ? '30003' : argument;
      if (!/^\d{5}$/.test(code)) return session.complain('A code has five digits: /fail 30003') as undefined;
      session.world.failNext(code);
      const meaning = session.world.explain(code)?.meaning;
      session.note(`the next text fails with ${code}${meaning === undefined ? '' : `, ${meaning}`}`);
    },
  },
  as: {
    usage: '/as <number>',
    help: 'Be somebody else: their conversation is another',
    async run(argument, session) {
      if (!isAddress(argument)) return session.complain('A person has a number: /as +14155550188') as undefined;
      session.world.become(argument);
      await session.beginAgain();
      session.note(`you are ${argument}; times are in ${session.zone}`);
    },
  },
  help: {
    usage: '/help',
    help: 'Show this',
    async run(_, session) {
      session.table([
        ['a text', 'Text it; two slashes text one'],
        ...Object.values(commands).map(({ usage, help }): [string, string] => [usage, help]),
      ]);
    },
  },
  quit: { usage: '/quit', help: 'Leave; so does the end of the input', run: async () => 'over' },
} as const satisfies Record<string, ChatCommand>;

/** The command of a name, or of its first letters where they are no other's. */
export function findCommand(name: string): ChatCommand | undefined {
  if (Object.hasOwn(commands, name)) return commands[name as keyof typeof commands];
  const [found, ...others] = Object.entries(commands).filter(([known]) => name !== '' && known.startsWith(name));
  return others.length === 0 ? found?.[1] : undefined;
}

/** What a line can be completed to, and the part of it that is replaced: as readline asks for it. */
export function complete(line: string, people: readonly string[]): [string[], string] {
  const [, name, argument] = /^\/(\S+)\s+(.*)$/s.exec(line) ?? [];
  if (name === undefined || argument === undefined) {
    const names = line.startsWith('/') ? Object.keys(commands).map((one) => `/${one}`) : [];
    return [names.filter((one) => one.startsWith(line)), line];
  }
  const suggestions = name === 'as' ? people : (findCommand(name)?.suggestions ?? []);
  return [suggestions.filter((one) => one.startsWith(argument)), argument];
}

/** The moment that is asked for; complains where there is none. */
async function momentFor(argument: string, session: Session): Promise<number | undefined> {
  const { world, zone } = session;
  if (argument === '') {
    const due = await world.nextDueAt();
    if (due === undefined) session.note('Nothing is due.');
    return due;
  }
  const span = parseSpan(argument);
  const until = /^(?:until|till|to)\s+/i;
  const moment = span === undefined ? parseMoment(argument.replace(until, ''), world.now, zone) : world.now + span;
  if (moment === undefined) {
    session.complain(
      `“${argument}” is no time to come. As in: /advance 2h, /advance 1d 3h, /advance until tomorrow 9am`,
    );
  }
  return moment;
}

/** What the endings of files stand for. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp' },
  ...{ mp3: 'audio/mpeg', mp4: 'video/mp4', pdf: 'application/pdf', vcf: 'text/vcard' },
};

function mediaAt(url: string): Media {
  const ending = /\.(\w+)$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  const contentType = CONTENT_TYPES[ending];
  return { url, ...(contentType === undefined ? {} : { contentType }) };
}
