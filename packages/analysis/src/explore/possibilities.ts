import { type ActorProfile, address, type Bot, type Trigger } from '@parley/core';
import type { Atlas } from '../atlas.ts';
import { joinSamples, type SampleActor, type Samples, type SampleText, samplesIn } from '../samples.ts';
import { answersOffered, UNKNOWN_TEXT, unique, wordsAwaited, wordsMatching } from '../words.ts';
import type { Happening } from './happening.ts';
import type { Player } from './player.ts';
import { activeIn, nextRinging, type Position } from './position.ts';

export type Start = Extract<Happening, { kind: 'start' }>;
export type Later = Exclude<Happening, Start>;

/** What may happen to a bot, first and at each position. */
export interface Possibilities {
  readonly starts: readonly Start[];
  at(position: Position): readonly Later[];
}

export interface PossibilitiesOptions {
  readonly samples: Samples;
  /** The whole input of a machine that is no bot. */
  readonly input?: unknown;
  /** Codes that texts fail with. */
  readonly failures: readonly string[];
}

/** The number of people who have none. */
const SOME_NUMBER = '+14155550123';

/** What people text who do not know what there is to text. */
const GREETING = 'Hello';

/** So many texts are tried at one position, those that the developer has named first. */
const TEXTS_AT_MOST = 40;

/**
 * Gathers what may happen: texts that are given, that guards wait for and that people are asked for; one that nobody expects; silence;
 * tasks that succeed and fail; deliveries and failures, where the bot listens to them.
 *
 * @throws `error.platform.config.malformed` for a `parleySamples` that is none, `error.platform.address.malformed`
 */
export function gatherPossibilities(
  bot: Bot,
  atlas: Atlas,
  player: Player,
  { samples: given, input, failures }: PossibilitiesOptions,
): Possibilities {
  const known = new Map(atlas.nodes.map((node) => [node, { samples: samplesIn(node), words: wordsAwaited(node) }]));

  return {
    starts: startsOf(bot, joinSamples([given, samplesIn(bot.machine.root)]), input),
    at(position) {
      if (position.document.status !== 'active') return [];
      if (position.isHandedOver) return [{ kind: 'resumed' }];
      const states = atlas.allAmong(activeIn(position)).flatMap((node) => known.get(node) ?? []);
      const samples = joinSamples([...states.map((state) => state.samples), given]);
      const words = [...states.flatMap((state) => state.words), ...position.lastSaid.flatMap(answersOffered)];
      return [
        ...textsOf(samples.texts ?? [], words),
        ...silenceAt(position),
        ...unique(position.document.tasks.map(({ name }) => name)).flatMap((task) => endsOf(task, samples.tasks)),
        ...(position.hasSaid ? fates(player, failures) : []),
        ...(samples.events ?? []).map((event): Later => ({ kind: 'event', event })),
      ];
    },
  };
}

function textsOf(samples: readonly SampleText[], words: readonly string[]): readonly Later[] {
  // Guards that tell upper from lower case are rare, and their words come first.
  const differing = [...new Map(words.toReversed().map((word) => [word.toLowerCase(), word])).values()].toReversed();
  const all = [...[...samples, ...differing].slice(0, TEXTS_AT_MOST), UNKNOWN_TEXT].map(
    (text): Later => ({ kind: 'text', ...(typeof text === 'string' ? { text } : text) }),
  );
  return [...new Map(all.map((text) => [JSON.stringify(text), text])).values()];
}

function silenceAt(position: Position): readonly Later[] {
  const timer = nextRinging(position);
  return timer === undefined ? [] : [{ kind: 'silence', milliseconds: Math.max(0, timer.dueAt - position.now) }];
}

/** A task is named by its way through the machines: `ask/findSlots`. */
function endsOf(task: string, tasks: Samples['tasks'] = {}): readonly Later[] {
  const outputs = outputsOf(task, tasks);
  const ends = outputs?.map((output): Later => ({ kind: 'task.done', task, output }));
  return [
    ...(ends ?? [{ kind: 'task.done', task, output: undefined, isGuess: true } as const]),
    { kind: 'task.failed', task },
  ];
}

/** What a task may come to, as far as somebody has said. */
export function outputsOf(task: string, tasks: Samples['tasks'] = {}): readonly unknown[] | undefined {
  return tasks[task] ?? tasks[task.slice(task.lastIndexOf('/') + 1)];
}

function fates(player: Player, failures: readonly string[]): readonly Later[] {
  return [
    ...(player.knows('message.delivered') ? [{ kind: 'message.delivered' } as const] : []),
    ...(player.knows('message.failed') ? failures.map((code) => ({ kind: 'message.failed', code }) as const) : []),
  ];
}

function startsOf(
  { triggers }: Bot,
  { actors = [], data = [], texts = [] }: Samples,
  input: unknown,
): readonly Start[] {
  if (input !== undefined) return [{ kind: 'start', actor: profileOf({}), input }];
  const words = unique(triggers.flatMap((trigger) => wordsStarting(trigger, texts)));
  const ways: readonly Omit<Start, 'kind' | 'actor'>[] = [
    ...words.map((text) => ({ text })),
    ...data.map((one) => ({ data: one })),
    ...(words.length === 0 && data.length === 0 ? [{}] : []),
  ];
  return (actors.length === 0 ? [{}] : actors).flatMap((actor) =>
    ways.map((way): Start => ({ kind: 'start', actor: profileOf(actor), ...way })),
  );
}

function profileOf({ address: number = SOME_NUMBER, ...known }: SampleActor): ActorProfile {
  return { ...known, address: address(number) };
}

function wordsStarting(trigger: Trigger, texts: readonly SampleText[]): readonly string[] {
  const sampled = texts.map((text) => (typeof text === 'string' ? text : text.text));
  switch (trigger.kind) {
    case 'keyword':
      return trigger.words;
    case 'pattern': {
      const expression = new RegExp(trigger.source, trigger.flags);
      const fitting = sampled.filter((text) => expression.test(text));
      if (fitting.length > 0) return fitting;
      return expression.test(GREETING) ? [GREETING] : wordsMatching(trigger);
    }
    case 'matching':
      return trigger.examples;
    case 'first-contact':
    case 'any-text':
      return [GREETING];
  }
}
