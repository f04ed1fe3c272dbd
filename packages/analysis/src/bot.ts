import { type Bot, defineBot } from '@parley/core';

export type Machine = Bot['machine'];
export type StateNode = Machine['root'];
export type Transition = NonNullable<StateNode['always']>[number];

/** A bot, or a machine by itself, such as one that others invoke. */
export type BotOrMachine = Bot | Machine;

/** The bot that a machine by itself is taken for: it has no triggers, and lasts as long as bots do unless they say otherwise. */
export function asBot(subject: BotOrMachine): Bot {
  return 'machine' in subject ? subject : defineBot({ id: idOf(subject), machine: subject });
}

/** Ids of machines may be anything, those of bots not. */
function idOf({ id }: Machine): string {
  const plain = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (plain === '') return 'machine';
  return /^[a-z]/.test(plain) ? plain : `machine-${plain}`;
}
