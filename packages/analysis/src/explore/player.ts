import type { Bot, BotInput, BotRequest } from '@parley/core';
import {
  createHost,
  type Host,
  type HostDocument,
  type HostEvent,
  type HostStep,
  type PersistedSnapshot,
} from '@parley/core/host';
import type { AnyEventObject } from 'xstate';
import type { Happening } from './happening.ts';
import { actorKey, nextRinging, type Position, plainly } from './position.ts';

/** What came of something that happened. */
export type Outcome = Moved | Threw;

export interface Moved extends Visit {
  readonly kind: 'moved';
  readonly position: Position;
  /** What the bot asked for on the way. */
  readonly requests: readonly BotRequest[];
}

export interface Threw extends Visit {
  readonly kind: 'threw';
  readonly error: unknown;
}

interface Visit {
  /** The ids of all states that were active on the way, also those that were left again at once. */
  readonly visited: readonly string[];
}

/** What a failing task fails with. */
export class SampleFailure extends Error {
  override readonly name = 'SampleFailure';
  constructor() {
    super('The task fails, as it may.');
  }
}

/** The message whose fate the bot hears of. */
const MESSAGE = 'message-1';

/** How long journeys may be extended to, in milliseconds: as long as the core lets them. */
const JOURNEY_AT_MOST = 90 * 86_400_000;

/** Has things happen to a bot, through the host that runs it for everybody. */
export class Player {
  readonly #bot: Bot;
  readonly #host: Host;
  readonly #start: number;
  readonly #lookedFor: ReadonlySet<string>;
  readonly #moved = new Map<string, readonly string[]>();
  readonly #visited = new Set<string>();

  /**
   * @param lookedFor words that guards look for, or samples name.
   * @throws `error.platform.bot.not-durable`
   */
  constructor(bot: Bot, start: number, lookedFor: Iterable<string>) {
    this.#bot = bot;
    this.#lookedFor = new Set([...lookedFor].map(plainly));
    this.#start = start;
    this.#host = createHost(bot.machine, {
      name: bot.id,
      check: true,
      onMove: ({ actor, active, from }) => {
        this.#moved.set(actorKey(actor), active);
        for (const id of [...active, ...from]) this.#visited.add(id);
      },
    });
  }

  knows(eventType: string): boolean {
    return this.#host.knows(eventType);
  }

  begin(happening: Extract<Happening, { kind: 'start' }>): Outcome {
    const now = this.#start;
    const { text, actor } = happening;
    return this.#attempt(() => {
      const first = this.#host.start(inputOf(happening, now), now);
      const begun: Position = {
        document: first.document,
        now,
        startedAt: now,
        expiresAt: now + this.#bot.expiresAfter,
        isHandedOver: false,
        person: actor.address,
        hasSaid: false,
        lastSaid: [],
        heard: this.#hearing(new Set(), text),
        active: new Map(),
      };
      if (this.#bot.firstText === 'input' || text === undefined) return this.#arrive(begun, first, now);
      const received = { type: 'message.received', text, media: [], at: now, from: actor.address };
      const second = this.#host.step(first.document, { kind: 'event', event: received }, now);
      return this.#arrive(begun, { ...second, emitted: [...first.emitted, ...second.emitted] }, now);
    });
  }

  play(position: Position, happening: Exclude<Happening, { kind: 'start' }>): Outcome {
    const { document, now } = position;
    return this.#attempt(() => {
      const at = happening.kind === 'silence' ? now + happening.milliseconds : now;
      const text = happening.kind === 'text' ? happening.text : undefined;
      const from = {
        ...position,
        isHandedOver: position.isHandedOver && happening.kind !== 'resumed',
        heard: this.#hearing(position.heard, text),
      };
      return this.#arrive(from, this.#host.step(document, hostEventOf(position, happening), at), at);
    });
  }

  #hearing(heard: Position['heard'], text: string | undefined): Position['heard'] {
    if (text === undefined || this.#lookedFor.has(plainly(text))) return heard;
    return new Set([...heard, plainly(text)]);
  }

  #attempt(play: () => Omit<Moved, 'visited'>): Outcome {
    this.#moved.clear();
    this.#visited.clear();
    try {
      const outcome = play();
      return { ...outcome, visited: [...this.#visited] };
    } catch (error) {
      return { kind: 'threw', error, visited: [...this.#visited] };
    }
  }

  #arrive(before: Position, { document, emitted }: HostStep, now: number): Omit<Moved, 'visited'> {
    const requests = emitted as readonly BotRequest[];
    const said = requests.flatMap((request) => (request.type === 'parley.say' ? [request.text] : []));
    const position: Position = {
      ...before,
      document,
      now,
      expiresAt: extended(before, requests, now),
      isHandedOver:
        before.isHandedOver || (document.status === 'active' && requests.some(({ type }) => type === 'parley.handoff')),
      hasSaid: before.hasSaid || said.length > 0,
      lastSaid: said.length > 0 ? said : before.lastSaid,
      active: livingIn(document, new Map([...before.active, ...this.#moved])),
    };
    return { kind: 'moved', position, requests };
  }
}

/** When the journey ends now: `extendJourney` never shortens it. */
function extended({ startedAt, expiresAt }: Position, requests: readonly BotRequest[], now: number): number {
  const wanted = requests.flatMap((request) => (request.type === 'parley.extend-journey' ? [now + request.by] : []));
  return Math.max(expiresAt, ...wanted.map((moment) => Math.min(moment, startedAt + JOURNEY_AT_MOST)));
}

function inputOf({ actor, text, data, input }: Extract<Happening, { kind: 'start' }>, now: number): unknown {
  if (input !== undefined) return input;
  return {
    actor,
    ...(text === undefined ? {} : { message: { text, media: [], at: now } }),
    ...(data === undefined ? {} : { data }),
  } satisfies BotInput;
}

function hostEventOf(position: Position, happening: Exclude<Happening, { kind: 'start' }>): HostEvent {
  const { document, now, person } = position;
  switch (happening.kind) {
    case 'text': {
      const { text, media = [] } = happening;
      return told({ type: 'message.received', text, media, at: now, from: person });
    }
    case 'silence': {
      const timer = nextRinging(position);
      if (timer === undefined) throw new Error('No timer rings here.');
      return { kind: 'timer', timer };
    }
    case 'task.done':
      return { kind: 'task.done', id: taskCalled(document, happening.task), output: happening.output };
    case 'task.failed':
      return { kind: 'task.failed', id: taskCalled(document, happening.task), error: new SampleFailure() };
    case 'message.delivered':
      return told({ type: 'message.delivered', message: MESSAGE });
    case 'message.failed':
      return told({ type: 'message.failed', message: MESSAGE, code: happening.code, reason: 'not delivered' });
    case 'resumed':
      return told({ type: 'conversation.resumed' });
    case 'event':
      return told(happening.event);
  }
}

function told(event: AnyEventObject): HostEvent {
  return { kind: 'event', event };
}

function taskCalled({ tasks }: HostDocument, name: string): string {
  return tasks.find((task) => task.name === name)?.id ?? '';
}

/** Of the actors that are known, those that are still there. */
function livingIn({ snapshot }: HostDocument, active: ReadonlyMap<string, readonly string[]>): Position['active'] {
  const paths = new Set(pathsIn(snapshot, []));
  return new Map([...active].filter(([path]) => paths.has(path)).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function pathsIn({ children = {} }: PersistedSnapshot, path: readonly string[]): readonly string[] {
  const living = Object.entries(children).filter(([, { snapshot }]) => snapshot.status === 'active');
  return [actorKey(path), ...living.flatMap(([id, { snapshot }]) => pathsIn(snapshot, [...path, id]))];
}
