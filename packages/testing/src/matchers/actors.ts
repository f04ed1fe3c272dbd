import type { ActorPatch, ConversationDocument } from '@parley/core';
import type { SimulatedActor } from '../simulate.ts';
import { type Result, requireSubject, result } from './result.ts';
import { type ExpectedText, isText, quoted, tailOf } from './said.ts';

/** So many lines of a transcript stand in a message. */
const LINES = 12;

export function toHaveBeenTold(value: unknown, expected: ExpectedText): Result {
  const actor = actorIn(value, 'toHaveBeenTold');
  const pass = actor.received.some(({ text }) => isText(text, expected));
  return result(pass, { subject: actor.number, claim: `have been told ${quoted(expected)}`, there: saidTo(actor) });
}

export function toHaveBeenToldLast(value: unknown, expected: ExpectedText): Result {
  const actor = actorIn(value, 'toHaveBeenToldLast');
  const last = actor.received.at(-1);
  return result(last !== undefined && isText(last.text, expected), {
    subject: actor.number,
    claim: `have been told ${quoted(expected)} last`,
    there: saidTo(actor),
  });
}

export function toHaveBeenToldNothing(value: unknown): Result {
  const actor = actorIn(value, 'toHaveBeenToldNothing');
  return result(actor.received.length === 0, {
    subject: actor.number,
    claim: 'have been told nothing',
    there: saidTo(actor),
  });
}

export async function toBeInState(
  value: unknown,
  expected: string | Readonly<Record<string, unknown>>,
): Promise<Result> {
  const actor = actorIn(value, 'toBeInState');
  const state = await actor.state();
  const active = pathsOf(state);
  const pass = pathsOf(expected).every((path) => active.some((one) => one === path || one.startsWith(`${path}.`)));
  return result(pass, {
    subject: actor.number,
    claim: `be in ${pathsOf(expected).join(' and ')}`,
    there: `${whereIs(active)}\n\n${saidTo(actor)}`,
  });
}

export async function toHaveEnded(value: unknown): Promise<Result> {
  const actor = actorIn(value, 'toHaveEnded');
  const { journey } = (await actor.conversation()) ?? {};
  return result(journey === undefined, {
    subject: `the journey of ${actor.number}`,
    claim: 'have ended',
    there: `${whereIs(pathsOf(journey?.machine.snapshot.value))}\n\n${saidTo(actor)}`,
  });
}

export async function toBeHandedOver(value: unknown, to?: string): Promise<Result> {
  const actor = actorIn(value, 'toBeHandedOver');
  const { handoff } = (await actor.conversation()) ?? {};
  return result(handoff !== undefined && (to === undefined || handoff.to === to), {
    subject: actor.number,
    claim: to === undefined ? 'be handed over' : `be handed over to ${to}`,
    there: `${handoff === undefined ? 'The bot has the conversation.' : `It was handed over to ${handoff.to}.`}\n\n${saidTo(actor)}`,
  });
}

type Equals = (one: unknown, other: unknown) => boolean;

/** @param isPart whether all of the second is in the first. */
export async function toBeKnownAs(value: unknown, expected: ActorPatch, isPart: Equals): Promise<Result> {
  const actor = actorIn(value, 'toBeKnownAs');
  const known = await profileOf(actor);
  return result(isPart(known, expected), {
    subject: actor.number,
    claim: `be known as ${JSON.stringify(expected)}`,
    there: `Known is ${JSON.stringify(known ?? {})}\n\n${saidTo(actor)}`,
  });
}

async function profileOf(actor: SimulatedActor): Promise<ConversationDocument['actor'] | undefined> {
  return (await actor.conversation())?.actor;
}

function actorIn(value: unknown, matcher: string): SimulatedActor {
  return requireSubject<SimulatedActor>(
    value,
    ['received', 'transcript'],
    matcher,
    'somebody in a simulation, as sim.actor(number) gives them',
  );
}

function saidTo(actor: SimulatedActor): string {
  const transcript = actor.transcript();
  return transcript === '' ? 'Nothing was said.' : `What was said:\n${tailOf(transcript, LINES)}`;
}

function whereIs(active: readonly string[]): string {
  return active.length === 0 ? 'No journey is running.' : `The bot is in ${active.join(' and ')}.`;
}

/** The innermost states of XState's state value, as dotted paths. */
function pathsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const paths = pathsOf(inner);
    return paths.length === 0 ? [key] : paths.map((path) => `${key}.${path}`);
  });
}
