import {
  isNamed,
  type MessageOrigin,
  type OutboundView,
  ParleyError,
  type Plugin,
  type PluginContext,
  parseOptions,
  type Verdict,
} from '@parley/core';
import * as z from 'zod';
import { fingerprint, type Scope } from './fingerprint.ts';
import { type Holder, holderOf, ownerOf } from './holder.ts';
import { inWords } from './in-words.ts';
import { findRepeats } from './repeats.ts';

export interface DuplicateLimitOptions {
  /** How long the same text is refused from the send of the first on, in milliseconds. Default 30 minutes. */
  readonly window?: number;
  /** Whether texts of other apps of the organization count as well. Default `app`: they do not. */
  readonly scope?: Scope;
  /**
   * Whether a text that a carrier took, and that then failed on its way, counts as gone out. Default `true`. `false` lets it be sent again at once,
   * at the risk that a late confirmation proves that the first one had arrived.
   */
  readonly countFailed?: boolean;
  readonly exempt?: DuplicateExemptions;
}

/** What may go out again word for word. */
export interface DuplicateExemptions {
  /**
   * Texts of a bot once the person has texted since the earlier one went out: a bot that is asked the same again may answer the same
   * again. Default `false`.
   */
  readonly answers?: boolean;
  /**
   * By who made them: `bot`, `notification`, `app` (its fallback and otherwise), `person` (people who have taken a conversation over), `plugin`.
   * Default `['plugin']`: whoever says STOP or HELP twice gets two answers.
   */
  readonly origins?: readonly MessageOrigin['kind'][];
  /** Anything else, by a function that has to answer the same whenever it is asked about a message. Default: nothing. */
  readonly when?: (message: OutboundView) => boolean;
}

const MINUTE = 60_000;

const optionsSchema = z.strictObject({
  window: z
    .number()
    .int()
    .positive()
    .default(30 * MINUTE),
  scope: z.enum(['app', 'organization']).default('app'),
  countFailed: z.boolean().default(true),
  exempt: z
    .strictObject({
      answers: z.boolean().default(false),
      origins: z.array(z.enum(['bot', 'notification', 'app', 'person', 'plugin'])).default(['plugin']),
      when: z
        .custom<(message: OutboundView) => boolean>((value) => typeof value === 'function', 'write a function')
        .optional(),
    })
    .prefault({}),
});

const CODE = 'error.platform.message-limiter.duplicate-message-sent';

/** How often a claim is asked for that others have let go of. */
const MOST_TRIES = 5;

/** When a message is looked at again of which others have been too quick so often, in milliseconds. */
const LATER = 1000;

/**
 * Refuses the same text to the same number for 30 minutes, in apps that are published: only the first goes out. A message
 * that is refused fails with `error.platform.message-limiter.duplicate-message-sent`, of which its bot hears by `message.failed`.
 *
 * ```ts
 * plugins: [duplicateLimit({ exempt: { answers: true } })]
 * ```
 *
 * @throws `error.platform.config.malformed`
 */
export function duplicateLimit(options: DuplicateLimitOptions = {}): Plugin {
  const { window, scope, countFailed, exempt } = parseOptions(optionsSchema, options, 'duplicateLimit');
  const origins: ReadonlySet<string> = new Set(exempt.origins);
  let context: Pick<PluginContext, 'claim' | 'release' | 'messages'>;

  /** Carriers filter repeats, and nobody filters what a bot says again in a web page to who asks again. */
  function isLimited(view: OutboundView): boolean {
    if (view.app.mode !== 'published' || isNamed(view.message.to)) return false;
    return !origins.has(view.record.origin.kind) && !(exempt.when?.(view) ?? false);
  }

  /** Whether a claim stands for nothing that has reached the person, or for what they have answered since. */
  async function isVoid(holder: Holder, { record, heardAt = 0 }: OutboundView): Promise<boolean> {
    if (exempt.answers && record.origin.kind === 'bot' && heardAt > holder.at) return true;
    const earlier = await context.messages.get(holder.message);
    // Unknown are those of a person who was erased: nothing is remembered of what they got.
    if (earlier === undefined) return true;
    return earlier.status === 'failed' && (earlier.providerId === undefined || !countFailed);
  }

  /** The claim is taken at the moment at which all other policies have let the message go, so the window begins with the send. */
  async function check(view: OutboundView): Promise<Verdict | undefined> {
    if (!isLimited(view)) return undefined;
    const key = fingerprint(view, scope);
    const self = ownerOf({ message: view.message.id, at: view.now });
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const owner = await context.claim(key, self, window);
      if (owner === self) return undefined;
      const holder = holderOf(owner);
      // One of its own is of a send that did not come about: the window begins anew.
      const isGone = holder.message === view.message.id || (await isVoid(holder, view));
      if (!isGone) return refuse(holder.at + window, view.now);
      await context.release(key, owner);
    }
    return {
      kind: 'defer',
      until: view.now + LATER,
      code: CODE,
      reason: 'Equal texts contend for being the one that goes.',
    };
  }

  return {
    name: 'duplicate-limit',
    enforce: 'limit',
    setup: (given) => {
      context = given;
    },
    checkOutbound: check,
    lint: (app) =>
      origins.has('bot') || isNamed(app.address) ? [] : findRepeats(app, { window, answersRepeat: exempt.answers }),
  };
}

function refuse(until: number, now: number): Verdict {
  // The storage reads its clock a little later than the engine did.
  const end = Math.ceil(until / 1000) * 1000;
  const details = { until: new Date(end).toISOString(), wait: inWords(end - now) };
  return { kind: 'deny', code: CODE, reason: new ParleyError(CODE, details).message };
}
