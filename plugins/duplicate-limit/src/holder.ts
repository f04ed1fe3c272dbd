import type { MessageId } from '@parley/core';

/** Who has a claim: a message, and when it took it. */
export interface Holder {
  readonly message: MessageId;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A holder as the owner of a claim; the moment is in it because a claim does not tell when it runs out. */
export function ownerOf({ message, at }: Holder): string {
  return `${at}/${message}`;
}

export function holderOf(owner: string): Holder {
  const slash = owner.indexOf('/');
  return { at: Number(owner.slice(0, slash)), message: owner.slice(slash + 1) as MessageId };
}
