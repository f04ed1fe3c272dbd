import { type ActorProfile, type App, address, type MessageId, type OutboundView } from '@parley/core';

/** An outgoing notification to somebody, as policies see it. */
export function viewOf(
  actor: Omit<ActorProfile, 'address'> & { readonly address: string },
  now: number,
  {
    record,
    ...rest
  }: { readonly record?: Partial<OutboundView['record']> } & Partial<Omit<OutboundView, 'record'>> = {},
): OutboundView {
  const to = address(actor.address);
  const id = 'message-1' as MessageId;
  return {
    app: { id: 'app', mode: 'published' } as App,
    actor: { ...actor, address: to },
    message: { id, from: address('+14155550100'), to, text: 'Hello', media: [], createdAt: now },
    record: {
      id,
      category: 'marketing',
      text: 'Hello',
      at: now,
      origin: { kind: 'notification', name: 'test' },
      ...record,
    },
    now,
    ...rest,
  };
}

/** A number in an area code. */
export function numberIn(areaCode: string): string {
  return `+1${areaCode}5550123`;
}
