import type { Activity, Actor, Conversation, ConversationSummary } from '@parley/api';
import type { ActivityRecord, ActorProfile, ConversationDocument, Journey, ParkedEvent } from '@parley/core';
import { readSnapshot, stateValueOf } from '@parley/core/host';
import type { Lens } from './lens.ts';

/** A conversation in a list. */
export function conversationSummaryView(document: ConversationDocument, lens: Lens): ConversationSummary {
  const { journey, parked = [] } = document;
  return {
    ...common(document, lens),
    parked: parked.length,
    ...(journey === undefined
      ? {}
      : {
          journey: {
            ...{ id: journey.id, bot: journey.bot, version: journey.version, startedAt: journey.startedAt },
            state: stateValueOf(journey.machine),
          },
        }),
  };
}

/** A conversation with its machine, what it waits for, and what went wrong. */
export function conversationView(document: ConversationDocument, lens: Lens): Conversation {
  const { journey, parked = [], outbox, actor } = document;
  const app = lens.appOf(document.app);
  const confidential = app?.confidential ?? false;
  return {
    ...common(document, lens),
    preview: app?.mode === 'preview',
    journal: (app?.journal ?? false) && !confidential,
    actor: actorView(actor, lens),
    parked: parked.map((event) => parkedView(event, lens, confidential)),
    outbox: outbox.map(({ id, category, notBefore, attempts }) => ({
      ...{ id, category, attempts },
      ...(notBefore === undefined ? {} : { notBefore }),
    })),
    ...(journey === undefined ? {} : { journey: journeyView(journey, parked, lens, confidential) }),
  };
}

function common(document: ConversationDocument, { ids, masking, appOf }: Lens) {
  const { key, app, ours, theirs, createdAt, heardAt, handoff, halted, outbox, actor } = document;
  const name = nameOf(actor);
  const confidential = appOf(app)?.confidential ?? false;
  const { note, ...given } = handoff ?? { to: '', at: 0 };
  const showNote = note !== undefined && !confidential;
  return {
    ...{ id: ids.idOf(key), app, ours, theirs: masking.address(theirs), createdAt },
    ...(name === undefined ? {} : { name: masking.prose(name) }),
    ...(heardAt === undefined ? {} : { heardAt }),
    ...(handoff === undefined ? {} : { handoff: { ...given, ...(showNote ? { note: masking.prose(note) } : {}) } }),
    ...(halted === undefined
      ? {}
      : { halted: { ...halted, reason: confidential ? KEPT_TO_ITSELF : masking.prose(halted.reason) } }),
    waiting: outbox.length,
  };
}

/** First and last name, as far as they are known. */
export function nameOf({ firstName, lastName }: ActorProfile): string | undefined {
  return [firstName, lastName].filter((part) => part !== undefined && part !== '').join(' ') || undefined;
}

export function actorView({ address, email, attributes, ...rest }: ActorProfile, { masking }: Lens): Actor {
  return {
    ...(masking.data(rest) as typeof rest),
    address: masking.address(address),
    ...(email === undefined || masking.hides ? {} : { email }),
    ...(attributes === undefined || masking.hides ? {} : { attributes: { ...attributes } }),
  };
}

function journeyView(
  journey: Journey,
  parked: readonly ParkedEvent[],
  { masking }: Lens,
  confidential: boolean,
): NonNullable<Conversation['journey']> {
  const { id, bot, version, startedAt, expiresAt, machine, tasks, heldTimers = [] } = journey;
  const { context, children = {} } = readSnapshot(machine);
  return {
    ...{ id, bot, version, startedAt, expiresAt, state: stateValueOf(journey.machine) },
    ...(confidential ? {} : { context: masking.data(context) }),
    children: Object.entries(children).map(([name, child]) => ({
      id: name,
      state: stateValueOf(child) ?? null,
    })),
    timers: machine.timers.map(({ id: timer, source, dueAt, event }) => ({
      ...{ id: timer, source: [...source], dueAt, event: event.type },
      ...(heldTimers.some((held) => held.id === timer && held.dueAt === dueAt) ? { held: true as const } : {}),
    })),
    tasks: machine.tasks.map(({ id: task, name }) => {
      const { attempts = 0, failures = 0, notBefore } = tasks[task] ?? {};
      const held = parked.some(({ what }) => what.kind === 'task' && what.task === task);
      return {
        ...{ id: task, name, attempts, failures },
        ...(notBefore === undefined ? {} : { notBefore }),
        ...(held ? { held } : {}),
      };
    }),
  };
}

/** What a bot throws can quote what it was told. */
const KEPT_TO_ITSELF = 'The app keeps it to itself.';

function parkedView(
  { id, at, bot, journey, what, code, reason, where }: ParkedEvent,
  { masking }: Lens,
  confidential: boolean,
) {
  return {
    ...{ id, at, what: what.kind, code, reason: confidential ? KEPT_TO_ITSELF : masking.prose(reason) },
    ...(bot === undefined ? {} : { bot }),
    ...(journey === undefined ? {} : { journey }),
    ...(where === undefined ? {} : { where }),
  };
}

/** What happened besides messages. What bots know and tracked of confidential apps is left out. */
export function activityView(record: ActivityRecord, { ids, appOf, masking }: Lens): Activity {
  const { data, name, conversation, ...rest } = record;
  const confidential = appOf(record.app)?.confidential ?? false;
  return {
    ...rest,
    conversation: ids.idOf(conversation),
    ...(name === undefined ? {} : { name: masking.prose(name) }),
    ...(data === undefined || confidential ? {} : { data: masking.data(data) }),
  };
}
