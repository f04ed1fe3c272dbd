import * as z from 'zod';

/** What makes an inbound text start a bot when no journey is running. Something to read in each, so that it can be listed and shown. */
export type Trigger =
  | { readonly kind: 'keyword'; readonly words: readonly string[] }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string }
  | ({ readonly kind: 'matching' } & Matching)
  | { readonly kind: 'first-contact' }
  | { readonly kind: 'any-text' };

/** A trigger of code. */
export interface Matching {
  /** What it looks for, in a few words, for people: `means book`. */
  readonly what: string;
  /** Texts that start the bot, for who tries it out. */
  readonly examples: readonly string[];
  /** Whether a text starts the bot. Synchronous and without side effects: it is part of the turn. */
  readonly matches: (text: string) => boolean;
}

export const triggerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keyword'), words: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ kind: z.literal('pattern'), source: z.string(), flags: z.string() }),
  z.strictObject({
    kind: z.literal('matching'),
    what: z.string().min(1),
    examples: z.array(z.string()),
    matches: z.custom<Matching['matches']>((value) => typeof value === 'function', 'write a function'),
  }),
  z.strictObject({ kind: z.literal('first-contact') }),
  z.strictObject({ kind: z.literal('any-text') }),
]);

/** The whole text is one of these words; case, surrounding white space and punctuation do not matter. */
export function keyword(...words: readonly [string, ...string[]]): Trigger {
  return { kind: 'keyword', words };
}

/** The text matches. Case matters unless the expression says `i`. */
export function pattern(expression: RegExp): Trigger {
  return { kind: 'pattern', source: expression.source, flags: expression.flags.replace(/[gy]/g, '') };
}

/**
 * The text is one that a function takes.
 *
 * ```ts
 * triggers: [matching({ what: 'order number', examples: ['A-17'], matches: (text) => isOrderNumber(text) })]
 * ```
 */
export function matching(how: Matching): Trigger {
  return { kind: 'matching', ...how };
}

/** The first text ever in this conversation. */
export function firstContact(): Trigger {
  return { kind: 'first-contact' };
}

/** Any text that starts no other bot. */
export function anyText(): Trigger {
  return { kind: 'any-text' };
}

/** A text, as triggers see it. */
export interface TriggeringText {
  readonly text: string;
  /** The texts that it was put together of, where it was several. */
  readonly parts?: readonly string[];
  readonly firstContact: boolean;
}

/** From the most to the least particular: a more particular trigger of any bot wins. */
const PRECEDENCE = [
  'keyword',
  'pattern',
  'matching',
  'first-contact',
  'any-text',
] as const satisfies readonly Trigger['kind'][];

/** The bot that a text starts: by the most particular trigger that fits, among equals the first bot of the app. */
export function botFor<Candidate extends { readonly triggers: readonly Trigger[] }>(
  bots: readonly Candidate[],
  text: TriggeringText,
  kinds: readonly Trigger['kind'][] = PRECEDENCE,
): Candidate | undefined {
  for (const kind of kinds) {
    const bot = bots.find(({ triggers }) => triggers.some((trigger) => trigger.kind === kind && fires(trigger, text)));
    if (bot !== undefined) return bot;
  }
  return undefined;
}

function fires(trigger: Trigger, { text, parts = [], firstContact }: TriggeringText): boolean {
  switch (trigger.kind) {
    case 'keyword':
      return [text, ...parts].some((part) => trigger.words.some((word) => normalise(word) === normalise(part)));
    case 'pattern':
      return [text, ...parts].some((part) => new RegExp(trigger.source, trigger.flags).test(part));
    case 'matching':
      return [text, ...parts].some((part) => trigger.matches(part));
    case 'first-contact':
      return firstContact;
    case 'any-text':
      return true;
  }
}

/** Compatible characters made one (NFKC), lower case, single spaces, no punctuation around unless it is all there is. */
function normalise(text: string): string {
  const spaced = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return spaced.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '') || spaced;
}
