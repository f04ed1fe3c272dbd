import type { MessageId, MessageRecord, PluginContext } from '@parley/core';
import type { FrequencyCap } from './data/rule.ts';
import type { CapInForce } from './reach.ts';

/**
 * Counts messages to one person in any span of so many hours, across processes. Each cap has as many slots as messages are allowed; a message takes one,
 * for as long as the span lasts, and whoever finds none free has to wait. Whose a slot is, and since when, is its owner's name: `<when>:<message>`.
 *
 * Asked again about a message that has a slot, it moves that one to the new moment, as it leaves then: it never counts twice. A slot whose message
 * turns out not to have left, as a later policy has refused it or holds it back, is given to the next.
 */
export interface Caps {
  take(person: string, caps: readonly CapInForce[], message: MessageId, now: number): Promise<Full | undefined>;
  /** Forgets what a person was sent. */
  forget(person: string, caps: readonly FrequencyCap[]): Promise<void>;
}

/** A cap that has no slot left. */
export interface Full extends CapInForce {
  /** When the oldest of its messages no longer counts. */
  readonly freeAt: number;
}

type Services = Pick<PluginContext, 'claim' | 'release' | 'messages'>;

interface Taken {
  readonly key: string;
  readonly owner: string;
}

const HOUR = 3_600_000;

export function createCaps({ claim, release, messages }: Services): Caps {
  /** Takes a slot of one cap, or says when one will be free. */
  async function takeOne(
    person: string,
    { cap }: CapInForce,
    message: MessageId,
    now: number,
  ): Promise<Taken | { readonly freeAt: number }> {
    const span = cap.perHours * HOUR;
    const self = ownerOf(message, now);
    const others: Taken[] = [];
    for (const key of slotsOf(person, cap)) {
      const owner = await claim(key, self, span);
      if (owner === self) return { key, owner };
      if (messageOf(owner) !== message) others.push({ key, owner });
      else {
        const moved = await takeOver([{ key, owner }], self, span);
        if (moved !== undefined) return moved;
      }
    }
    const given = await takeOver(await unusedOf(others, now), self, span);
    if (given !== undefined) return given;
    const since = others.map(({ owner }) => sinceOf(owner));
    return { freeAt: Math.min(now, ...since) + span };
  }

  /** Takes one of these slots from its owner; others may be quicker. */
  async function takeOver(slots: readonly Taken[], self: string, span: number): Promise<Taken | undefined> {
    for (const { key, owner } of slots) {
      await release(key, owner);
      if ((await claim(key, self, span)) === self) return { key, owner: self };
    }
    return undefined;
  }

  /** Slots that stand for nothing that was sent: a second one of a message that has moved, and those of messages that have not left. */
  async function unusedOf(slots: readonly Taken[], now: number): Promise<readonly Taken[]> {
    const seen = new Set<string>();
    const unused: Taken[] = [];
    for (const slot of slots) {
      const message = messageOf(slot.owner);
      if (seen.has(message) || hasNotLeft(await messages.get(message), now)) unused.push(slot);
      seen.add(message);
    }
    return unused;
  }

  return {
    async take(person, caps, message, now) {
      const taken: Taken[] = [];
      for (const each of caps) {
        const slot = await takeOne(person, each, message, now);
        if ('key' in slot) taken.push(slot);
        else {
          for (const { key, owner } of taken) await release(key, owner);
          return { ...each, freeAt: slot.freeAt };
        }
      }
      return undefined;
    },

    async forget(person, caps) {
      for (const key of caps.flatMap((each) => slotsOf(person, each)))
        await release(key, await claim(key, 'forgotten', 1));
    },
  };
}

/** Whether a message that was counted can be seen not to have been handed over: refused, or held back by somebody else. */
function hasNotLeft(message: MessageRecord | undefined, now: number): boolean {
  if (message === undefined || message.providerId !== undefined) return false;
  if (message.status === 'failed') return true;
  // One whose time has come may be leaving at this moment.
  const verdicts = message.history.at(-1)?.verdicts ?? [];
  return message.status === 'pending' && verdicts.some(({ kind, until }) => kind === 'defer' && (until ?? 0) > now);
}

function slotsOf(person: string, { max, perHours }: FrequencyCap): readonly string[] {
  return Array.from({ length: max }, (_, index) => `cap:${perHours}:${person}:${index}`);
}

function ownerOf(message: MessageId, now: number): string {
  return `${now}:${message}`;
}

function messageOf(owner: string): MessageId {
  return owner.slice(owner.indexOf(':') + 1) as MessageId;
}

function sinceOf(owner: string): number {
  return Number(owner.slice(0, owner.indexOf(':')));
}
