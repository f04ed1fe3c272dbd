import { type AnyEventObject, assign, emit } from 'xstate';
import type { Happening } from './scenario.ts';

/** An event for the root. */
export const send = (type: string, rest: object = {}): Happening => ({ send: { type, ...rest } });

export const sends = (...types: readonly string[]): readonly Happening[] => types.map((type) => send(type));

/** Milliseconds pass. */
export const wait = (advance: number): Happening => ({ advance });

/** The task of the actor at a path comes to its end. */
export const resolve = (path: string, output?: unknown): Happening => ({ resolve: path, output });

export const reject = (path: string, error: unknown): Happening => ({ reject: path, error });

/** Emits an event of this type and nothing else. */
export const says = (type: string) => emit({ type });

/** What an `emit` of the event that was heard says. */
export const heard = ({ event }: { event: AnyEventObject }) => ({ ...event });

/** Counts in context. */
export const count = assign({ n: ({ context }: { context: { n: number } }) => context.n + 1 });
