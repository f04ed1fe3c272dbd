import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const bin = join(repository, 'packages/cli/bin/parley.js');

/** How long anything may take before a test gives up on it. */
const DEADLINE = 90_000;

/** A folder with a project in it, in which the real command runs. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'parley-cli-'));
  readonly #running: Cli[] = [];

  constructor(files: Readonly<Record<string, string>> = {}) {
    symlinkSync(join(repository, 'node_modules'), join(this.folder, 'node_modules'));
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file));
  }

  files(): readonly string[] {
    return readdirSync(this.folder)
      .filter((file) => file !== 'node_modules')
      .sort();
  }

  /**
   * Runs `parley` in the folder.
   *
   * @param input what is piped in. Default: nothing is.
   */
  parley(args: readonly string[], env: Readonly<Record<string, string>> = {}, input?: string): Cli {
    const cli = new Cli(args, this.folder, env, input);
    this.#running.push(cli);
    return cli;
  }

  async remove(): Promise<void> {
    for (const cli of this.#running) cli.kill('SIGKILL');
    await Promise.all(this.#running.map(({ exited }) => exited));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** The command while it runs. */
export class Cli {
  /** Everything it has printed. */
  output = '';
  /** Of that, what went to standard error. */
  errors = '';
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  readonly #child;

  constructor(args: readonly string[], folder: string, env: Readonly<Record<string, string>>, input?: string) {
    const { PATH = '', HOME = '' } = process.env;
    this.#child = spawn(process.execPath, [bin, ...args], {
      cwd: folder,
      env: { PATH, HOME, ...env },
    });
    // Without input the end of it is all that there is to read.
    this.#child.stdin.end(input);
    this.#child.stdout.on('data', (data) => {
      this.output += data;
    });
    this.#child.stderr.on('data', (data) => {
      this.output += data;
      this.errors += data;
    });
    this.exited = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => resolve({ code, signal }));
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Stops reading what it prints, as `head` does. */
  hangUp(): void {
    this.#child.stdout.destroy();
  }

  /** Resolves to the first match in what was printed after `from` characters. */
  async sees(pattern: RegExp, from = 0): Promise<RegExpExecArray> {
    let gone = false;
    void this.exited.then(() => {
      gone = true;
    });
    return until(() => {
      const found = pattern.exec(this.output.slice(from));
      if (found === null && gone) throw new Error(`It ended before it printed ${pattern}:\n${this.output}`);
      return found ?? undefined;
    }, `${pattern} to be printed`);
  }

  /** Where it listens. */
  async url(): Promise<string> {
    const [line] = await this.sees(/^.*\bListening\b.*$/m);
    return /http:\/\/[\d.]+:\d+/.exec(line)?.[0] ?? '';
  }
}

/** A person who texts through the phone page's API. */
export class Phone {
  readonly url: string;
  readonly app: string;
  readonly number: string;

  constructor(url: string, app: string, number = '+14155550142') {
    this.url = url;
    this.app = app;
    this.number = number;
  }

  async text(text: string): Promise<void> {
    const response = await fetch(`${this.url}/phone/api/text`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ app: this.app, from: this.number, text }),
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }

  /** What the app has sent, oldest first. */
  async received(): Promise<readonly { readonly text: string; readonly media: readonly { readonly url: string }[] }[]> {
    const query = new URLSearchParams({ app: this.app, phone: this.number });
    const response = await fetch(`${this.url}/phone/api/thread?${query}`);
    const { messages } = (await response.json()) as {
      messages: { direction: string; text: string; media: { url: string }[] }[];
    };
    return messages.filter(({ direction }) => direction === 'outbound');
  }

  /** Resolves once the app has sent this. */
  async hears(text: string | RegExp): Promise<void> {
    await until(async () => {
      const received = await this.received();
      return received.some((one) => (typeof text === 'string' ? one.text === text : text.test(one.text))) || undefined;
    }, `${text} to be received`);
  }

  /** Texts and waits for the answer. */
  async says(text: string, answer: string | RegExp): Promise<void> {
    await this.text(text);
    await this.hears(answer);
  }
}

/** Looks again and again until there is something. */
export async function until<Value>(
  look: () => Value | undefined | Promise<Value | undefined>,
  what: string,
): Promise<Value> {
  const end = performance.now() + DEADLINE;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
