import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { complete } from './commands.ts';
import type { Paint } from './paint.ts';
import type { Session } from './session.ts';

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly paint: Paint;
  /** Who can be named with `/as`. */
  readonly people: () => readonly string[];
  /** How often time passes, in milliseconds; as much of it as has really passed. Default 500. */
  readonly beat?: number;
}

/** A terminal with a line that is being typed: what is printed comes above it. */
export class Terminal {
  readonly #output: Writable;
  readonly #lines: Interface;
  readonly #beat: number;

  constructor({ input, output, paint, people, beat = 500 }: TerminalOptions) {
    this.#output = output;
    this.#beat = beat;
    this.#lines = createInterface({
      ...{ input, output, terminal: true, historySize: 500, removeHistoryDuplicates: true },
      prompt: paint('blue', '> '),
      completer: (line: string) => complete(line, people()),
    });
  }

  /** Prints lines above the one that is being typed. */
  print(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const { rows } = this.#lines.getCursorPos();
    moveCursor(this.#output, 0, -rows);
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#output.write(`${lines.join('\n')}\n`);
    this.#lines.prompt(true);
  }

  /** Does what is typed, one line after the other, and lets time pass meanwhile; resolves when the person leaves. */
  async run(session: Session): Promise<void> {
    let work = Promise.resolve();
    let isBusy = false;
    let failure: unknown;
    /** One thing at a time: a line that is typed while another is at work comes after it. */
    const enqueue = (step: () => Promise<void>): void => {
      work = work.then(async () => {
        isBusy = true;
        await step().catch((error: unknown) => {
          failure = error;
          this.#lines.close();
        });
        isBusy = false;
      });
    };
    let last = performance.now();
    const ticking = setInterval(() => {
      const now = performance.now();
      const passed = now - last;
      last = now;
      if (isBusy) return;
      enqueue(async () => {
        await session.world.flow(Math.round(passed));
        await session.tell();
      });
    }, this.#beat);
    const left = new Promise<void>((resolve) => this.#lines.once('close', resolve));
    this.#lines.on('line', (line) =>
      enqueue(async () => {
        if ((await session.handle(line)) === 'over') this.#lines.close();
        else this.#lines.prompt(true);
      }),
    );
    // The first takes the line back, the second leaves, as in a shell.
    this.#lines.on('SIGINT', () => {
      if (this.#lines.line === '') return this.#lines.close();
      this.#output.write('\n');
      this.#lines.write(null, { ctrl: true, name: 'u' });
    });
    this.#lines.prompt();
    await left;
    clearInterval(ticking);
    await work;
    this.#output.write('\n');
    if (failure !== undefined) throw failure;
  }
}
