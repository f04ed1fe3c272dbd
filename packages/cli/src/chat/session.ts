import type { News } from '@parley/core';
import { commands, findCommand, type Outcome } from './commands.ts';
import { momentWords } from './moments.ts';
import type { Narrator, Scene } from './narrator.ts';
import type { Paint } from './paint.ts';
import { inTellingOrder, momentOf } from './telling-order.ts';
import type { World } from './world.ts';

export interface SessionOptions {
  readonly world: World;
  readonly narrator: Narrator;
  readonly paint: Paint;
  /** Where lines go. */
  readonly print: (lines: readonly string[]) => void;
  /** The time zone of people who are not known to have one. */
  readonly zone: string;
  /** How much time passes before it is told what time it is, in milliseconds. */
  readonly quiet: number;
  /** What has happened since it was last asked. */
  readonly takeNews: () => readonly News[];
}

/** A conversation in a terminal or from a script: what is typed is done, and what comes of it is told. */
export class Session {
  readonly world: World;
  readonly #options: SessionOptions;
  /** The time that was last told. */
  #toldAt: number;
  #zone: string;
  /** How many lines could not be understood. */
  #misunderstood = 0;

  constructor(options: SessionOptions) {
    this.world = options.world;
    this.#options = options;
    this.#zone = options.zone;
    this.#toldAt = options.world.now;
  }

  /** The time zone of the person. */
  get zone(): string {
    return this.#zone;
  }

  /** Whether everything was understood, by bots too. */
  get wentWell(): boolean {
    return this.#misunderstood === 0 && this.#options.narrator.troubles === 0;
  }

  /** Does what a line asks for. */
  async handle(line: string): Promise<Outcome> {
    const typed = line.trim();
    if (typed === '') return 'goes on';
    if (!typed.startsWith('/') || typed.startsWith('//')) {
      await this.world.text(typed.replace(/^\/\//, '/'));
      await this.tell();
      return 'goes on';
    }
    const [, name = '', argument = ''] = /^\/(\S*)\s*(.*)$/s.exec(typed) ?? [];
    const command = findCommand(name);
    if (command === undefined) {
      this.complain(
        `There is no /${name}. There are ${Object.keys(commands)
          .map((one) => `/${one}`)
          .join(', ')}.`,
      );
      return 'goes on';
    }
    return (await command.run(argument.trim(), this)) ?? 'goes on';
  }

  /** Tells what has happened. */
  async tell(): Promise<void> {
    const scene = await this.#scene();
    const lines: string[] = [];
    for (const news of inTellingOrder(this.#options.takeNews())) {
      const told = this.#options.narrator.linesOf(news, scene);
      if (told.length > 0) lines.push(...this.#timeLines(momentOf(news)), ...told);
    }
    this.#options.print(lines);
  }

  /** The time, after it was let pass. */
  tellTime(): void {
    this.#options.print(this.#timeLines(this.world.now));
  }

  /** Time has gone back, or begun anew: nothing was told of what comes now. */
  async beginAgain(): Promise<void> {
    this.#options.narrator.forget();
    this.#toldAt = this.world.now;
    await this.#scene();
  }

  note(...lines: readonly string[]): void {
    this.#options.print(lines.map((line) => this.#options.paint('dim', `· ${line}`)));
  }

  /** Rows of a name and what there is to say. */
  table(rows: readonly (readonly [string, string])[]): void {
    const width = Math.max(...rows.map(([name]) => name.length));
    this.#options.print(
      rows.map(([name, value]) => `${this.#options.paint('dim', `· ${name.padEnd(width)}`)}  ${value}`),
    );
  }

  complain(problem: string): void {
    this.#misunderstood += 1;
    this.#options.print([this.#options.paint('red', `! ${problem}`)]);
  }

  #timeLines(at: number): readonly string[] {
    if (at - this.#toldAt < this.#options.quiet) return [];
    this.#toldAt = at;
    return [this.#options.paint('dim', `— ${momentWords(at, this.#zone)}`)];
  }

  async #scene(): Promise<Scene> {
    const { world } = this;
    const [conversation, { profile }] = await Promise.all([world.conversation(), world.describePerson()]);
    this.#zone = profile.timeZone ?? this.#options.zone;
    return { person: world.person, zone: this.#zone, conversation, explain: (code) => world.explain(code) };
  }
}
