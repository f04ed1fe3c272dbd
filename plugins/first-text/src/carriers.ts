import { codeOf, type MessageId, type MessageRecord, type OutboundView, type PluginContext } from '@parley/core';

/** Which message carries, or has carried, what is added to the first text to a person. */
export interface Carriers {
  /**
   * Whether it is this one. The same answer however often it is asked about a message that may have left, so that a provider that is asked for
   * it is asked for the right words.
   *
   * @param person names the person, within an app or wherever they are texted from.
   */
  isCarrier(person: string, view: OutboundView): Promise<boolean>;
  /** A message could not carry it after all. */
  passOn(person: string, message: MessageId): Promise<void>;
  /** The provider has taken a message. */
  taken(message: MessageId): Promise<void>;
  forget(person: string): Promise<void>;
}

export interface CarriersOptions {
  /** Whether a person who was texted earlier needs nothing; asked once a person. */
  readonly wasTexted: (view: OutboundView) => Promise<boolean>;
  /** How many people a process remembers. */
  readonly remembered: number;
}

/** As long as anybody will care, in milliseconds: ten years. */
const FOREVER = 10 * 365 * 86_400_000;

/** How often a claim is asked for that others have let go of. */
const MOST_TRIES = 5;

/** Stands for a text of the time before the plugin. */
const EARLIER = '-';

export function createCarriers(
  { keyv, claim, release, messages, log }: Pick<PluginContext, 'keyv' | 'claim' | 'release' | 'messages' | 'log'>,
  { wasTexted, remembered }: CarriersOptions,
): Carriers {
  /** Who has carried it, by person: that does not change any more, and so needs to be read once. The latest are last. */
  const known = new Map<string, string>();
  /** Messages of this process that carry it and have not been taken yet. */
  const underWay = new Map<string, string>();

  function remember(person: string, carrier: string): void {
    known.delete(person);
    known.set(person, carrier);
    dropOldest(known, remembered);
  }

  async function settle(person: string, carrier: string): Promise<void> {
    await keyv.set(person, carrier);
    remember(person, carrier);
  }

  /** Who has carried it to a person. */
  async function carrierTo(person: string): Promise<string | undefined> {
    const carrier = known.get(person) ?? (await keyv.get<string>(person));
    if (carrier !== undefined) remember(person, carrier);
    return carrier;
  }

  /** Takes the duty, or says who has it. */
  async function carrierFrom(person: string, { message, now }: OutboundView): Promise<string | undefined> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const owner = await claim(person, message.id, FOREVER);
      if (owner === message.id) return owner;
      const standing = standingOf(await messages.get(owner as MessageId), now);
      if (standing === 'taken') await settle(person, owner);
      if (standing !== 'void') return owner;
      await release(person, owner);
    }
    return undefined;
  }

  return {
    async isCarrier(person, view) {
      const { id } = view.message;
      const carrier = await carrierTo(person);
      if (carrier !== undefined) return carrier === id;
      if ((await carrierFrom(person, view)) !== id) return false;
      if (await wasTexted(view)) {
        await settle(person, EARLIER);
        return false;
      }
      underWay.set(id, person);
      dropOldest(underWay, remembered);
      return true;
    },
    async passOn(person, message) {
      underWay.delete(message);
      await release(person, message);
    },
    async taken(message) {
      const person = underWay.get(message);
      if (person === undefined) return;
      underWay.delete(message);
      try {
        await settle(person, message);
      } catch (error) {
        // The message log says so as well, to whoever asks next; the send has gone well.
        log.warn({ message, code: codeOf(error) }, 'a first text was not written down');
      }
    },
    async forget(person) {
      known.delete(person);
      await keyv.delete(person);
      const owner = await claim(person, EARLIER, 1);
      await release(person, owner);
    },
  };
}

/**
 * How it stands with the message that has the duty. `taken`: the provider has it. `open`: it is leaving, or may have left. `void`: it failed before
 * that, it waits for a policy while others leave, or nobody knows of it any more.
 */
function standingOf(message: MessageRecord | undefined, now: number): 'taken' | 'open' | 'void' {
  if (message === undefined) return 'void';
  if (message.providerId !== undefined) return 'taken';
  if (message.status === 'failed') return 'void';
  const { verdicts = [] } = message.history.findLast((entry) => entry.verdicts !== undefined) ?? {};
  return verdicts.some(({ kind, until = 0 }) => kind === 'defer' && until > now) ? 'void' : 'open';
}

function dropOldest(map: Map<string, string>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
