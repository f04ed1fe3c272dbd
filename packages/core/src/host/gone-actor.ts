import { type AnyActorLogic, type AnyActorRef, createActor, createEmptyActor } from 'xstate';

/** What a reference to an actor that has stopped becomes after a restart: one that takes events and does nothing. */
export function goneActor(id: string): AnyActorRef {
  const { logic } = createEmptyActor() as unknown as { readonly logic: AnyActorLogic };
  const snapshot = { status: 'stopped', output: undefined, error: undefined };
  return createActor(logic, { id, snapshot } as never);
}
