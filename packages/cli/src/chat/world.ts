import {
  type Address,
  type App,
  type ConversationDocument,
  type ConversationKey,
  conversationKey,
  type Log,
  type Media,
  type News,
  type Organization,
} from '@parley/core';
import { type SavedSimulation, type Simulation, simulate } from '@parley/testing';

export interface WorldOptions {
  readonly organization: Organization;
  readonly app: App;
  /** Who is texting. */
  readonly person: Address;
  /** When it begins, milliseconds since the epoch. */
  readonly start: number;
  /** A bot that begins by itself, ahead of any text. */
  readonly bot?: string;
  readonly log: Log;
  /** Told what happens, as it happens. */
  readonly onNews: (news: News) => void;
}

/** Where the world was before something was done. */
interface Point {
  /** What was done then. */
  readonly before: string;
  readonly person: Address;
  readonly saved: SavedSimulation;
}

/** How far back one can go. */
const MOST_POINTS = 500;

/**
 * An organization in memory, in a time of its own, that can go back to any moment before something was done. Going back restores what was
 * stored then: nothing is run again.
 */
export class World {
  readonly #options: WorldOptions;
  #simulation: Simulation;
  #person: Address;
  #unsubscribe: () => void;
  readonly #points: Point[] = [];

  private constructor(options: WorldOptions, simulation: Simulation) {
    this.#options = options;
    this.#person = options.person;
    this.#simulation = simulation;
    this.#unsubscribe = simulation.engine.subscribe(options.onNews);
  }

  static async open(options: WorldOptions): Promise<World> {
    const { organization, start, log } = options;
    const world = new World(options, await simulate(organization, { start, log }));
    await world.#begin();
    return world;
  }

  get now(): number {
    return this.#simulation.clock.now();
  }

  get person(): Address {
    return this.#person;
  }

  /** Texts as the person. */
  async text(text: string, media: readonly Media[] = []): Promise<void> {
    this.#remember(text === '' ? 'the picture' : `“${text}”`);
    await this.#actor.text(text, { media });
  }

  /** Lets time pass. */
  async advanceTo(moment: number): Promise<void> {
    this.#remember('time passed');
    await this.#simulation.clock.advanceTo(moment);
  }

  /** Has time pass by itself: not a thing that can be undone. */
  async flow(milliseconds: number): Promise<void> {
    await this.#simulation.clock.advance(milliseconds);
  }

  /** When something is to happen by itself; `undefined` when nothing is. */
  nextDueAt(): Promise<number | undefined> {
    return this.#simulation.organization.storage.conversations.nextDueAt();
  }

  /** Has the carrier fail with the next text to the person. */
  failNext(code: string): void {
    this.#remember('the failure');
    // Twilio's codes from 20000 to 29999 are answers to a request, others become known later.
    const kind = /^2\d{4}$/.test(code) ? 'refuse' : 'lose';
    this.#actor.carrier({ kind, code }, { once: true });
  }

  /** Goes on as somebody else. */
  become(person: Address): void {
    this.#remember('the change of person');
    this.#person = person;
  }

  /** Goes back to before the last thing that was done, and says what that was; `undefined` when there is none. */
  async undo(): Promise<string | undefined> {
    const point = this.#points.pop();
    if (point === undefined) return undefined;
    await this.#replace({ from: point.saved });
    this.#person = point.person;
    return point.before;
  }

  /** Begins anew, with nothing known of anybody. */
  async restart(): Promise<void> {
    this.#remember('the new beginning');
    await this.#replace({ start: this.#options.start });
    await this.#begin();
  }

  conversation(): Promise<ConversationDocument | undefined> {
    return this.#simulation.organization.storage.conversations.get(this.key);
  }

  get key(): ConversationKey {
    return conversationKey(this.#options.app.address, this.#person);
  }

  /** What is known of the person. */
  describePerson() {
    return this.#simulation.engine.describeActor(this.#person);
  }

  /** What a code of the carrier means. */
  explain(code: string) {
    return this.#simulation.engine.explain({ app: this.#options.app.id }, code);
  }

  async close(): Promise<void> {
    await this.#end();
  }

  get #actor() {
    return this.#simulation.actor(this.#person, this.#options.app.id);
  }

  async #begin(): Promise<void> {
    const { app, bot } = this.#options;
    if (bot === undefined) return;
    await this.#simulation.engine.startJourney({ app: app.id, to: this.#person, bot });
    await this.#simulation.clock.advance(0);
  }

  #remember(before: string): void {
    this.#points.push({ before, person: this.#person, saved: this.#simulation.save() });
    if (this.#points.length > MOST_POINTS) this.#points.shift();
  }

  async #replace(how: { readonly from: SavedSimulation } | { readonly start: number }): Promise<void> {
    await this.#end();
    const { organization, log, onNews } = this.#options;
    this.#simulation = await simulate(organization, { ...how, log });
    this.#unsubscribe = this.#simulation.engine.subscribe(onNews);
  }

  /** Ends the simulation; what its tasks are at is given up. */
  async #end(): Promise<void> {
    this.#unsubscribe();
    let isClosed = false;
    const closing = this.#simulation.close().then(() => {
      isClosed = true;
    });
    // What a stop waits for it waits for by the simulation's clock.
    while (!isClosed) await this.#simulation.clock.advance(1_000);
    await closing;
  }
}
